// Figures: the cells of one zone and the answers computed from them.
//
// Operation. Incremental: around each entry `zone` calls retract (before State::apply) and add
// (after it) with the rows that the entry touches; both find the records that depend on those rows.
// The cells then equal what recompute gives from the records alone, bit by bit (the standing test).
// Answers use exact accumulators; they are rounded once, at the end.
// Concurrency. One thread calls retract, add and recompute. Answers are for the state they are
// given: with one that State::published() gave (and the same Versions) any number of threads may
// ask meanwhile; they never wait and never see half a change. Source of the rules: domain.md 1.7
// (growth, comparable base, January–February), 2.1 (rounding).
#pragma once

#include <memory>
#include <span>

#include "core/indicator/definition.hpp"
#include "core/indicator/exact.hpp"
#include "core/indicator/figure.hpp"
#include "core/record/state.hpp"

namespace wutong::indicator {

struct ZoneCells;

struct PageOfRecords {
  size_t offset = 0;
  size_t limit = 50;
};

struct ExactFigure {
  Figure figure;
  Exact value;  // zero where there is none
};

class Figures {
 public:
  // `area`: key of the zone's own record in register `area` (may not exist yet).
  Figures(std::shared_ptr<const Definitions> definitions, std::string zone, std::string area,
          bool synthetic, std::shared_ptr<Versions> versions = std::make_shared<Versions>());
  ~Figures();
  Figures(Figures&&) noexcept;
  Figures& operator=(Figures&&) noexcept;

  void retract(const record::State& before, std::span<const record::Touched> touched);
  void add(const record::State& after, std::span<const record::Touched> touched, Seq position);
  // All cells from the records; of figures that were told of nothing before.
  void recompute(const record::State& state, Seq position);
  // True where every cell is equal; else the first difference in words.
  bool equals(const Figures& other, std::string* difference) const;

  const Definitions& definitions() const;
  const ZoneCells& cells() const;

  // Errors: unavailable (as_of earlier than the cells can tell: replay up to it and ask there;
  // explain always needs that for an earlier position), too_large (does not fit 38 digits),
  // not_found (indicator, dimension, value, area; with the nearest valid name), invalid (comparison
  // that the indicator does not have, period of a kind that it does not have).
  Result<Figure> figure(const record::State& state, const Question& question) const;
  // The figure with its value before rounding: what ranks and shares over zones are made of.
  Result<ExactFigure> exact(const record::State& state, const Question& question) const;
  // `published`: base_as_known at the position at which the base period was first complete, for the
  // split of a comparable growth; null where the log does not reach back to it.
  Result<Explanation> explain(const record::State& state, const Question& question,
                              PageOfRecords page, const PublishedBase* published = nullptr) const;
  // The day by whose end the base period of a comparable growth counts as first complete, and its
  // base as this state shows it. nullopt, not_found where the question has no split.
  std::optional<Date> base_known_by(const Question& question) const;
  Result<PublishedBase> base_as_known(const record::State& state, const Question& question) const;
  // The newest finished period of `kind` (at the latest ending on `day`) for which the indicator
  // has records; for texts without a date.
  std::optional<Period> newest(const record::State& state, std::string_view indicator,
                               PeriodKind kind, Date day) const;

  // Positions at which the level of the indicator (own area) changed, ascending, with the cells'
  // journal: as_of questions and `stale` are answered from it.
  std::vector<Seq> changes(const record::State& state, const Question& question) const;

  // Cells touched and records read since construction; work per change must not grow with the zone.
  struct Work {
    uint64_t cells = 0;
    uint64_t records = 0;
  };
  Work work() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace wutong::indicator
