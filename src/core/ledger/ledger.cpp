#include "core/ledger/ledger.hpp"

#include <atomic>
#include <map>
#include <mutex>

#include "base/text.hpp"
#include "core/ledger/encode.hpp"
#include "engine/store/log_store.hpp"

namespace wutong::ledger {

struct Ledger::Impl {
  store::LogStore& log;
  store::SecretStore& secrets;
  Random& random;
  std::atomic<bool> has_failed{false};
  mutable std::mutex mutex;  // heads
  std::map<std::string, Head, std::less<>> heads;

  Result<void> refresh_heads();
  Result<void> check_writing() const;
  Result<void> fill(store::LogRow& row, const Entry& entry, HashKind hash_kind);
  Result<Bytes> seal_cell(const CellName& cell, std::string_view plain);
  Result<std::optional<std::string>> open_cell(const CellName& cell, ByteView sealed) const;
};

Result<void> Ledger::Impl::refresh_heads() {
  auto rows = log.zones();
  if (!rows) return fail(rows.error());
  std::lock_guard lock(mutex);
  heads.clear();
  for (const store::ZoneRow& row : *rows) {
    heads.emplace(row.zone, Head{row.zone, row.hash_kind, row.seq, row.at});
  }
  return {};
}

Result<Bytes> Ledger::Impl::seal_cell(const CellName& cell, std::string_view plain) {
  Key fresh;
  random.fill(fresh);
  auto key = secrets.person_key(cell.zone, cell.register_name, cell.record, fresh);
  if (!key) return fail(key.error());
  Nonce nonce;
  random.fill(nonce.bytes);
  return seal(*key, nonce, as_bytes(plain), context_of(cell));
}

Result<std::optional<std::string>> Ledger::Impl::open_cell(const CellName& cell,
                                                           ByteView sealed) const {
  auto key = secrets.find_person_key(cell.zone, cell.register_name, cell.record);
  if (!key) return fail(key.error());
  if (!*key) return std::optional<std::string>{};
  auto plain = unseal(**key, sealed, context_of(cell));
  if (!plain) {
    return fail(ErrorKind::corrupt, "ledger.cell_forged", "密封的个人信息与密钥不符",
                "a sealed personal cell does not fit its key");
  }
  return std::optional<std::string>(std::string(plain->begin(), plain->end()));
}

// The row's memory is used again.
Result<void> Ledger::Impl::fill(store::LogRow& row, const Entry& entry, HashKind hash_kind) {
  auto bytes = encode(
      entry, [&](const CellName& cell, std::string_view plain) { return seal_cell(cell, plain); },
      std::move(row.bytes));
  if (!bytes) return fail(bytes.error());
  if (bytes->size() > kEntryBytesMax) {
    return fail(ErrorKind::too_large, "ledger.entry_too_large", "一次写入超过 1 GiB，请分批",
                "one act is over 1 GiB; send it in parts");
  }
  row.zone = entry.zone;
  row.seq = entry.seq;
  row.at = entry.at;
  row.leaf = leaf_hash(hash_kind, *bytes);
  row.bytes = std::move(*bytes);
  return {};
}

Result<void> Ledger::Impl::check_writing() const {
  if (!has_failed) return {};
  return fail(ErrorKind::unavailable, "ledger.writing_stopped",
              "存储写入失败后已停止写入，请检查磁盘后重新启动",
              "writing stopped after a storage failure; check the disk and start again");
}

Ledger::Ledger(store::LogStore& log, store::SecretStore& secrets, Random& random)
    : impl_(new Impl{log, secrets, random, {}, {}, {}}) {}

Ledger::~Ledger() = default;

Result<std::vector<Head>> Ledger::heads() const {
  if (auto fresh = impl_->refresh_heads(); !fresh) return fail(fresh.error());
  std::lock_guard lock(impl_->mutex);
  std::vector<Head> out;
  for (const auto& [name, head] : impl_->heads) out.push_back(head);
  return out;
}

Result<Head> Ledger::head(std::string_view zone) const {
  {
    std::lock_guard lock(impl_->mutex);
    auto found = impl_->heads.find(zone);
    if (found != impl_->heads.end()) return found->second;
  }
  if (auto fresh = impl_->refresh_heads(); !fresh) return fail(fresh.error());
  std::lock_guard lock(impl_->mutex);
  auto found = impl_->heads.find(zone);
  if (found != impl_->heads.end()) return found->second;
  return fail(ErrorKind::not_found, "ledger.no_zone", "没有园区“" + std::string(zone) + "”",
              "there is no zone " + std::string(zone));
}

Result<void> Ledger::create_zone(std::string_view zone, HashKind hash_kind) {
  if (!is_identifier(zone)) {
    return fail(ErrorKind::invalid, "ledger.zone_name",
                "园区名称应由小写字母开头，只含小写字母、数字和下划线",
                "a zone's name has lower-case letters, digits and _, a letter first");
  }
  if (auto writing = impl_->check_writing(); !writing) return writing;
  return impl_->log.create_zone(zone, hash_kind);
}

struct Ledger::Batch::State {
  Ledger& ledger;
  std::unique_ptr<store::LogStore::Batch> batch;
  std::map<std::string, Head, std::less<>> heads;  // as they are once committed
  store::LogRow row;
  bool is_over = false;  // committed, or in error

