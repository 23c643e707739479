#include "core/record/organisation.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "core/record/impl/faults.hpp"
#include "core/record/impl/following.hpp"
#include "core/record/impl/permit.hpp"

namespace wutong::record {

std::string normal_code(std::string_view text) {
  std::string out;
  for (const char32_t c : to_code_points(fold(text))) {
    const bool is_mark = c == U' ' || c == U'-' || c == U'\t' || c == 0x3000 || c == 0x2013 ||
                         c == 0x2014 || c == 0x2212;
    if (is_mark) continue;
    append_utf8(out, c >= U'a' && c <= U'z' ? c - U'a' + U'A' : c);
  }
  return out;
}

RecordId survivor_of(const State& state, size_t register_index, RecordId record, Date day) {
  const Register& home = state.schema().registers()[register_index];
  if (!home.organisation) return record;
  for (size_t hops = 0; hops <= state.size(register_index); ++hops) {
    const Value next = state.value(register_index, home.organisation->successor, record, day);
    const auto* to = std::get_if<RecordId>(&next);
    if (to == nullptr) break;
    record = *to;
  }
  return record;
}

std::optional<RecordId> record_with_code(const State& state, size_t register_index, size_t field,
                                         std::string_view code) {
  const Register& home = state.schema().registers()[register_index];
  const auto number = state.find_text(register_index, field, code);
  if (!number) return std::nullopt;
  if (home.key.size() == 1 && home.key.front() == field) {
    return state.find_raw(register_index, std::span<const int64_t>(&*number, 1));
  }
  // The text was seen before: perhaps in a record that has another code by now.
  for (uint32_t i = 0; i < state.size(register_index); ++i) {
    const Value held = state.value(register_index, field, RecordId{i});
    const auto* text = std::get_if<std::string>(&held);
    if (text != nullptr && *text == code) return RecordId{i};
  }
  return std::nullopt;
}

std::vector<ledger::Change> changes_that_follow(const State& state, const Register& home,
                                                const std::vector<ledger::Change>& changes) {
  if (!home.organisation) return {};
  Following following(state, *state.schema().index_of(home.name));
  for (const ledger::Change& change : changes) following.note(change);
  for (const ledger::Change& change : changes) {
    if (change.creates) continue;
    for (const RecordId record : change.rows) {
      following.follow_own(record);
      following.follow_to(record);
    }
  }
  return following.take();
}

namespace {

constexpr std::string_view kInto = "into", kBase = "base";

class Organising {
 public:
  Organising(const State& state, const Request& request)
      : state_(state), request_(request), faults_(request) {}

  tl::expected<Decision, Refusal> run() {
    if (!begin()) return tl::unexpected(faults_.take(rows_));
    following_.emplace(state_, register_index_);
    for (size_t row = 0; row < rows_; ++row) {
      if (auto record = named(row)) act_on(row, *record);
    }
    if (!faults_.empty()) return tl::unexpected(faults_.take(rows_));
    Decision out;
    out.changes = following_->take();
    out.rows_changed = out.changes.size();
    if (!out.changes.empty()) return out;
    faults_.add(RefusalCode::nothing_to_do, 0, "", "与现有记录相同，没有要改的",
                "the records are so already; nothing to change");
    return tl::unexpected(faults_.take(rows_));
  }

