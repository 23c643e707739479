// Reading a query: texts, typed by the fields of the register.
#include <algorithm>

#include "base/crypto.hpp"
#include "base/text.hpp"
#include "core/record/impl/cursor.hpp"
#include "core/record/impl/faults.hpp"
#include "core/record/impl/words.hpp"

namespace wutong::record {

namespace {

constexpr Operator kOperators[] = {
    Operator::eq, Operator::ne, Operator::lt,       Operator::le,          Operator::gt,
    Operator::ge, Operator::in, Operator::contains, Operator::starts_with, Operator::is_null};

bool is_possible(FieldKind kind, Operator op) {
  switch (op) {
    case Operator::is_null:
      return true;
    case Operator::eq:
    case Operator::ne:
      return kind != FieldKind::text_list;
    case Operator::in:
      return kind != FieldKind::text_list && kind != FieldKind::boolean;
    case Operator::contains:
      return kind == FieldKind::text || kind == FieldKind::text_list;
    case Operator::starts_with:
      return kind == FieldKind::text;
    case Operator::lt:
    case Operator::le:
    case Operator::gt:
    case Operator::ge:
      return kind != FieldKind::text_list && kind != FieldKind::boolean &&
             kind != FieldKind::code && kind != FieldKind::reference;
  }
  return false;
}

// What a caller wrote, as far as a sentence should repeat it.
std::string shown(std::string_view text) {
  constexpr size_t kShown = 40;
  const std::u32string points = to_code_points(text);
  return points.size() <= kShown ? std::string(text) : to_utf8(points.substr(0, kShown)) + "…";
}

tl::unexpected<Error> wrong(std::string code, std::string field, std::string zh, std::string en) {
  return fail(ErrorKind::invalid, "query." + std::move(code), std::move(zh), std::move(en),
              Place{{}, 0, 0, std::move(field)});
}

class QueryReader {
 public:
  QueryReader(const State& state, size_t register_index)
      : state_(state), home_(state.schema().registers()[register_index]) {
    query_.register_index = register_index;
  }

  Result<Query> read(const QueryText& text) {
    for (const std::string& where : text.where) {
      if (auto read = read_condition(where); !read) return fail(read.error());
    }
    if (auto read = read_sort(text.sort); !read) return fail(read.error());
    if (auto read = read_words(text.q); !read) return fail(read.error());
    query_.fingerprint = fingerprint_of(text);
    if (!text.cursor.empty()) {
      const RowOrder order(state_, query_.register_index, query_.sort);
      query_.after = read_cursor(order, text.cursor, query_.fingerprint);
      if (!query_.after) {
        return wrong(
            "cursor", "cursor",
            "cursor 不是本查询给出的游标；请从第一页重新开始，或连同原来的条件和排序一起使用",
            "cursor was not given by this query; begin with the first page, or use it with "
            "the conditions and the sorting it came with");
      }
    }
    return std::move(query_);
  }

 private:
  Result<void> read_condition(std::string_view text);
  Result<size_t> field_named(std::string_view name, std::string_view option) const;
  Result<void> read_operands(const Field& field, Condition& condition, std::string_view value);
  Result<Operand> operand(const Field& field, Operator op, const std::string& text) const;
  Result<void> read_sort(std::string_view text);
  Result<void> read_words(std::string_view text);
  uint64_t fingerprint_of(const QueryText& text) const;

