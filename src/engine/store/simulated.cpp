#include "engine/store/simulated.hpp"

namespace wutong::store {

namespace {

tl::unexpected<Error> simulated_fault() {
  return fail(ErrorKind::io, "store.simulated", "模拟的写入失败", "a simulated write failure");
}

}  // namespace

void SimulatedLog::corrupt(std::string_view zone, Seq seq, size_t byte) {
  Bytes& bytes = zones_.find(zone)->second.rows[seq.value - 1].bytes;
  bytes[byte % bytes.size()] ^= 1;
}

Result<std::vector<ZoneRow>> SimulatedLog::zones() const {
  std::vector<ZoneRow> out;
  for (const auto& [name, zone] : zones_) {
    ZoneRow row{name, zone.hash_kind, Seq{zone.rows.size()}, {}};
    if (!zone.rows.empty()) row.at = zone.rows.back().at;
    out.push_back(row);
  }
  return out;
}

Result<void> SimulatedLog::create_zone(std::string_view zone, HashKind hash_kind) {
  if (!zones_.emplace(zone, Zone{hash_kind, {}}).second) {
    return fail(ErrorKind::conflict, "store.zone_exists", "园区已存在", "the zone exists already");
  }
  return {};
}

struct SimulatedLog::SimulatedBatch final : Batch {
  explicit SimulatedBatch(SimulatedLog& owner) : log(owner) {}
  Result<void> add(const LogRow& row) override {
    rows.push_back(row);
    return {};
  }
  Result<void> commit() override { return log.commit(std::move(rows)); }

  SimulatedLog& log;
  std::vector<LogRow> rows;
};

std::unique_ptr<LogStore::Batch> SimulatedLog::begin() {
  return std::make_unique<SimulatedBatch>(*this);
}

Result<void> SimulatedLog::commit(std::vector<LogRow>&& rows) {
  if (wait_) wait_();
  bool is_faulty = ++commits_ == fail_at_;
  if (is_faulty && fault_ != Fault::store_only) return simulated_fault();
  std::map<std::string_view, uint64_t> next;
  for (const LogRow& row : rows) {
    auto zone = zones_.find(row.zone);
    bool is_known = zone != zones_.end();
    uint64_t& seq = next.emplace(row.zone, is_known ? zone->second.rows.size() : 0).first->second;
    if (!is_known || ++seq != row.seq.value) {
      return fail(ErrorKind::conflict, "store.seq_taken", "位置不对", "wrong position");
    }
  }
  for (LogRow& row : rows) zones_.find(row.zone)->second.rows.push_back(std::move(row));
  if (is_faulty) return simulated_fault();
  return {};
}

Result<void> SimulatedLog::read(std::string_view zone, Seq from, Seq to,
                                const Visitor& visitor) const {
  auto found = zones_.find(zone);
  if (found == zones_.end()) {
    return fail(ErrorKind::not_found, "store.no_zone", "没有园区", "there is no such zone");
  }
  for (const LogRow& row : found->second.rows) {
    if (row.seq < from || row.seq > to) continue;
    LogRow copy = row;
    if (!visitor(std::move(copy))) return {};
  }
  return {};
}

Result<Key> SimulatedSecrets::person_key(std::string_view zone, std::string_view register_name,
                                         RecordId record, const Key& fresh) {
  std::tuple name(std::string(zone), std::string(register_name), record.value);
  return keys_.emplace(name, fresh).first->second;
}

Result<std::optional<Key>> SimulatedSecrets::find_person_key(std::string_view zone,
                                                             std::string_view register_name,
                                                             RecordId record) const {
  auto found = keys_.find({std::string(zone), std::string(register_name), record.value});
  return found == keys_.end() ? std::optional<Key>{} : std::optional<Key>{found->second};
}

Result<void> SimulatedSecrets::erase_person_key(std::string_view zone,
                                                std::string_view register_name, RecordId record) {
  keys_.erase({std::string(zone), std::string(register_name), record.value});
  return {};
}

Result<void> SimulatedCredentials::put(std::string_view kind, std::string_view id,
                                       std::string_view value, std::optional<Instant> expires) {
  std::lock_guard lock(mutex_);
  kept_[{std::string(kind), std::string(id)}] = {std::string(value), expires};
  return {};
}

Result<std::optional<std::string>> SimulatedCredentials::find(std::string_view kind,
                                                              std::string_view id,
                                                              Instant now) const {
  std::lock_guard lock(mutex_);
  auto found = kept_.find({std::string(kind), std::string(id)});
  const bool is_there =
      found != kept_.end() && (!found->second.expires || now < *found->second.expires);
  return is_there ? std::optional(found->second.value) : std::nullopt;
}

Result<void> SimulatedCredentials::erase(std::string_view kind, std::string_view id) {
  std::lock_guard lock(mutex_);
  kept_.erase({std::string(kind), std::string(id)});
  return {};
}

Result<void> SimulatedCredentials::erase_starting(std::string_view kind,
                                                  std::string_view value_prefix) {
  std::lock_guard lock(mutex_);
  std::erase_if(kept_, [&](const auto& each) {
    return each.first.first == kind && each.second.value.starts_with(value_prefix);
  });
  return {};
}

Result<void> SimulatedCredentials::erase_expired(Instant now) {
  std::lock_guard lock(mutex_);
  std::erase_if(
      kept_, [&](const auto& each) { return each.second.expires && *each.second.expires <= now; });
  return {};
}

std::string SimulatedCredentials::dump() const {
  std::lock_guard lock(mutex_);
  std::string out;
  for (const auto& [key, kept] : kept_) {
    out += key.first + " " + key.second + " " + kept.value + "\n";
  }
  return out;
}

}  // namespace wutong::store