  Result<void> add(const Entry& entry);
  Result<void> commit();
  Result<void> stored(Result<void> done);
};

// What the store could not do ends all writing, unless another was only faster.
Result<void> Ledger::Batch::State::stored(Result<void> done) {
  if (!done && done.error().kind != ErrorKind::conflict) ledger.impl_->has_failed = true;
  return done;
}

Result<void> Ledger::Batch::State::add(const Entry& entry) {
  if (auto writing = ledger.impl_->check_writing(); !writing) return writing;
  auto known = heads.find(entry.zone);
  if (known == heads.end()) {
    auto current = ledger.head(entry.zone);
    if (!current) return fail(current.error());
    known = heads.emplace(entry.zone, std::move(*current)).first;
  }
  Head& head = known->second;
  if (entry.seq.value != head.seq.value + 1 || entry.at < head.at) {
    return fail(ErrorKind::conflict, "ledger.position", "别的记录先写入了，请重新读取后再试",
                "another entry came first; read again and retry");
  }
  if (auto filled = ledger.impl_->fill(row, entry, head.hash_kind); !filled) return filled;
  head.seq = entry.seq;
  head.at = entry.at;
  return stored(batch->add(row));
}

Result<void> Ledger::Batch::State::commit() {
  if (auto writing = ledger.impl_->check_writing(); !writing) return writing;
  if (auto done = stored(batch->commit()); !done) return done;
  std::lock_guard lock(ledger.impl_->mutex);
  for (auto& [zone, head] : heads) ledger.impl_->heads[zone] = head;
  return {};
}

Ledger::Batch::Batch(Ledger& ledger)
    : state_(new State{ledger, ledger.impl_->log.begin(), {}, {}, false}) {}

Ledger::Batch::~Batch() = default;

Result<void> Ledger::Batch::add(const Entry& entry) {
  CHECK(!state_->is_over);
  auto added = state_->add(entry);
  const bool is_refused = !added && (added.error().kind == ErrorKind::invalid ||
                                     added.error().kind == ErrorKind::too_large);
  state_->is_over = !added && !is_refused;
  return added;
}

Result<void> Ledger::Batch::commit() {
  CHECK(!state_->is_over);
  state_->is_over = true;
  return state_->commit();
}

Result<void> Ledger::append(std::span<const Entry> entries) {
  Batch batch(*this);
  for (const Entry& entry : entries) {
    if (auto added = batch.add(entry); !added) return added;
  }
  return batch.commit();
}

Result<void> Ledger::read(std::string_view zone, Seq from, Seq to, const Visitor& visitor) const {
  auto current = head(zone);
  if (!current) return fail(current.error());
  Result<void> outcome;
  Opener open = [&](const CellName& cell, ByteView sealed) {
    return impl_->open_cell(cell, sealed);
  };
  auto read = impl_->log.read(zone, from, to, [&](store::LogRow&& row) {
    EntryInfo info{leaf_hash(current->hash_kind, row.bytes), row.bytes.size()};
    auto entry = decode(row.bytes, open);
    bool holds = info.leaf == row.leaf && entry && entry->zone == zone && entry->seq == row.seq;
    if (!holds) {
      std::string seq = std::to_string(row.seq.value);
      outcome = fail(Error{
          ErrorKind::corrupt,
          "ledger.entry_corrupt",
          {},
          "园区“" + std::string(zone) + "”第 " + seq + " 条记录的内容与其散列不符，请从备份恢复",
          "entry " + seq + " of zone " + std::string(zone) +
              " does not match its hash; restore a backup",
          entry ? "hash" : entry.error().detail});
      return false;
    }
    return visitor(*entry, info);
  });
  return outcome ? read : outcome;
}

Result<void> Ledger::erase_person(std::string_view zone, std::string_view register_name,
                                  RecordId record) {
  return impl_->secrets.erase_person_key(zone, register_name, record);
}

}  // namespace wutong::ledger