  const State& state_;
  const Register& home_;
  Query query_;
};

Result<size_t> QueryReader::field_named(std::string_view name, std::string_view option) const {
  if (const auto field = home_.find(name)) {
    if (!home_.fields[*field].personal) return *field;
    const std::string is = std::string(name);
    return wrong("personal_field", is, "字段 " + is + " 是个人信息，不能用于筛选或排序",
                 "field " + is + " is personal; it can be neither filtered nor sorted by");
  }
  std::vector<std::string> names;
  for (const Field& field : home_.fields) {
    if (!field.personal) names.push_back(field.name);
  }
  const std::string is = shown(name);
  const auto near = nearest_name(is, names);
  const std::string in = std::string(option);
  return wrong("unknown_field", is,
               in + "：登记簿 " + home_.name + " 没有字段“" + is + "”" +
                   (near ? "，是否指 " + *near + "？" : "；有：" + join(names, "、")),
               in + ": register " + home_.name + " has no field \"" + is + "\"" +
                   (near ? "; did you mean " + *near + "?" : "; there are: " + join(names, ", ")));
}

Result<void> QueryReader::read_condition(std::string_view text) {
  if (query_.where.size() == kConditionsMax) {
    const std::string max = std::to_string(kConditionsMax);
    return wrong("too_many", "where", "where 最多 " + max + " 个",
                 "where can be given at most " + max + " times");
  }
  const size_t first = text.find('.');
  const size_t second = first == text.npos ? first : text.find('.', first + 1);
  if (second == text.npos) {
    return wrong(
        "malformed", "where", "where“" + shown(text) + "”应写成 字段.比较.值，如 output.ge.100",
        "where \"" + shown(text) + "\" should be field.operator.value, like output.ge.100");
  }
  const auto field = field_named(text.substr(0, first), "where");
  if (!field) return fail(field.error());
  const Field& definition = home_.fields[*field];
  const std::string_view op = text.substr(first + 1, second - first - 1);
  std::vector<std::string> possible;
  std::optional<Operator> wanted;
  for (Operator each : kOperators) {
    if (!is_possible(definition.kind, each)) continue;
    possible.emplace_back(to_string(each));
    if (to_string(each) == op) wanted = each;
  }
  if (!wanted) {
    return wrong("operator", definition.name,
                 definition.title.zh + "（" + definition.name + "）不能用“" + shown(op) +
                     "”比较，可用：" + join(possible, "、"),
                 definition.title.en + " (" + definition.name + ") cannot be compared by \"" +
                     shown(op) + "\"; there are: " + join(possible, ", "));
  }
  Condition condition{*field, *wanted, {}, true};
  if (auto read = read_operands(definition, condition, text.substr(second + 1)); !read) return read;
  query_.where.push_back(std::move(condition));
  return {};
}

// "a,b" → a and b; in quotes a comma is a comma, and "" a quote.
std::vector<std::string> elements_of(std::string_view text) {
  std::vector<std::string> out{""};
  bool is_quoted = false;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool is_doubled = is_quoted && text[i] == '"' && text.substr(i + 1).starts_with('"');
    if (is_doubled) ++i;
    if (text[i] == '"' && !is_doubled) {
      is_quoted = !is_quoted;
    } else if (text[i] == ',' && !is_quoted) {
      out.emplace_back();
    } else {
      out.back() += text[i];
    }
  }
  return out;
}

Result<void> QueryReader::read_operands(const Field& field, Condition& condition,
                                        std::string_view value) {
  if (condition.op == Operator::is_null) {
    condition.is_wanted = value == "true";
    if (value == "true" || value == "false") return {};
    return wrong("value", field.name,
                 field.title.zh + "（" + field.name + "）：is_null 后应是 true 或 false",
                 field.title.en + " (" + field.name + "): is_null takes true or false");
  }
  std::vector<std::string> texts{std::string(value)};
  if (condition.op == Operator::in) texts = elements_of(value);
  if (texts.size() > kOperandsMax) {
    const std::string max = std::to_string(kOperandsMax);
    return wrong("too_many", field.name,
                 field.title.zh + "（" + field.name + "）：in 最多 " + max + " 个值",
                 field.title.en + " (" + field.name + "): in takes at most " + max + " values");
  }
  for (const std::string& text : texts) {
    auto read = operand(field, condition.op, text);
    if (!read) return fail(read.error());
    condition.operands.push_back(std::move(*read));
  }
  return {};
}

Result<Operand> QueryReader::operand(const Field& field, Operator op,
                                     const std::string& text) const {
  if (text.empty()) {
    return wrong("value", field.name,
                 field.title.zh + "（" + field.name + "）缺少要比较的值；查空值用 is_null.true",
                 field.title.en + " (" + field.name +
                     ") lacks the value to compare with; for absent ones use is_null.true");
  }
  if (field.kind == FieldKind::reference) {
    const auto record = state_.find(*state_.schema().index_of(field.target), text);
    if (!record) return Operand{true, 0, {}};
    return Operand{false, record->value, {}};
  }
  const bool is_piece = op == Operator::contains || op == Operator::starts_with;
  if (is_piece && is_valid_utf8(text)) return Operand{false, 0, text};
  Column one;
  one.type = ValueType::text;
  one.append_text(text);
  const Request none;
  Faults faults(none);
  const Column read = read_cells(state_, field, one, faults);
  if (!faults.empty()) {
    Error error = faults.take(1).faults.front();
    error.code = "query.value";
    error.place = Place{{}, 0, 0, field.name};
    return fail(std::move(error));
  }
  if (read.is_text()) return Operand{false, 0, read.texts.front()};
  return Operand{false, read.numbers[0], {}};
}

Result<void> QueryReader::read_sort(std::string_view text) {
  if (text.empty()) return {};
  for (std::string_view part : split(text, ',')) {
    const bool is_descending = part.starts_with('-');
    const auto field = field_named(is_descending ? part.substr(1) : part, "sort");
    if (!field) return fail(field.error());
    const auto is_it = [&](const SortField& by) { return by.field == *field; };
    if (std::ranges::any_of(query_.sort, is_it)) {
      const std::string& name = home_.fields[*field].name;
      return wrong("sort", name, "sort：字段 " + name + " 出现两次",
                   "sort: field " + name + " stands twice");
    }
    query_.sort.push_back({*field, is_descending});
  }
  if (query_.sort.size() <= kSortFieldsMax) return {};
  const std::string max = std::to_string(kSortFieldsMax);
  return wrong("too_many", "sort", "sort 最多 " + max + " 个字段",
               "sort takes at most " + max + " fields");
}

Result<void> QueryReader::read_words(std::string_view text) {
  if (text.empty()) return {};
  query_.words = words_asked(text);
  if (query_.words.empty()) {
    return wrong("words", "q", "q“" + shown(text) + "”中没有可查找的字词",
                 "q \"" + shown(text) + "\" holds no word to look for");
  }
  if (query_.words.size() <= kWordsMax) return {};
  return wrong("too_many", "q", "q 太长，请只写关键的字词",
               "q is too long; give the key words only");
}

uint64_t QueryReader::fingerprint_of(const QueryText& text) const {
  Writer out;
  out.text(home_.name);
  for (const std::string& where : text.where) out.text(where);
  out.text(text.sort);
  out.text(text.q);
  const Hash hash = digest(HashKind::sha256, out.bytes());
  uint64_t number = 0;
  for (size_t i = 0; i < sizeof number; ++i) number = number << 8 | hash[i];
  return number;
}

}  // namespace

Result<Query> read_query(const State& state, size_t register_index, const QueryText& text) {
  return QueryReader(state, register_index).read(text);
}

}  // namespace wutong::record
