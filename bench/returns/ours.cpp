// What Wutong measures: the same operations, through the doors of the product.
#include "bench/returns/answers.hpp"
#include "bench/returns/measure.hpp"
#include "bench/returns/our_figures.hpp"
#include "bench/returns/our_zones.hpp"

namespace wutong::bench {

namespace {

class Ours {
 public:
  explicit Ours(const Task& task)
      : task_(task), report_("ours", task.data.firms.size()), figures_(task.data) {}

  Result<void> run() {
    auto steps = {&Ours::load, &Ours::recompute, &Ours::single, &Ours::batches, &Ours::overwrite};
    for (auto step : steps) {
      if (auto done = (this->*step)(); !done) return done;
    }
    report_.size(operation("memory"), peak_memory_bytes(), "bytes");
    zones_.reset();
    if (!task_.in_memory) report_.size("disk", disk_bytes(task_.folder), "bytes");
    return answers_.write(task_.answers);
  }

 private:
  // "B.memory" beside "B" of the durable run.
  std::string operation(const std::string& name) const {
    return task_.in_memory ? name + ".memory" : name;
  }

  Result<void> load() {
    const int64_t created = now_ns();
    auto zones = OurZones::create(task_.data, task_.in_memory ? "" : task_.folder);
    if (!zones) return fail(zones.error());
    zones_ = std::move(*zones);
    report_.times(operation("create"), {now_ns() - created});
    const ActAll act = [this](std::vector<ZoneRequest> requests) {
      return zones_->act_all(std::move(requests));
    };
    const int64_t start = now_ns();
    if (auto done = load_firms(task_.data, act); !done) return done;
    if (auto done = load_returns(task_.data, act); !done) return done;
    if (auto done = figures_.read_all(zones_->host()); !done) return done;
    report_.times(operation("D"), {now_ns() - start});
    return {};
  }

  Result<void> recompute() {
    if (task_.in_memory) return figures_.note_answers(zones_->host(), "loaded", answers_);
    std::vector<int64_t> samples;
    for (int i = 0; i < 5 * task_.repeat; ++i) {
      const int64_t start = now_ns();
      if (auto done = figures_.read_from_records(zones_->host()); !done) return done;
      samples.push_back(now_ns() - start);
    }
    report_.times("A", std::move(samples));
    return figures_.note_answers(zones_->host(), "loaded", answers_);
  }

  Result<void> single() {
    std::vector<int64_t> samples;
    for (const Correction& one : corrections(task_.data, kSingleFirst, task_.single_corrections)) {
      const size_t zone = task_.data.firms[one.firm].zone;
      const int64_t start = now_ns();
      auto done = zones_->act_all(correction_requests(task_.data, {&one, 1}));
      if (done) done = figures_.read_zone(zones_->host(), zone);
      if (!done) return done;
      samples.push_back(now_ns() - start);
    }
    report_.times(operation("B"), std::move(samples));
    if (auto done = figures_.read_all(zones_->host()); !done) return done;
    return figures_.note_answers(zones_->host(), "corrected", answers_);
  }

  Result<void> batches() {
    std::vector<int64_t> samples;
    for (size_t i = 0; i < kBatches; ++i) {
      const auto list = corrections(task_.data, batch_first(i), task_.batch_size);
      const int64_t start = now_ns();
      auto done = zones_->act_all(correction_requests(task_.data, list));
      if (done) done = figures_.read_all(zones_->host());
      if (!done) return done;
      samples.push_back(now_ns() - start);
    }
    report_.times(operation("C"), std::move(samples));
    return figures_.note_answers(zones_->host(), "batched", answers_);
  }

  // What a long history of corrections costs today's answers: the same records overwritten six
  // times, all figures read before and after. The records stay; no answers are noted.
  Result<void> overwrite() {
    if (task_.in_memory) return {};
    auto list = corrections(task_.data, kOverwriteFirst, kOverwritten);
    if (auto done = read_again("E.first"); !done) return done;
    for (int round = 0; round < kOverwrittenTimes; ++round) {
      for (Correction& one : list) ++one.amounts[kOutput];
      if (auto done = zones_->act_all(correction_requests(task_.data, list)); !done) return done;
    }
    return read_again("E.overwritten");
  }

  Result<void> read_again(const std::string& name) {
    for (const auto& [how, read] : {std::pair{"", &OurFigures::read_all},
                                    std::pair{".records", &OurFigures::read_from_records}}) {
      std::vector<int64_t> samples;
      for (int i = 0; i < 11 * task_.repeat; ++i) {
        const int64_t start = now_ns();
        if (auto done = (figures_.*read)(zones_->host()); !done) return done;
        samples.push_back(now_ns() - start);
      }
      report_.times(name + how, std::move(samples));
    }
    return {};
  }

  const Task& task_;
  Report report_;
  OurFigures figures_;
  Answers answers_;
  std::unique_ptr<OurZones> zones_;
};

}  // namespace

Result<void> run_ours(const Task& task) { return Ours(task).run(); }

}  // namespace wutong::bench
