// How secretaries keep in touch with their projects, and what firms say of it.
#include "demo/suining.hpp"

namespace wutong::demo {

void record_contacts(Script& script, const std::vector<Undertaking>& projects) {
  constexpr const char* kPurposes[] = {"核对用地与规划手续", "协调临时用电", "了解施工进度",
                                       "讲解技改补贴政策", "协调用工"};
  constexpr const char* kMeans[] = {"site", "telephone", "site", "meeting", "message"};
  constexpr const char* kRatings[] = {"very_satisfied", "satisfied", "very_satisfied", "fair"};
  int64_t serial = 0;
  for (Month month = Month::of(2023, 1); month.last_day() <= script.until();
       month = month.plus(1)) {
    std::vector<Row> logs;
    Date last = month.last_day();
    for (int i = 0; i < 6; ++i, ++serial) {
      size_t index = static_cast<size_t>(serial * 5) % projects.size();
      const Undertaking& project = projects[index];
      Date contacted = month.first_day().plus_days(2 + i * 4);
      if (contacted < project.signed_on) continue;
      logs.push_back({"RZ" + number(1000 + serial), project.code,
                      "p" + two_digits(3 + static_cast<int64_t>(index) % 12), contacted.to_string(),
                      kMeans[serial % 5], kPurposes[serial % 5], "已协调"});
    }
    script.create(at(last, "17:00"), "secretary", "secretary_log",
                  {"code", "project", "person", "contacted_on", "means", "purpose", "result"},
                  logs);
    const Undertaking& heard = projects[static_cast<size_t>(serial) % projects.size()];
    script.create(at(last, "17:20"), "enterprise", "feedback",
                  {"code", "given_on", "enterprise", "about", "rating"},
                  {{"FK" + number(serial), last.to_string(), heard.uscc, "项目秘书服务",
                    kRatings[serial % 4]}});
  }
}

}  // namespace wutong::demo
