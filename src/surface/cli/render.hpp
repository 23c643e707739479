// How answers look in a terminal. Each function takes the JSON of an answer and gives text.
#pragma once

#include <boost/json/fwd.hpp>
#include <string>

#include "surface/cli/cli.hpp"

namespace wutong::cli {

struct Look {
  Language language = Language::zh;
  bool has_colour = false;
  const char* pick(const char* zh, const char* en) const {
    return language == Language::zh ? zh : en;
  }
};

// Columns padded by display width; numbers (is_right) right-aligned.
class Table {
 public:
  void header(std::vector<std::string> cells) { rows_.insert(rows_.begin(), std::move(cells)); }
  void row(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  void align_right(size_t column) { right_.push_back(column); }
  std::string text() const;

 private:
  std::vector<std::vector<std::string>> rows_;
  std::vector<size_t> right_;
};

std::string render_zones(const boost::json::value& json, const Look& look);
std::string render_receipt(const boost::json::value& json, const Look& look);
std::string render_receipts(const boost::json::value& json, const Look& look);
std::string render_records(const boost::json::value& json, const Look& look);
std::string render_definitions(const boost::json::value& json, const Look& look);
std::string render_definition(const boost::json::value& json, const Look& look);
std::string render_today(const boost::json::value& json, const Look& look);
std::string render_outbox(const boost::json::value& json, const Look& look);
std::string render_comparison(const boost::json::value& json, const Look& look);
std::string render_record(const boost::json::value& json, const Look& look);
std::string render_figure(const boost::json::value& json, const Look& look);
std::string render_explanation(const boost::json::value& json, const Look& look);
// A page that was only read: no records, no verdicts.
std::string render_reading(const boost::json::value& json, const Look& look);
// `page` is the text that was checked: claims are shown in it where colour is on.
std::string render_page(const boost::json::value& json, const std::string& page, const Look& look);

// A plain number in the unit that people read it in: 73940000000 CNY is 739.4 亿元.
std::string amount(const std::string& value, const std::string& unit, const Look& look);
// The value of a figure with its unit, or the words or what is missing instead.
std::string figure_value(const boost::json::object& figure, const Look& look);
std::string text_of(const boost::json::object& object, const char* key);
std::string title_of(const boost::json::object& object, const char* key, const Look& look);

}  // namespace wutong::cli
