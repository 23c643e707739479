// Calendars: packs/<pack>/calendars/*.yaml, all taken together.
#include "core/record/impl/loader.hpp"

namespace wutong::record {

using pack::Node;
using pack::report;

namespace {

class CalendarLoader {
 public:
  explicit CalendarLoader(Issues& issues) : issues_(issues) {}

  void add(const pack::File& file) {
    auto node = pack::parse(file.path, file.text, issues_);
    if (!node || !pack::check(*node, calendar_shape(), issues_)) return;
    const Node& name = *node->find("calendar");
    if (name.text + ".yaml" != file.path.substr(file.path.rfind('/') + 1)) {
      report(issues_, name.place, "pack.file_name", "名称“" + name.text + "”应与文件名相同",
             "the name " + name.text + " must be that of the file");
    }
    const Node* year = node->find("year");
    const Node* statutory = node->find("statutory");
    if ((year == nullptr) == (statutory == nullptr)) {
      report(issues_, name.place, "record.calendar",
             "日历须写明 year（某年通知）或 statutory（法定节假日）之一",
             "a calendar has `year` (of a notice) or `statutory`, one of the two");
      return;
    }
    if (statutory != nullptr) {
      for (const Node::Member& of_year : statutory->members) {
        read(of_year.value, of_year.key, "法定节假日", true, statutory_);
      }
      return;
    }
    if (!noticed_.insert(pack::whole_at(*node, "year", 0)).second) {
      report(issues_, year->place, "record.calendar_twice", year->text + " 年的通知已有另一文件",
             "the notice of " + year->text + " stands in another file already");
    }
    for (const char* key : {"off", "work"}) {
      const Node* days = node->find(key);
      for (size_t i = 0; days != nullptr && i < days->members.size(); ++i) {
        const Node::Member& holiday = days->members[i];
        read(holiday.value, year->text, holiday.key, std::string_view(key) == "off", days_);
      }
    }
  }

  std::shared_ptr<const WorkCalendar> take() {
    // A year whose notice is out needs no statutory days.
    for (const auto& each : statutory_) {
      if (!noticed_.contains(each.day.year())) days_.push_back(each);
    }
    return std::make_shared<const WorkCalendar>(days_, noticed_);
  }

 private:
  void read(const Node& list, const std::string& year, const std::string& name, bool is_off,
            std::vector<WorkCalendar::Exception>& out) {
    for (const Node& each : list.elements) {
      const auto day = Date::parse(each.text);
      if (!day || std::to_string(day->year()) != year) {
        report(issues_, each.place, "record.calendar_day",
               "日期 " + each.text + " 不在 " + year + " 年",
               "the day " + each.text + " is not in the year " + year);
        continue;
      }
      auto [first, is_new] = places_.emplace(*day, each.place);
      if (!is_new && &out != &statutory_) {
        report(issues_, each.place, "record.calendar_day",
               each.text + " 已在 " + to_string(first->second) + " 列出",
               each.text + " stands already at " + to_string(first->second));
      }
      out.push_back({*day, is_off, name});
    }
  }

  Issues& issues_;
  std::set<int> noticed_;
  std::map<Date, Place> places_;
  std::vector<WorkCalendar::Exception> days_;
  std::vector<WorkCalendar::Exception> statutory_;
};

}  // namespace

std::shared_ptr<const WorkCalendar> load_calendar(const pack::Files& files,
                                                  std::span<const std::string> packs,
                                                  Issues& issues) {
  CalendarLoader loader(issues);
  bool has_any = false;
  for (const std::string& name : packs) {
    for (const pack::File* file : files.in("packs/" + name + "/calendars")) {
      loader.add(*file);
      has_any = true;
    }
  }
  return has_any ? loader.take() : nullptr;
}

}  // namespace wutong::record
