// A zone for tests: registers and indicators from texts, entries applied to state and figures
// together.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/indicator/figures.hpp"

namespace wutong::indicator {

inline std::string faults_of(const Issues& issues) {
  std::string out;
  for (const Error& issue : issues) out += describe_en(issue) + "\n";
  return out;
}

inline Date day(std::string_view text) { return *Date::parse(text); }
inline Month month(std::string_view text) { return *Month::parse(text); }
inline Decimal number(std::string_view text) { return *Decimal::parse(text); }

class TestZone {
 public:
  using Row = std::map<std::string, Value>;

  explicit TestZone(const pack::Files& files) {
    Issues issues;
    const std::vector<std::string> packs{"test"};
    auto schema = record::Schema::load(files, packs, issues);
    EXPECT_TRUE(schema) << faults_of(issues);
    schema_ = std::make_shared<const record::Schema>(std::move(*schema));
    auto definitions = Definitions::load(files, packs, *schema_, issues);
    EXPECT_TRUE(definitions) << faults_of(issues);
    definitions_ = std::make_shared<const Definitions>(std::move(*definitions));
    state_ = std::make_unique<record::State>(schema_);
    figures_ = std::make_unique<Figures>(definitions_, "zone", "own", false);
  }

  RecordId create(const std::string& name, const Row& row) {
    const auto index = *schema_->index_of(name);
    const RecordId id{static_cast<uint32_t>(state_->size(index))};
    apply({change(name, true, {id}, {row}, std::nullopt)});
    return id;
  }
  void amend(const std::string& name, RecordId id, const Row& row,
             std::optional<Date> valid_from = std::nullopt) {
    apply({change(name, false, {id}, {row}, valid_from)});
  }

  // Rows of one change name the same fields.
  ledger::Change change(const std::string& name, bool creates, std::vector<RecordId> rows,
                        const std::vector<Row>& values, std::optional<Date> valid_from) const {
    const record::Register& home = *schema_->find(name);
    ledger::Change out;
    out.register_name = name;
    out.creates = creates;
    out.rows = std::move(rows);
    if (valid_from) out.valid_from.assign(out.rows.size(), *valid_from);
    for (const auto& [field_name, unused] : values.front()) {
      const record::Field& field = home.fields[*home.find(field_name)];
      ledger::ChangeColumn column;
      column.field = field_name;
      column.column.type = record::value_type(field.kind);
      column.column.scale = field.decimals;
      for (const Row& row : values) {
        EXPECT_TRUE(column.column.append(row.at(field_name))) << field_name;
      }
      out.columns.push_back(std::move(column));
    }
    return out;
  }

  void apply(std::vector<ledger::Change> changes) {
    ledger::Entry entry;
    entry.zone = "zone";
    entry.seq = Seq{state_->position().value + 1};
    const auto touched = record::touched_by(*schema_, changes);
    entry.changes = std::move(changes);
    entries_.push_back(entry);
    figures_->retract(*state_, touched);
    const auto applied = state_->apply(entry);
    ASSERT_TRUE(applied) << describe_en(applied.error());
    figures_->add(*state_, touched, entry.seq);
  }

  Figure ask(const std::string& text) const {
    const auto question = parse_identity("zone/" + text);
    EXPECT_TRUE(question) << text;
    auto figure = figures_->figure(*state_, *question);
    EXPECT_TRUE(figure) << text << ": " << figure.error().en;
    return figure ? *figure : Figure{};
  }
  // The published value, or the status where there is none.
  std::string value(const std::string& text) const {
    const Figure figure = ask(text);
    if (figure.status == Status::value) return figure.value.to_string();
    std::string out(to_string(figure.status));
    if (!figure.words.zh.empty()) out += " " + figure.words.zh;
    return out;
  }
  std::string refusal(const std::string& text) const {
    const auto question = parse_identity("zone/" + text);
    if (!question) return question.error().code;
    const auto figure = figures_->figure(*state_, *question);
    return figure ? "" : figure.error().code;
  }
  Explanation explain(const std::string& text, PageOfRecords page = {0, 1000000},
                      const PublishedBase* published = nullptr) const {
    auto out = figures_->explain(*state_, *parse_identity("zone/" + text), page, published);
    EXPECT_TRUE(out) << text << ": " << out.error().en;
    return out ? *out : Explanation{};
  }
  std::string difference_to_recomputed() const {
    Figures fresh(definitions_, "zone", "own", false);
    fresh.recompute(*state_, state_->position());
    std::string difference;
    return figures_->equals(fresh, &difference) ? "" : difference;
  }

  const record::State& state() const { return *state_; }
  const record::Schema& schema() const { return *schema_; }
  Figures& figures() { return *figures_; }
  Seq position() const { return state_->position(); }
  // Applies what the other did up to a position.
  void replay(const TestZone& other, Seq up_to) {
    for (const ledger::Entry& entry : other.entries_) {
      if (entry.seq.value <= up_to.value) apply(entry.changes);
    }
  }

 private:
  std::shared_ptr<const record::Schema> schema_;
  std::shared_ptr<const Definitions> definitions_;
  std::unique_ptr<record::State> state_;
  std::unique_ptr<Figures> figures_;
  std::vector<ledger::Entry> entries_;
};

// Registers area, enterprise, monthly_return, patent, visit, reference, fiscal_month and indicators
// over them.
pack::Files test_files();

}  // namespace wutong::indicator
