#include "engine/sheet/csv_stream.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "engine/sheet/impl/block_builder.hpp"
#include "engine/sheet/impl/line_scanner.hpp"
#include "engine/sheet/impl/plain_cell.hpp"
#include "engine/sheet/impl/typed_cell.hpp"

namespace wutong::sheet {

namespace {

constexpr size_t kChunkBytes = size_t{1} << 20;

}  // namespace

class CsvStream::Impl {
 public:
  Impl(std::string_view file, Source source, std::vector<WantedColumn> wanted, HeaderLine header)
      : file_(file), source_(std::move(source)), wanted_(std::move(wanted)), header_(header) {
    std::erase_if(wanted_,
                  [&](const WantedColumn& w) { return header == HeaderLine::first && !w.type; });
  }

  bool next(Block& block);
  const Issues& issues() const { return issues_; }

 private:
  void start();
  void bind_header(const std::vector<std::string>& names);
  void fill();
  bool fast_row();
  bool careful_row();
  void take_row(std::vector<Cell>& cells, std::string_view row);
  bool refill();
  std::string_view rest() const { return {buffer_.data() + at_, end_ - at_}; }

  std::string file_;
  Source source_;
  std::vector<WantedColumn> wanted_;
  HeaderLine header_;
  Issues issues_;

