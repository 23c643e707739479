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

Result<void> SimulatedLog::begin() {
  pending_.clear();
  return {};
}

Result<void> SimulatedLog::add(const LogRow& row, size_t) {
  auto zone = zones_.find(row.zone);
  size_t next = zone == zones_.end() ? 0 : zone->second.rows.size() + 1;
  for (const LogRow& before : pending_) next += before.zone == row.zone ? 1 : 0;
  if (zone == zones_.end() || next != row.seq.value) {
    pending_.clear();
    return fail(ErrorKind::conflict, "store.seq_taken", "位置不对", "wrong position");
  }
  pending_.push_back(row);
  return {};
}

Result<void> SimulatedLog::commit() {
  std::vector<LogRow> rows = std::move(pending_);
  pending_.clear();
  if (wait_) wait_();
  bool is_faulty = ++commits_ == fail_at_;
  if (is_faulty && fault_ != Fault::store_only) return simulated_fault();
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

}  // namespace wutong::store