 private:
  bool begin() {
    const auto index = state_.schema().index_of(request_.register_name);
    const bool is_there = index && may_know(request_, state_.schema().registers()[*index]);
    if (!is_there || !state_.schema().registers()[*index].organisation) {
      std::vector<std::string> known;
      for (const Register& each : state_.schema().registers()) {
        if (each.organisation && may_know(request_, each)) known.push_back(each.name);
      }
      faults_.add(
          RefusalCode::unknown_register, 0, "register",
          "登记簿“" + request_.register_name + "”不是单位的登记簿，可用：" + join(known, "、"),
          "register " + request_.register_name +
              " holds no organisations; there are: " + join(known, ", "));
      return false;
    }
    register_index_ = *index;
    home_ = &state_.schema().registers()[*index];
    // Two records at least are touched, and those that lead to them: only who may amend all may.
    const bool may_all =
        !request_.rights ||
        request_.rights->reach(home_->name, access::Right::amend) == access::Rows::all;
    if (!may_all) {
      faults_.add(RefusalCode::not_permitted, 0, "register",
                  "您的角色不能在登记簿“" + home_->title.zh + "”办理此事",
                  "your roles do not allow this act on register " + home_->name);
      return false;
    }
    rows_ = request_.columns.empty() ? 0 : request_.columns.front().column.size();
    day_ = request_.valid_from.value_or(request_.at.day());
    if (rows_ == 0)
      faults_.add(RefusalCode::nothing_to_do, 0, "", "没有任何行", "there are no rows");
    const bool may_place = request_.act == Act::relocate;
    const bool may_name = request_.act == Act::rename;
    for (const InputColumn& input : request_.columns) {
      const auto field = home_->find(input.field);
      const auto holds = [&](const std::vector<size_t>& fields) {
        return field && std::find(fields.begin(), fields.end(), *field) != fields.end();
      };
      const bool is_word =
          !may_place && !may_name &&
          (input.field == kInto || (input.field == kBase && request_.act == Act::split));
      const bool is_known = is_word || holds(home_->key) ||
                            (may_name && holds(home_->name_fields)) ||
                            (may_place && holds(home_->organisation->place));
      if (is_known) continue;
      faults_.add(RefusalCode::unknown_field, 0, input.field,
                  "“" + input.field + "”不属于这件事，可写：" + words("、"),
                  input.field + " does not belong to this act; it takes: " + words(", "));
    }
    return faults_.empty();
  }

  std::string words(const char* separator) const {
    std::vector<std::string> out;
    for (const size_t field : home_->key) out.push_back(home_->fields[field].name);
    const auto& more = request_.act == Act::rename     ? home_->name_fields
                       : request_.act == Act::relocate ? home_->organisation->place
                                                       : std::vector<size_t>{};
    for (const size_t field : more) out.push_back(home_->fields[field].name);
    if (more.empty()) out.emplace_back(kInto);
    if (request_.act == Act::split) out.emplace_back(kBase);
    return join(out, separator);
  }

  const Column* column(std::string_view name) const {
    for (const InputColumn& input : request_.columns) {
      if (input.field == name) return &input.column;
    }
    return nullptr;
  }
  std::string cell(std::string_view name, size_t row) const {
    const Column* found = column(name);
    return found == nullptr ? std::string() : to_string(found->value(row));
  }

  std::optional<RecordId> named(size_t row) {
    std::string key;
    for (const size_t field : home_->key) {
      key += (key.empty() ? "" : "/") + cell(home_->fields[field].name, row);
    }
    return find(key, row, home_->fields[home_->key.front()].name);
  }
  std::optional<RecordId> find(const std::string& key, size_t row, const std::string& field) {
    if (auto found = state_.find(register_index_, key)) return found;
    faults_.add(RefusalCode::row_not_found, row, field,
                home_->title.zh + "中没有主键为“" + key + "”的记录",
                "register " + home_->name + " has no record with key \"" + key + "\"");
    return std::nullopt;
  }

  void act_on(size_t row, RecordId record) {
    switch (request_.act) {
      case Act::rename:
        return set_fields(row, record, home_->name_fields);
      case Act::relocate:
        return set_fields(row, record, home_->organisation->place);
      case Act::merge:
        return merge(row, record);
      case Act::split:
        return split(row, record);
      case Act::create:
      case Act::amend:
      case Act::move:
      case Act::import:
        break;
    }
  }

  // The given ones of these fields, from the day on. An old name goes on to be found as of its
  // days.
  void set_fields(size_t row, RecordId record, const std::vector<size_t>& fields) {
    size_t given = 0;
    for (const size_t f : fields) {
      const Column* input = column(home_->fields[f].name);
      if (input == nullptr || input->present[row] == 0) continue;
      ++given;
      Column one = input->take(std::vector<size_t>{row});
      const Column read = read_cells(state_, home_->fields[f], one, faults_);
      if (!faults_.empty()) return;
      if (value_on(following_->values(record, f), day_) == read.value(0)) continue;
      following_->set(record, f, day_, read.value(0));
    }
    if (given > 0) return following_->follow_to(record, day_);
    faults_.add(RefusalCode::required_missing, row, home_->fields[fields.front()].name,
                "须写明新的" + home_->fields[fields.front()].title.zh,
                "say what is new, for example " + home_->fields[fields.front()].name);
  }

