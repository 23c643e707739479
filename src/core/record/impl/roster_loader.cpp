// Rosters of clocks: who has to have a record.
#include "core/record/impl/loader.hpp"

namespace wutong::record {

using pack::Node;
using pack::report;

void Loader::load_roster(const Schema& schema, const Register& home, const Node& clock,
                         Deadline& deadline) {
  const Node* node = clock.find("roster");
  if (node == nullptr) return;
  Roster roster;
  std::optional<size_t> member;
  bool has_month = false;
  for (size_t i = 0; i < home.key.size(); ++i) {
    const size_t field = home.key[i];
    has_month |= home.fields[field].kind == FieldKind::month && deadline.from_field == field;
    if (home.fields[field].kind != FieldKind::reference) continue;
    member = field;
    roster.member_key = i;
  }
  if (home.key.size() != 2 || !member || !has_month) {
    report(issues_, node->place, "record.roster",
           "有名册的时限须以主键中的月份为 from_field，主键是一个引用和这个月份",
           "a clock with a roster starts from the month of the key, which is a reference and it");
    return;
  }
  roster.member = *member;
  roster.month = *deadline.from_field;
  roster.register_index = *schema.index_of(home.fields[*member].target);
  const Register& target = schema.registers()[roster.register_index];
  roster.where = program(schema, target, *node, "where", expression::Kind::boolean);
  for (const expression::Path& path :
       roster.where ? roster.where->inputs() : std::span<const expression::Path>{}) {
    if (path.steps.size() == 1) continue;
    report(issues_, node->find("where")->place, "record.roster",
           "名册的条件只看 " + target.name + " 自己的字段，不能写 " + path.steps.front() + "." +
               path.steps.back(),
           "the condition of a roster reads fields of " + target.name + " itself, not " +
               path.steps.front() + "." + path.steps.back());
  }
  const Node* months = node->find("months");
  if (months == nullptr) roster.months.fill(true);
  for (const Node& each : months == nullptr ? std::vector<Node>{} : months->elements) {
    const auto number = Decimal::parse(each.text);
    const auto month = number ? number->mantissa() : 0;
    if (month < 1 || month > 12) {
      report(issues_, each.place, "record.roster", "月份应在 1 至 12", "a month is 1 to 12");
      continue;
    }
    roster.months[static_cast<size_t>(month - 1)] = true;
  }
  deadline.roster = std::make_shared<const Roster>(std::move(roster));
}

}  // namespace wutong::record
