// Rows of the workload as acts.
#include <fstream>
#include <map>

#include "bench/returns/our_zones.hpp"
#include "engine/sheet/csv.hpp"

namespace wutong::bench {

namespace {

constexpr const char* kReturnHeader =
    "enterprise,month,output,value_added,revenue,profit,tax,exports,imports,rd_spend,investment,"
    "employees\n";
constexpr Month kFirstMonth = Month::of(2023, 1);

Column column_of(ValueType type) {
  Column out;
  out.type = type;
  return out;
}

record::Request request_for(const char* register_name, record::Act act) {
  record::Request out;
  out.act = act;
  out.register_name = register_name;
  return out;
}

// ---- firms

// Each firm once, with what holds for it always.
std::vector<ZoneRequest> firm_requests(const Dataset& data) {
  std::vector<ZoneRequest> out(data.zones);
  const std::vector<record::InputColumn> columns{{"code", column_of(ValueType::integer)},
                                                 {"registered_on", column_of(ValueType::date)},
                                                 {"industry", column_of(ValueType::text)},
                                                 {"hightech", column_of(ValueType::boolean)},
                                                 {"designated", column_of(ValueType::boolean)}};
  for (size_t zone = 0; zone < data.zones; ++zone) {
    out[zone] = {zone_name(zone), request_for("enterprise", record::Act::import)};
    out[zone].request.columns = columns;
  }
  for (size_t id = 0; id < data.firms.size(); ++id) {
    const Firm& firm = data.firms[id];
    auto& row = out[firm.zone].request.columns;
    row[0].column.append_number(static_cast<int64_t>(id));
    row[1].column.append_number(kFirstMonth.first_day().days());
    row[2].column.append_text(industry_code(firm.industry));
    row[3].column.append_number(firm.is_hightech ? 1 : 0);
    row[4].column.append_number(firm.designated_from == 0 ? 1 : 0);
  }
  std::erase_if(out,
                [](const ZoneRequest& one) { return one.request.columns[0].column.size() == 0; });
  return out;
}

// Firms designated later, from the first day of their month on.
std::vector<ZoneRequest> designation_requests(const Dataset& data, int month) {
  std::map<size_t, record::Request> by_zone;
  for (size_t id = 0; id < data.firms.size(); ++id) {
    if (data.firms[id].designated_from != month) continue;
    auto [at, is_first] = by_zone.try_emplace(data.firms[id].zone);
    record::Request& request = at->second;
    if (is_first) {
      request = request_for("enterprise", record::Act::amend);
      request.valid_from = kFirstMonth.plus(month).first_day();
      request.columns = {{"code", column_of(ValueType::integer)},
                         {"designated", column_of(ValueType::boolean)}};
    }
    request.columns[0].column.append_number(static_cast<int64_t>(id));
    request.columns[1].column.append_number(1);
  }
  std::vector<ZoneRequest> out;
  for (auto& [zone, request] : by_zone) out.push_back({zone_name(zone), std::move(request)});
  return out;
}

// ---- returns

// A part of the file as a person would hand it in: a sheet, its rows parted by zone.
Result<std::vector<ZoneRequest>> return_requests(const Dataset& data, const std::string& text,
                                                 int first_line) {
  Issues issues;
  auto sheet = sheet::read_csv(data.returns_file(), text, issues);
  if (!sheet) return fail(issues.front());
  std::map<size_t, record::Request> by_zone;
  const auto& cells = sheet->columns;
  for (size_t row = 0; row < sheet->lines.size(); ++row) {
    const char* number = cells[0].texts[row].c_str();
    const Firm& firm = data.firms[static_cast<size_t>(take_number(number))];
    auto [at, is_first] = by_zone.try_emplace(firm.zone);
    record::Request& request = at->second;
    if (is_first) {
      request = request_for("monthly_return", record::Act::import);
      request.file = data.returns_file();
      for (const std::string& name : sheet->names) {
        const ValueType type = name == "month" ? ValueType::month : ValueType::text;
        request.columns.push_back({name, column_of(type)});
      }
    }
    const char* month = cells[1].texts[row].c_str();
    for (size_t i = 0; i < cells.size(); ++i) {
      Column& column = request.columns[i].column;
      if (i == 1) {
        column.append_number(kFirstMonth.plus(static_cast<int>(take_number(month))).index);
      } else {
        column.append_text(cells[i].texts[row]);
      }
    }
    request.lines.push_back(first_line + static_cast<int>(row));
  }
  std::vector<ZoneRequest> out;
  for (auto& [zone, request] : by_zone) out.push_back({zone_name(zone), std::move(request)});
  return out;
}

}  // namespace

Result<void> load_firms(const Dataset& data, const ActAll& act) {
  if (auto done = act(firm_requests(data)); !done) return done;
  for (int month = 1; month < kMonths; ++month) {
    auto requests = designation_requests(data, month);
    if (requests.empty()) continue;
    if (auto done = act(std::move(requests)); !done) return done;
  }
  return {};
}

Result<void> load_returns(const Dataset& data, const ActAll& act) {
  constexpr size_t kRowsMax = 500'000;
  std::ifstream file(data.returns_file(), std::ios::binary);
  std::string text = kReturnHeader, line, month;
  int first_line = 1;
  size_t rows = 0;
  const auto hand_in = [&]() -> Result<void> {
    if (rows == 0) return {};
    auto requests = return_requests(data, text, first_line);
    if (!requests) return fail(requests.error());
    first_line += static_cast<int>(rows);
    rows = 0;
    text = kReturnHeader;
    return act(std::move(*requests));
  };
  while (std::getline(file, line)) {
    const size_t comma = line.find(',');
    const std::string_view now =
        std::string_view(line).substr(comma + 1, line.find(',', comma + 1) - comma - 1);
    if (rows == kRowsMax || now != month) {
      if (auto done = hand_in(); !done) return done;
      month = now;
    }
    text += line;
    text += '\n';
    ++rows;
  }
  return hand_in();
}

std::vector<ZoneRequest> correction_requests(const Dataset& data,
                                             std::span<const Correction> list) {
  std::map<size_t, record::Request> by_zone;
  for (const Correction& one : list) {
    auto [at, is_first] = by_zone.try_emplace(data.firms[one.firm].zone);
    record::Request& request = at->second;
    if (is_first) {
      request = request_for("monthly_return", record::Act::amend);
      request.columns.push_back({"enterprise", column_of(ValueType::text)});
      request.columns.push_back({"month", column_of(ValueType::month)});
      for (const char* name : kFieldNames) {
        request.columns.push_back({name, column_of(ValueType::integer)});
      }
    }
    request.columns[0].column.append_text(std::to_string(one.firm));
    request.columns[1].column.append_number(kFirstMonth.plus(one.month).index);
    for (size_t i = 0; i < kFields; ++i) {
      request.columns[i + 2].column.append_number(one.amounts[i]);
    }
  }
  std::vector<ZoneRequest> out;
  for (auto& [zone, request] : by_zone) out.push_back({zone_name(zone), std::move(request)});
  return out;
}

}  // namespace wutong::bench