  // Who is merged or is led to must stand for itself on the day and ever after.
  bool stands(RecordId record, size_t row, std::string_view field) {
    for (const auto& [from, value] : following_->values(record, home_->organisation->successor)) {
      const auto* to = std::get_if<RecordId>(&value);
      if (to == nullptr) continue;
      const std::string key = state_.key_text(register_index_, record);
      const std::string into = state_.key_text(register_index_, *to);
      faults_.add(RefusalCode::wrong_state, row, std::string(field),
                  "“" + key + "”已自 " + from.to_string() + " 并入“" + into + "”，请用后者",
                  "\"" + key + "\" was merged into \"" + into + "\" on " + from.to_string() +
                      "; name that one");
      return false;
    }
    return true;
  }

  void lead_to(RecordId record, RecordId survivor) {
    following_->set(record, home_->organisation->successor, day_, survivor);
    following_->follow(record, survivor, day_);
  }

  void merge(size_t row, RecordId record) {
    const auto into = find(cell(kInto, row), row, std::string(kInto));
    if (!into) return;
    if (*into == record) {
      faults_.add(RefusalCode::value_malformed, row, std::string(kInto), "不能并入自己",
                  "nobody is merged into itself");
      return;
    }
    const std::string& key = home_->fields[home_->key.front()].name;
    if (stands(record, row, key) && stands(*into, row, kInto)) lead_to(record, *into);
  }

  void split(size_t row, RecordId record) {
    const Column* input = column(kInto);
    const Value listed = input == nullptr ? Value{} : input->value(row);
    std::vector<std::string> keys = split_list(to_string(listed));
    if (const auto* list = std::get_if<std::vector<std::string>>(&listed)) keys = *list;
    std::vector<RecordId> successors;
    std::vector<std::string> names;
    for (const std::string& key : keys) {
      const auto found = find(key, row, std::string(kInto));
      if (!found || !stands(*found, row, kInto)) return;
      successors.push_back(*found);
      names.push_back(state_.key_text(register_index_, *found));
    }
    const std::string base = cell(kBase, row);
    const bool is_known = base.empty() || base == "first" || base == "own" || base == "kept";
    if (successors.empty() || !is_known) {
      faults_.add(RefusalCode::value_malformed, row, std::string(is_known ? kInto : kBase),
                  is_known ? "into 须列出至少一个承继单位的主键"
                           : "base 应是 first（往年数随第一个承继单位）、own（承继单位各自补报）"
                             "或 kept（原单位存续并保留）",
                  is_known ? "into lists the keys of one successor at least"
                           : "base takes first (its past goes with the first successor), own (the "
                             "successors record theirs) or kept (it goes on and keeps its past)");
      return;
    }
    if (!stands(record, row, home_->fields[home_->key.front()].name)) return;
    const bool leads_to_itself =
        std::find(successors.begin(), successors.end(), record) != successors.end();
    if (leads_to_itself) {
      faults_.add(RefusalCode::value_malformed, row, std::string(kInto),
                  "承继单位不能是原单位；原单位存续请用 base: kept",
                  "a successor is another one; of one that goes on say base: kept");
      return;
    }
    if (home_->organisation->successors) {
      following_->set(record, *home_->organisation->successors, day_, names);
    }
    if (base.empty() || base == "first") return lead_to(record, successors.front());
    if (base == "own") end(record);
  }

  // From the day on it holds none of its dated values: it counts nowhere, nor in a base.
  void end(RecordId record) {
    for (const size_t field : following_->fields()) {
      const DatedValues before = following_->values(record, field);
      if (!is_absent(value_on(before, day_))) following_->set(record, field, day_, {});
      for (const auto& [from, value] : before) {
        if (from > day_ && !is_absent(value)) following_->set(record, field, from, {});
      }
    }
    following_->follow_to(record, day_);
  }

  const State& state_;
  const Request& request_;
  Faults faults_;
  size_t register_index_ = 0;
  const Register* home_ = nullptr;
  size_t rows_ = 0;
  Date day_;
  std::optional<Following> following_;
};

}  // namespace

tl::expected<Decision, Refusal> decide_organisation(const State& state, const Request& request) {
  return Organising(state, request).run();
}

}  // namespace wutong::record
