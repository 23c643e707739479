// Checks between definitions: names, units and circles of ratios and derived indicators. Used while
// loading only.
#pragma once

#include "core/indicator/definition.hpp"
#include "engine/pack/node.hpp"

namespace wutong::indicator {

// A definition being loaded, with the tree of its file.
struct Draft {
  Definition definition;
  pack::Node node;
};

// Fills in `of`, `to`, `per` from the node; reports what is wrong with it.
void read_ratio(Draft& draft, Issues& issues);
// Of an indicator of unit `date`: min, max or last of a date; sets that it has no places.
void check_date_measure(const pack::Node& node, const expression::Type& type,
                        Definition& definition, Issues& issues);
// Fills in `terms` from `formula`.
void read_formula(Draft& draft, Issues& issues);
void check_references(const std::vector<Draft>& drafts, Issues& issues);
void check_circles(const std::vector<Draft>& drafts, Issues& issues);

}  // namespace wutong::indicator
