#include "core/ledger/ledger.hpp"

#include <algorithm>
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

  std::vector<Head> pending;  // writing thread only: heads as the open transaction has them

  // Remembers that the storage failed.
  Result<void> keep(Result<void> stored) {
    if (!stored && stored.error().kind != ErrorKind::conflict) has_failed = true;
    return stored;
  }
  Result<void> refresh_heads();
  Result<store::LogRow> row_of(const Entry& entry, HashKind hash_kind);
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

Result<store::LogRow> Ledger::Impl::row_of(const Entry& entry, HashKind hash_kind) {
  auto bytes = encode(
      entry, [&](const CellName& cell, std::string_view plain) { return seal_cell(cell, plain); });
  if (!bytes) return fail(bytes.error());
  if (bytes->size() > kEntryBytesMax) {
    return fail(ErrorKind::too_large, "ledger.entry_too_large", "一次写入超过 1 GiB，请分批",
                "one act is over 1 GiB; send it in parts");
  }
  store::LogRow row;
  row.zone = entry.zone;
  row.seq = entry.seq;
  row.at = entry.at;
  row.leaf = leaf_hash(hash_kind, *bytes);
  row.bytes = std::move(*bytes);
  return row;
}

Ledger::Ledger(store::LogStore& log, store::SecretStore& secrets, Random& random)
    : impl_(new Impl{log, secrets, random, {}, {}, {}, {}}) {}

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
  if (impl_->has_failed) {
    return fail(ErrorKind::unavailable, "ledger.writing_stopped", "存储写入失败后已停止写入",
                "writing stopped after a storage failure");
  }
  return impl_->log.create_zone(zone, hash_kind);
}

Result<void> Ledger::append(std::span<const Entry> entries) {
  if (auto begun = begin(); !begun) return begun;
  for (const Entry& entry : entries) {
    if (auto added = add(entry); !added) {
      abandon();
      return added;
    }
  }
  return commit();
}

Result<void> Ledger::begin() {
  if (impl_->has_failed) {
    return fail(ErrorKind::unavailable, "ledger.writing_stopped",
                "存储写入失败后已停止写入，请检查磁盘后重新启动",
                "writing stopped after a storage failure; check the disk and start again");
  }
  impl_->pending.clear();
  return impl_->keep(impl_->log.begin());
}

Result<void> Ledger::add(const Entry& entry) {
  auto pending = std::find_if(impl_->pending.begin(), impl_->pending.end(),
                              [&](const Head& head) { return head.zone == entry.zone; });
  if (pending == impl_->pending.end()) {
    auto current = head(entry.zone);
    if (!current) {
      abandon();
      return fail(current.error());
    }
    pending = impl_->pending.insert(pending, std::move(*current));
  }
  if (entry.seq.value != pending->seq.value + 1 || entry.at < pending->at) {
    abandon();
    return fail(ErrorKind::conflict, "ledger.position", "别的记录先写入了，请重新读取后再试",
                "another entry came first; read again and retry");
  }
  auto row = impl_->row_of(entry, pending->hash_kind);
  if (!row) {
    const ErrorKind kind = row.error().kind;
    if (kind != ErrorKind::invalid && kind != ErrorKind::too_large) abandon();
    return fail(row.error());
  }
  if (auto added = impl_->keep(impl_->log.add(*row, kPartBytes)); !added) return added;
  pending->seq = entry.seq;
  pending->at = entry.at;
  return {};
}

Result<void> Ledger::commit() {
  auto stored = impl_->keep(impl_->log.commit());
  if (!stored) return stored;
  std::lock_guard lock(impl_->mutex);
  for (Head& head : impl_->pending) impl_->heads.find(head.zone)->second = std::move(head);
  impl_->pending.clear();
  return {};
}

void Ledger::abandon() {
  impl_->pending.clear();
  impl_->log.rollback();
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
