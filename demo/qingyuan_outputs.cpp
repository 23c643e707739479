// Papers, patents and grants of the station's postdocs, each from its submission on.
#include "demo/cast.hpp"
#include "demo/making.hpp"
#include "demo/qingyuan_parts.hpp"
#include "demo/rows.hpp"

namespace wutong::demo::qingyuan {

namespace {

using record::Act;

// Counted up to the end of September 2024, by postdoc as in postdocs().
constexpr int kPapers[] = {3, 3, 3, 4, 0, 4, 4, 4, 3, 3, 1, 0, 0};
constexpr int kInventions[] = {2, 1, 1, 2, 0, 2, 1, 1, 1, 0, 0, 0, 0};
constexpr int kUtilityModels[] = {0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0};
// Under way then, counted in the year after.
constexpr int kPapersLater[] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 2, 0};
constexpr int kInventionsLater[] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0};

struct Stay {
  std::string code;
  Date entered, left;  // left: of those present the day up to which they submit
};

std::string hour_of(Date day, const char* hour) {
  Date fourth = first_day().plus_days(3);
  return at_hour(day < fourth ? fourth : day, hour);
}

class Outputs {
 public:
  Outputs(std::vector<TimedRequest>& acts, std::vector<Stay> stays)
      : acts_(acts), stays_(std::move(stays)) {}

  void add(size_t author, const char* kind, Date submitted, Date counted) {
    ++number_;
    bool is_paper = std::string(kind) == "paper";
    int patent_kind = std::string(kind) == "invention" ? 1 : 2;
    std::string code = is_paper ? numbered("10.59999/demo.", number_, 4)
                                : patent_number(submitted.year(), patent_kind,
                                                40'000 + static_cast<int>(number_) * 37);
    Rows row("research_output",
             {"code", "kind", "title", "station", "venue", "submitted_on", "status"});
    std::string topic = postdocs()[author].topic;
    row.add({code, kind,
             is_paper ? topic + "的机理与应用（" + std::to_string(number_) + "）"
                      : "一种" + topic + "的方法与装置（" + std::to_string(number_) + "）",
             kStation, is_paper ? "学术期刊（演示）" : "国家知识产权局", submitted.to_string(),
             "submitted"});
    acts_.push_back(row.act(Act::create, hour_of(submitted, "11:00"), "talent_officer"));
    Rows authors("output_author", {"output", "postdoc", "position", "is_corresponding"});
    authors.add({code, stays_[author].code, "1", "true"});
    size_t other = author + 1;
    bool is_joint = number_ % 3 == 0 && other < stays_.size() &&
                    stays_[other].entered < submitted && submitted < stays_[other].left;
    if (is_joint) authors.add({code, stays_[other].code, "2", "false"});
    acts_.push_back(authors.act(Act::create, hour_of(submitted, "11:10"), "talent_officer"));
    Rows change("research_output", {"code", "counted_on", "status"});
    change.add({code, counted.to_string(), is_paper ? "published" : "granted"});
    acts_.push_back(change.act(Act::amend, hour_of(counted, "11:20"), "talent_officer"));
  }

 private:
  std::vector<TimedRequest>& acts_;
  std::vector<Stay> stays_;
  size_t number_ = 0;
};

void add_grants(std::vector<TimedRequest>& acts) {
  struct Grant {
    const char* number;
    const char* programme;
    const char* postdoc;
    const char* batch;
    const char* approved;
    int64_t amount;
  };
  constexpr Grant kGrants[] = {
      {"2021M7D0417", "cpsf_general", "BH-2020-01", "第69批", "2021-06-21", 80'000},
      {"2022M7D1032", "cpsf_general", "BH-2021-01", "第71批", "2022-06-20", 80'000},
      {"8220D0155", "nsfc_young", "BH-2020-02", "", "2022-09-08", 300'000},
      {"2023A15D0266", "provincial", "BH-2022-01", "", "2023-10-18", 100'000}};
  for (const Grant& grant : kGrants) {
    Rows row("research_grant", {"number", "programme", "person", "postdoc", "station", "batch",
                                "approved_on", "amount"});
    row.add({grant.number, grant.programme, "QY-" + std::string(grant.postdoc), grant.postdoc,
             kStation, grant.batch, grant.approved, std::to_string(grant.amount)});
    acts.push_back(
        row.act(Act::create, at_hour(*Date::parse(grant.approved), "16:30"), "talent_officer"));
  }
}

}  // namespace

void add_outputs(std::vector<TimedRequest>& acts) {
  std::vector<Stay> stays;
  for (const Postdoc& postdoc : postdocs()) {
    Stay stay{postdoc.code, *Date::parse(postdoc.entered), day_of(2024, 9, 20)};
    if (auto left = Date::parse(postdoc.left)) stay.left = *left;
    stays.push_back(stay);
  }
  Outputs outputs(acts, stays);
  for (size_t i = 0; i < stays.size(); ++i) {
    Date entered = stays[i].entered;
    int stay = stays[i].left.days() - entered.days();
    auto spread = [&](const char* kind, int count, int after, int until_counted) {
      for (int k = 0; k < count; ++k) {
        Date submitted = workday(entered.plus_days(after + k * (stay - after - 40) / count));
        int wait = until_counted + (k * 37 + static_cast<int>(i) * 11) % 60;
        outputs.add(i, kind, submitted, workday(submitted.plus_days(wait)));
      }
    };
    spread("paper", kPapers[i], 110, 160);
    spread("invention", kInventions[i], 190, 440);
    spread("utility_model", kUtilityModels[i], 260, 230);
    auto add_later = [&](const char* kind, int count, int wait) {
      for (int k = 0; k < count; ++k) {
        Date submitted = workday(day_of(2024, 5, 14).plus_days(k * 51 + static_cast<int>(i)));
        outputs.add(i, kind, submitted, workday(submitted.plus_days(wait)));
      }
    };
    add_later("paper", kPapersLater[i], 240);
    add_later("invention", kInventionsLater[i], 510);
  }
  add_grants(acts);
}

}  // namespace wutong::demo::qingyuan
