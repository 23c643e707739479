// The fields of a register of organisations.
#include "core/record/impl/loader.hpp"

namespace wutong::record {

using pack::Node;
using pack::report;

void Loader::load_organisation(Register& home, const Node& node) {
  OrganisationFields out;
  const auto wrong = [&](const Node& name, const char* zh, const char* en) {
    report(issues_, name.place, "record.organisation", zh, en);
  };
  const Node& successor = *node.find("successor");
  const auto leads = field_of(home, successor);
  if (!leads) return;
  const Field& reference = home.fields[*leads];
  out.successor = *leads;
  if (reference.kind != FieldKind::reference || reference.target != home.name ||
      !reference.effective) {
    wrong(successor, "successor 应是引用本登记簿、effective: true 的字段",
          "successor is a reference to this register, with effective: true");
  }
  if (const Node* code = node.find("code")) {
    out.code = field_of(home, *code);
    if (out.code && home.fields[*out.code].kind != FieldKind::text) {
      wrong(*code, "code 应是 text 字段", "code is a text field");
    }
    if (out.code) home.fields[*out.code].is_code = true;
  }
  if (const Node* successors = node.find("successors")) {
    out.successors = field_of(home, *successors);
    const bool fits = out.successors && home.fields[*out.successors].effective &&
                      home.fields[*out.successors].kind == FieldKind::text_list;
    if (out.successors && !fits) {
      wrong(*successors, "successors 应是 effective: true 的 text_list 字段",
            "successors is a text_list field with effective: true");
    }
  }
  if (const Node* place = node.find("place")) {
    for (const Node& name : place->elements) {
      const auto field = field_of(home, name);
      if (!field) continue;
      out.place.push_back(*field);
      if (!home.fields[*field].effective) {
        wrong(name, "place 中的字段须 effective: true", "fields of place have effective: true");
      }
    }
  }
  for (const size_t field : home.name_fields) {
    if (home.fields[field].effective) continue;
    report(issues_, home.fields[field].place, "record.organisation",
           "单位的名称字段须 effective: true，更名后旧名仍可查",
           "names of an organisation have effective: true, so that old ones are still found");
  }
  home.organisation = std::move(out);
}

}  // namespace wutong::record