  std::vector<char> buffer_;  // at_ … end_ is not taken yet; kPadding zeros stand behind
  size_t at_ = 0;
  size_t end_ = 0;
  bool is_exhausted_ = false;  // the source
  bool is_started_ = false;
  bool is_over_ = false;
  int line_ = 1;
  std::vector<Slot> slots_;  // one a cell of a row
  BlockBuilder builder_;
};

// The bytes that are not taken move to the front, more behind them. False: it cannot go on.
bool CsvStream::Impl::refill() {
  builder_.flush(buffer_.data());  // texts that are staged point into the buffer
  size_t left = end_ - at_;
  if (left > kRowBytesMax) {
    issues_.push_back(Error{ErrorKind::too_large,
                            "csv.row_too_long",
                            {file_, line_, 0, {}},
                            "这一行超过 4 MiB，是否有引号没有收尾？",
                            "the row is over 4 MiB; is there a quote that is not closed?",
                            {}});
    return false;
  }
  std::copy(buffer_.begin() + static_cast<ptrdiff_t>(at_),
            buffer_.begin() + static_cast<ptrdiff_t>(end_), buffer_.begin());
  at_ = 0;
  end_ = left;
  buffer_.resize(std::max(buffer_.size(), left + kChunkBytes + kPadding));
  auto read = source_(std::span(buffer_).subspan(left, buffer_.size() - kPadding - left));
  if (!read) {
    issues_.push_back(read.error());
    return false;
  }
  is_exhausted_ = *read == 0;
  end_ += *read;
  std::fill_n(buffer_.begin() + static_cast<ptrdiff_t>(end_), kPadding, '\0');
  return true;
}

void CsvStream::Impl::bind_header(const std::vector<std::string>& names) {
  slots_.assign(names.size(), Slot{});
  for (size_t i = 0; i < wanted_.size(); ++i) {
    auto found = std::find(names.begin(), names.end(), wanted_[i].name);
    if (found != names.end()) {
      Slot& slot = slots_[static_cast<size_t>(found - names.begin())];
      CHECK(!slot.type);  // wanted once
      slot = {wanted_[i].type, wanted_[i].scale, i, wanted_[i].name};
      continue;
    }
    auto near = nearest_name(wanted_[i].name, names);
    issues_.push_back(Error{
        ErrorKind::invalid,
        "csv.no_column",
        {file_, 1, 0, wanted_[i].name},
        "没有字段“" + wanted_[i].name + "”" + (near ? "，是否指 " + *near + "？" : ""),
        "there is no column " + wanted_[i].name + (near ? "; did you mean " + *near + "?" : ""),
        {}});
  }
}

void CsvStream::Impl::start() {
  is_started_ = true;
  is_over_ = !refill();
  auto needs_more = [&] {
    return header_ == HeaderLine::first && !is_over_ && !is_exhausted_ && trim(rest()).empty();
  };
  while (end_ - at_ < kByteOrderMark.size() && !is_over_ && !is_exhausted_) is_over_ = !refill();
  if (rest().starts_with(kByteOrderMark)) at_ += kByteOrderMark.size();
  while (needs_more()) is_over_ = !refill();
  if (header_ == HeaderLine::none) {
    size_t column = 0;
    for (const WantedColumn& wanted : wanted_) {
      size_t target = wanted.type ? column++ : 0;
      slots_.push_back({wanted.type, wanted.scale, target, wanted.name});
    }
  }
  while (header_ == HeaderLine::first && !is_over_) {
    size_t faults = issues_.size();
    LineScanner scanner(file_, rest(), line_, issues_);
    std::vector<std::string> names = header_names(scanner);
    if (scanner.is_at_end() && !is_exhausted_) {
      issues_.erase(issues_.begin() + static_cast<ptrdiff_t>(faults), issues_.end());
      is_over_ = !refill();
      continue;
    }
    at_ += scanner.at();
    line_ = scanner.line();
    bind_header(names);
    break;
  }
  builder_.open(slots_);
}

// A row without quotes and without faults. False, and nothing is taken, if it is anything else.
bool CsvStream::Impl::fast_row() {
  const char* at = buffer_.data() + at_;
  if (*at == '\n' || *at == '\r') return false;
  BlockBuilder::Row row = builder_.row();
  const Slot* const slots = slots_.data();  // for the compiler: nothing below changes them
  const size_t count = slots_.size();
  for (size_t i = 0; i < count; ++i) {
    if (i > 0 && *at++ != ',') return false;
    const Slot& slot = slots[i];
    if (slot.type == ValueType::integer) {
      if (!plain_integer(at, row.numbers[i], row.present[i])) return false;
      continue;
    }
    if (slot.type == ValueType::decimal) {
      if (!plain_decimal(at, slot.scale, row.numbers[i], row.present[i])) return false;
      continue;
    }
    std::string_view text;
    if (!plain_text(at, text)) return false;
    row.present[i] = !text.empty();
    row.numbers[i] = 0;
    if (slot.type == ValueType::text) {
      row.numbers[i] =
          BlockBuilder::place(static_cast<size_t>(text.data() - buffer_.data()), text.size());
    } else if (slot.type && !text.empty()) {
      auto number = number_of(slot, text);
      if (!number) return false;
      row.numbers[i] = *number;
    }
  }
  if (!plain_line_end(at)) return false;
  at_ = static_cast<size_t>(at - buffer_.data());
  builder_.take(line_++);
  return true;
}

void CsvStream::Impl::take_row(std::vector<Cell>& cells, std::string_view row) {
  size_t faults = issues_.size();
  BlockBuilder::Row out = builder_.row();
  for (size_t i = 0; i < slots_.size(); ++i) {
    const Slot& slot = slots_[i];
    out.present[i] = !cells[i].text.empty();
    out.numbers[i] = 0;
    if (!slot.type || cells[i].text.empty()) continue;
    if (slot.type == ValueType::text) {
      out.numbers[i] = builder_.keep(std::move(cells[i].text));
    } else if (auto number = number_of(slot, cells[i].text)) {
      out.numbers[i] = *number;
    } else {
      Issues known;
      Cell place = LineScanner(file_, row, line_, known).cells(true)[i];
      issues_.push_back(
          wrong_value(slot, place.text, {file_, place.line, place.column, slot.name}));
    }
  }
  if (issues_.size() == faults) builder_.take(line_);
}

// Any row, as read_csv reads it. False at the end.
bool CsvStream::Impl::careful_row() {
  while (true) {
    if (at_ == end_ && is_exhausted_) return false;
    size_t faults = issues_.size();
    LineScanner scanner(file_, rest(), line_, issues_);
    std::vector<Cell> cells;
    if (scanner.is_at_line_end()) {
      scanner.end_line();
    } else {
      cells = scanner.cells(false);
    }
    if (scanner.is_at_end() && !is_exhausted_) {  // more of it may come
      issues_.erase(issues_.begin() + static_cast<ptrdiff_t>(faults), issues_.end());
      if (!refill()) return false;
      continue;
    }
    bool is_right = cells.size() == slots_.size();
    if (!cells.empty() && !is_right) scanner.wrong_count(line_, cells.size(), slots_.size());
    if (!cells.empty() && is_right && issues_.size() == faults) take_row(cells, rest());
    at_ += scanner.at();
    line_ = scanner.line();
    return true;
  }
}

void CsvStream::Impl::fill() {
  while (!is_over_ && builder_.rows() < kBlockRows && issues_.size() < kFaultsMax) {
    if (builder_.is_stage_full()) builder_.flush(buffer_.data());
    if (!fast_row() && !careful_row()) is_over_ = true;
  }
  builder_.flush(buffer_.data());
}

bool CsvStream::Impl::next(Block& block) {
  if (!is_started_) start();
  fill();
  while (!issues_.empty() && !is_over_ && issues_.size() < kFaultsMax) {  // for its other faults
    builder_.drop();
    fill();
  }
  if (!issues_.empty()) return false;
  return builder_.move_to(block);
}

CsvStream::CsvStream(std::string_view file, Source source, std::vector<WantedColumn> wanted,
                     HeaderLine header)
    : impl_(new Impl(file, std::move(source), std::move(wanted), header)) {}
CsvStream::~CsvStream() = default;
CsvStream::CsvStream(CsvStream&&) noexcept = default;

bool CsvStream::next(Block& block) { return impl_->next(block); }
const Issues& CsvStream::issues() const { return impl_->issues(); }

}  // namespace wutong::sheet
