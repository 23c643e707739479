// Rows of the workload as acts.
#include <map>

#include "bench/returns/our_zones.hpp"
#include "engine/sheet/csv_stream.hpp"

namespace wutong::bench {

namespace {

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

std::vector<sheet::WantedColumn> return_columns() {
  std::vector<sheet::WantedColumn> out{{"enterprise", ValueType::integer},
                                       {"month", ValueType::integer}};
  for (const char* name : kFieldNames) out.push_back({name, ValueType::integer});
  return out;
}

// Rows that wait to be handed in, parted by zone.
class Waiting {
 public:
  explicit Waiting(const Dataset& data) : data_(data), by_zone_(data.zones), most_(data.zones) {
    for (const Firm& firm : data.firms) most_[firm.zone] += kMonths;
  }

  // Rows are counted by zone, then filled in column by column.
  void add(const sheet::Block& block) {
    const size_t rows = block.lines.size();
    zones_.resize(rows);
    places_.resize(rows);
    std::vector<size_t> sizes(by_zone_.size(), 0);
    for (size_t zone = 0; zone < by_zone_.size(); ++zone) {
      if (!by_zone_[zone].columns.empty()) sizes[zone] = by_zone_[zone].lines.size();
    }
    for (size_t row = 0; row < zones_.size(); ++row) {
      const auto firm = static_cast<size_t>(block.columns[0].numbers[row]);
      zones_[row] = data_.firms[firm].zone;
      places_[row] = sizes[zones_[row]]++;
    }
    for (size_t zone = 0; zone < by_zone_.size(); ++zone) {
      record::Request& request = by_zone_[zone];
      if (sizes[zone] == 0) continue;
      if (request.columns.empty()) begin(request, most_[zone]);
      request.lines.resize(sizes[zone]);
      for (record::InputColumn& input : request.columns) {
        input.column.numbers.resize(sizes[zone]);
        input.column.present.resize(sizes[zone], 1);
      }
    }
    for (size_t i = 0; i < block.columns.size(); ++i) fill(block, i);
    for (size_t row = 0; row < zones_.size(); ++row) {
      by_zone_[zones_[row]].lines[places_[row]] = block.lines[row];
    }
    rows_ += rows;
  }
  size_t rows() const { return rows_; }

  std::vector<ZoneRequest> take() {
    std::vector<ZoneRequest> out;
    for (size_t zone = 0; zone < by_zone_.size(); ++zone) {
      if (by_zone_[zone].columns.empty()) continue;
      out.push_back({zone_name(zone), std::move(by_zone_[zone])});
      by_zone_[zone] = {};
    }
    rows_ = 0;
    return out;
  }

 private:
  void fill(const sheet::Block& block, size_t column) {
    const Numbers& from = block.columns[column].numbers;
    const int32_t start = column == 1 ? kFirstMonth.index : 0;
    for (size_t row = 0; row < zones_.size(); ++row) {
      Numbers& to = by_zone_[zones_[row]].columns[column].column.numbers;
      to.set(places_[row], from[row] + start);
    }
  }
  // Room for all months is made once: growing copies, and fresh memory is dear.
  void begin(record::Request& request, size_t rows) const {
    request = request_for("monthly_return", record::Act::import);
    request.file = data_.returns_file();
    for (const sheet::WantedColumn& column : return_columns()) {
      const bool is_month = column.name == "month";
      request.columns.push_back(
          {column.name, column_of(is_month ? ValueType::month : ValueType::integer)});
      request.columns.back().column.reserve(rows);
    }
    request.lines.reserve(rows);
  }

  const Dataset& data_;
  std::vector<record::Request> by_zone_;
  std::vector<size_t> most_;  // rows a zone can have
  size_t rows_ = 0;
  std::vector<size_t> zones_, places_;  // of the rows being added
};

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
  auto source = sheet::file_source(data.returns_file());
  if (!source) return fail(source.error());
  sheet::CsvStream stream(data.returns_file(), std::move(*source), return_columns(),
                          sheet::HeaderLine::none);
  Waiting waiting(data);
  sheet::Block block;
  while (stream.next(block)) waiting.add(block);
  if (!stream.issues().empty()) return fail(stream.issues().front());
  return waiting.rows() == 0 ? Result<void>() : act(waiting.take());
}

std::vector<ZoneRequest> correction_requests(const Dataset& data,
                                             std::span<const Correction> list) {
  std::map<size_t, record::Request> by_zone;
  for (const Correction& one : list) {
    auto [at, is_first] = by_zone.try_emplace(data.firms[one.firm].zone);
    record::Request& request = at->second;
    if (is_first) {
      request = request_for("monthly_return", record::Act::amend);
      request.columns.push_back({"enterprise", column_of(ValueType::integer)});
      request.columns.push_back({"month", column_of(ValueType::month)});
      for (const char* name : kFieldNames) {
        request.columns.push_back({name, column_of(ValueType::integer)});
      }
    }
    request.columns[0].column.append_number(one.firm);
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
