#include "core/record/query.hpp"

#include <algorithm>
#include <bit>

#include "core/record/impl/cursor.hpp"
#include "core/record/impl/list_index.hpp"

namespace wutong::record {

std::string_view to_string(Operator op) {
  constexpr std::string_view kNames[] = {"eq", "ne", "lt",       "le",          "gt",
                                         "ge", "in", "contains", "starts_with", "is_null"};
  return kNames[static_cast<size_t>(op)];
}

namespace {

// The plain meaning of a query, row by row.
class Matcher {
 public:
  Matcher(const State& state, const Query& query) : state_(state), query_(query) {
    for (const Condition& condition : query.where) {
      orders_.emplace_back(state, query.register_index, condition.field);
    }
    if (!query.words.empty()) {
      word_fields_ = word_fields(state.schema().registers()[query.register_index]);
    }
  }

  bool passes(RecordId row) const {
    for (size_t i = 0; i < orders_.size(); ++i) {
      const Condition& condition = query_.where[i];
      const auto cell = cell_of(state_, query_.register_index, condition.field, row);
      if (!record::passes(orders_[i], condition, cell)) return false;
    }
    return std::ranges::all_of(query_.words, [&](const Word& word) { return has_word(row, word); });
  }

 private:
  bool has_word(RecordId row, const Word& word) const {
    return std::ranges::any_of(word_fields_, [&](size_t field) {
      const auto cell = cell_of(state_, query_.register_index, field, row);
      return cell && record::has_word(state_.text(query_.register_index, field, *cell), word);
    });
  }

  const State& state_;
  const Query& query_;
  std::vector<FieldOrder> orders_;
  std::vector<size_t> word_fields_;
};

// Rows that pass, the first `needed` of them after the cursor in order.
struct Chosen {
  std::vector<RecordId> rows;
  size_t count = 0;
};

Chosen choose_plainly(const Matcher& matcher, const RowOrder& order, const Query& query,
                      std::span<const RecordId> from, size_t needed) {
  Chosen out;
  for (RecordId row : from) {
    if (!matcher.passes(row)) continue;
    ++out.count;
    if (query.after && order.compare(row, *query.after) <= 0) continue;
    out.rows.push_back(row);
  }
  const auto end = out.rows.begin() + static_cast<ptrdiff_t>(std::min(needed, out.rows.size()));
  std::partial_sort(out.rows.begin(), end, out.rows.end(),
                    [&](RecordId a, RecordId b) { return order.compare(a, b) < 0; });
  out.rows.erase(end, out.rows.end());
  return out;
}

// Rows of the base that have not changed since.
class BaseChooser {
 public:
  BaseChooser(const State& state, const Query& query, const RowOrder& order, const ListView& view,
              size_t needed)
      : state_(state),
        query_(query),
        order_(order),
        view_(view),
        needed_(needed),
        in_order_(view.base->in_order(query.sort)) {}

  Chosen choose() {
    for (const Condition& condition : query_.where) {
      parts_.push_back(view_.base->part(state_, condition));
    }
    for (const Word& word : query_.words) {
      parts_.push_back(state_.lists().part(state_, view_, query_.register_index, word));
    }
    if (query_.visible) parts_.push_back(visible_part());
    std::ranges::sort(parts_, {}, [](const auto& part) { return part->size; });
    until_ = static_cast<uint32_t>(view_.base->size());
    if (query_.after) from_ = after(*query_.after);
    narrow();
    const bool is_few = !parts_.empty() && parts_.front()->column != nullptr &&
                        parts_.front()->size <= view_.base->size() / kFewOf;
    if (is_few) return choose_few();
    return parts_.size() < 2 ? choose_walking() : choose_by_bits();
  }

 private:
  static constexpr size_t kFewOf = 16;      // one in so many rows is few …
  static constexpr size_t kBitsFewOf = 64;  // … or, where they stand as bits

  bool is_changed(uint32_t row) const {
    return !view_.changed.empty() && has_bit(view_.is_changed, row);
  }
  bool has_all(uint32_t row) const {
    return std::ranges::all_of(parts_, [&](const auto& part) { return part->has(row); });
  }

  std::shared_ptr<const Part> visible_part() const {
    auto part = std::make_shared<Part>();
    part->made.resize((view_.base->size() + 63) / 64);
    for (RecordId row : *query_.visible) {
      if (row.value >= view_.base->size()) break;
      part->made[row.value / 64] |= uint64_t{1} << (row.value % 64);
      ++part->size;
    }
    return part;
  }

