#include "bench/returns/sql_text.hpp"

namespace wutong::bench {

namespace {

// `when` names columns of a return and its firm; '@' stands for the prefix of a column.
struct SumText {
  const char* name;
  const char* field;
  const char* when;
};
constexpr std::array<SumText, kSums> kTexts{{
    {"o", "output", "@month>=12"},
    {"o_before", "output", "@month<=8"},
    {"prior", "output", "@month BETWEEN 12 AND 19 AND @designated_from<=19"},
    {"prior_before", "output", "@month<=7 AND @designated_from<=19"},
    {"quarter", "revenue", "@month>=18"},
    {"quarter_before", "revenue", "@month BETWEEN 6 AND 8"},
    {"p", "profit", "@month>=12"},
    {"p_before", "profit", "@month<=8"},
    {"x", "exports", "@month>=12"},
    {"x_before", "exports", "@month<=8"},
    {"m", "imports", "@month>=12"},
    {"m_before", "imports", "@month<=8"},
    {"va", "value_added", "@month>=12"},
    {"va_hightech", "value_added", "@month>=12 AND @hightech=1"},
    {"rd", "rd_spend", "@month>=12"},
    {"rev", "revenue", "@month>=12"},
}};

std::string with_prefix(std::string_view text, std::string_view prefix) {
  std::string out;
  for (char c : text) {
    if (c == '@') {
      out += prefix;
    } else {
      out += c;
    }
  }
  return out;
}

template <typename Text>
std::string each_sum(const Text& text) {
  std::string out;
  for (const SumText& sum : kTexts) {
    if (!out.empty()) out += ", ";
    out += text(sum);
  }
  return out;
}

std::string in(Adding adding, std::string_view text) {
  return std::string(adding.before) + std::string(text) + std::string(adding.after);
}

std::string moved(const SumText& sum) {
  const std::string field = sum.field;
  return std::string(sum.name) + "=" + sum.name + "+CASE WHEN " + with_prefix(sum.when, "NEW.") +
         " THEN NEW." + field + "-OLD." + field + " ELSE 0 END";
}

constexpr std::string_view kFigures =
    "SELECT zone, o, (o-o_before)*100.0/o_before AS o_growth,"
    " (o-o_before)*100.0/o_before-(prior-prior_before)*100.0/prior_before AS o_change,"
    " quarter, (quarter-quarter_before)*100.0/quarter_before AS quarter_growth,"
    " p, (p-p_before)*100.0/p_before AS p_growth, x, m, x+m AS trade,"
    " (x-x_before)*100.0/x_before AS x_growth,"
    " (x+m-x_before-m_before)*100.0/(x_before+m_before) AS trade_growth,"
    " va_hightech*1.0/va AS hightech_share, rd*1.0/rev AS rd_intensity, n, ";

}  // namespace

std::string field_list(std::string_view after_each) {
  std::string out;
  for (const char* name : kFieldNames) out += std::string(", ") + name + std::string(after_each);
  return out;
}

std::array<const char*, kSums> each_sum_name() {
  std::array<const char*, kSums> out{};
  for (size_t i = 0; i < kSums; ++i) out[i] = kTexts[i].name;
  return out;
}

std::string sum_names(std::string_view prefix) {
  return each_sum([&](const SumText& sum) { return std::string(prefix) + sum.name; });
}

std::string sums_by_case(Adding adding) {
  return each_sum([&](const SumText& sum) {
    return in(adding,
              "CASE WHEN " + with_prefix(sum.when, "") + " THEN " + sum.field + " ELSE 0 END") +
           " AS " + sum.name;
  });
}

std::string sums_by_filter(Adding adding) {
  return each_sum([&](const SumText& sum) {
    const std::string filtered =
        "sum(" + std::string(sum.field) + ") FILTER (WHERE " + with_prefix(sum.when, "") + ")";
    return in(adding, "coalesce(" + filtered + ", 0)") + " AS " + sum.name;
  });
}

std::string sums_of_sums(Adding adding) {
  return each_sum([&](const SumText& sum) { return in(adding, sum.name) + " AS " + sum.name; });
}

std::string sums_moved_by_trigger() {
  return each_sum([](const SumText& sum) { return moved(sum); });
}

std::string cell_moved_by_trigger() { return moved(kTexts[0]) + ", " + moved(kTexts[1]); }

std::string counted_rows(std::string_view prefix) {
  return with_prefix("@designated_from<=20 AND (@month<=8 OR @month BETWEEN 12 AND 20)", prefix);
}

std::string figures_of_all(std::string_view relation) {
  return std::string(kFigures) + "rank() OVER (ORDER BY (o-o_before)*1.0/o_before DESC) AS place" +
         " FROM " + std::string(relation);
}

std::string figures_of_one(std::string_view relation, std::string_view zone) {
  const std::string from = " FROM " + std::string(relation);
  return std::string(kFigures) + "1+(SELECT count(*)" + from +
         " other WHERE (other.o-other.o_before)*1.0/other.o_before >"
         " (own.o-own.o_before)*1.0/own.o_before) AS place" +
         from + " own WHERE zone=" + std::string(zone);
}

std::string figures_of_total(std::string_view relation) {
  return "SELECT sum(o), sum(o_before), (sum(o)-sum(o_before))*100.0/sum(o_before) FROM " +
         std::string(relation);
}

std::string figures_of_cells(std::string_view relation) {
  return "SELECT zone, industry, o, (o-o_before)*100.0/o_before FROM " + std::string(relation);
}

}  // namespace wutong::bench