  // Where to go on after a mark. Rows that changed are not in order any more: they are passed over.
  uint32_t after(const std::vector<std::vector<Operand>>& mark) const {
    uint32_t low = 0;
    uint32_t high = until_;
    while (low < high) {
      const uint32_t middle = low + (high - low) / 2;
      uint32_t at = middle;
      while (at < high && is_changed(in_order_->rows[at])) ++at;
      if (at == high) {
        high = middle;
      } else if (order_.compare(RecordId{in_order_->rows[at]}, mark) <= 0) {
        low = at + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  // Conditions on the first sort field say between which places the rows stand.
  void narrow() {
    if (query_.sort.empty()) return;
    const auto [field, is_descending] = query_.sort.front();
    const auto column = view_.base->column(field);
    const uint32_t present = column->starts[column->absent()];
    for (const auto& part : parts_) {
      if (part->column != column) continue;
      if (part->groups.empty()) {
        until_ = 0;
        continue;
      }
      uint32_t from = column->starts[part->groups.front().first];
      uint32_t until = column->starts[part->groups.back().second];
      if (is_descending && part->groups.back().second <= column->absent()) {
        from = present - std::exchange(until, present - from);
      } else if (is_descending) {
        from = part->groups.front().first == column->absent() ? present : 0;
      }
      from_ = std::max(from_, from);
      until_ = std::min(until_, until);
    }
  }

  // Of places in the order, the first that are needed.
  Chosen first_of(std::vector<uint32_t> places, size_t count) const {
    if (places.size() > needed_) {
      std::nth_element(places.begin(), places.begin() + static_cast<ptrdiff_t>(needed_),
                       places.end());
      places.resize(needed_);
    }
    std::ranges::sort(places);
    Chosen out{{}, count};
    for (uint32_t place : places) out.rows.push_back(RecordId{in_order_->rows[place]});
    return out;
  }

  Chosen choose_few() const {
    std::vector<uint32_t> places;
    size_t count = 0;
    parts_.front()->each([&](uint32_t row) {
      for (size_t i = 1; i < parts_.size(); ++i) {
        if (!parts_[i]->has(row)) return;
      }
      if (is_changed(row)) return;
      ++count;
      const uint32_t place = in_order_->place[row];
      if (place >= from_) places.push_back(place);
    });
    return first_of(std::move(places), count);
  }

  template <typename Has>
  Chosen walk(size_t count, Has&& has) const {
    Chosen out{{}, count};
    for (uint32_t at = from_; at < until_ && out.rows.size() < needed_; ++at) {
      const uint32_t row = in_order_->rows[at];
      if (has(row) && !is_changed(row)) out.rows.push_back(RecordId{row});
    }
    return out;
  }

  Chosen choose_walking() const {
    size_t count = parts_.empty() ? view_.base->size() : parts_.front()->size;
    for (RecordId row : view_.changed) {
      if (row.value < view_.base->size() && has_all(row.value)) --count;
    }
    return walk(count, [&](uint32_t row) { return has_all(row); });
  }

  Chosen choose_by_bits() const {
    Bits all = parts_.front()->bits(view_.base->size());
    for (size_t i = 1; i < parts_.size(); ++i) {
      const Bits& more = parts_[i]->bits(view_.base->size());
      for (size_t w = 0; w < all.size(); ++w) all[w] &= more[w];
    }
    size_t count = 0;
    for (size_t w = 0; w < all.size(); ++w) {
      all[w] &= ~view_.is_changed[w];
      count += static_cast<size_t>(std::popcount(all[w]));
    }
    if (count > view_.base->size() / kBitsFewOf) {
      return walk(count, [&](uint32_t row) { return has_bit(all, row); });
    }
    std::vector<uint32_t> places;
    for (size_t w = 0; w < all.size(); ++w) {
      for (uint64_t bits = all[w]; bits != 0; bits &= bits - 1) {
        const size_t row = w * 64 + static_cast<size_t>(std::countr_zero(bits));
        const uint32_t place = in_order_->place[row];
        if (place >= from_) places.push_back(place);
      }
    }
    return first_of(std::move(places), count);
  }

  const State& state_;
  const Query& query_;
  const RowOrder& order_;
  const ListView& view_;
  size_t needed_;
  std::shared_ptr<const RowsInOrder> in_order_;
  std::vector<std::shared_ptr<const Part>> parts_;
  uint32_t from_ = 0;  // places in the order
  uint32_t until_ = 0;
};

std::vector<size_t> fields_of(const State& state, const Query& query) {
  const Register& home = state.schema().registers()[query.register_index];
  std::vector<size_t> out = home.key;
  for (const Condition& condition : query.where) out.push_back(condition.field);
  for (const SortField& by : query.sort) out.push_back(by.field);
  if (!query.words.empty()) {
    for (size_t field : word_fields(home)) out.push_back(field);
  }
  std::ranges::sort(out);
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

// Whose rows are few is asked about them alone.
constexpr size_t kVisibleFew = 1024;

Chosen choose(const State& state, const Query& query, const RowOrder& order, size_t needed) {
  const Matcher matcher(state, query);
  if (query.visible && query.visible->size() <= kVisibleFew) {
    return choose_plainly(matcher, order, query, *query.visible, needed);
  }
  const auto view = state.lists().view(state, query.register_index, fields_of(state, query));
  if (view == nullptr) {
    std::vector<RecordId> all;
    if (!query.visible) {
      for (uint32_t r = 0; r < state.size(query.register_index); ++r) all.push_back(RecordId{r});
    }
    return choose_plainly(matcher, order, query, query.visible ? *query.visible : all, needed);
  }
  Chosen base = BaseChooser(state, query, order, *view, needed).choose();
  if (view->changed.empty()) return base;
  std::vector<RecordId> changed = view->changed;
  if (query.visible) {
    std::erase_if(changed,
                  [&](RecordId row) { return !std::ranges::binary_search(*query.visible, row); });
  }
  const Chosen others = choose_plainly(matcher, order, query, changed, needed);
  Chosen out{{}, base.count + others.count};
  std::ranges::merge(base.rows, others.rows, std::back_inserter(out.rows),
                     [&](RecordId a, RecordId b) { return order.compare(a, b) < 0; });
  return out;
}

}  // namespace

Listed list(const State& state, const Query& query) {
  const RowOrder order(state, query.register_index, query.sort);
  Chosen chosen = choose(state, query, order, query.offset + query.limit + 1);
  Listed out;
  out.count = chosen.count;
  const size_t from = std::min(query.offset, chosen.rows.size());
  const size_t until = std::min(from + query.limit, chosen.rows.size());
  out.rows.assign(chosen.rows.begin() + static_cast<ptrdiff_t>(from),
                  chosen.rows.begin() + static_cast<ptrdiff_t>(until));
  if (until < chosen.rows.size() && !out.rows.empty()) {
    out.next = write_cursor(order, out.rows.back(), query.fingerprint);
  }
  return out;
}

}  // namespace wutong::record
