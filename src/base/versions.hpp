// Versions: one writer changes data in place while readers look at an earlier version of it.
//
// Operation. Data lies in pages. A page carries the version that wrote it; before the writer
// changes a page of an earlier version it copies it and links the copy to the original. A reader
// that asks for version v walks from the newest page to the first that is not newer than v. close()
// ends the version being written: from then on readers may ask for it. Pages that no reader can see
// any more are freed by reclaim(). Concurrency. One writer (or several that exclude each other).
// Readers of closed versions need no lock and never wait for the writer; they pin the version that
// they read. Limitations. Items of pages are plain data. What is only ever appended lies in Stable
// instead.
#pragma once

#include <array>
#include <atomic>
#include <bit>
#include <cstdint>
#include <cstring>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <set>

namespace wutong {

using Version = uint64_t;
constexpr Version kNewestVersion = UINT64_MAX;  // what the writer itself sees

class Versions {
 public:
  Versions() = default;
  Versions(const Versions&) = delete;
  Versions& operator=(const Versions&) = delete;
  ~Versions() { free_until(kNewestVersion); }

  Version writing() const { return writing_; }
  // Ends the version being written and gives its number.
  Version close() { return writing_++; }
  // `memory` was replaced in the version being written.
  void retire(void* memory, void (*free)(void*)) { retired_.push_back({writing_, memory, free}); }
  // Readers' side, from any thread: a version is being read from pin to unpin.
  void pin(Version version) {
    std::lock_guard lock(pins_mutex_);
    pins_.insert(version);
  }
  void unpin(Version version) {
    std::lock_guard lock(pins_mutex_);
    pins_.erase(pins_.find(version));
  }
  // Frees what no pinned version can see.
  void reclaim();

 private:
  struct Retired {
    Version since;
    void* memory;
    void (*free)(void*);
  };
  void free_until(Version oldest);
  Version writing_ = 1;
  std::deque<Retired> retired_;
  std::mutex pins_mutex_;
  std::multiset<Version> pins_;
};

// Counts work; may be read while the writer counts.
class Counter {
 public:
  void add(uint64_t count) { count_.fetch_add(count, std::memory_order_relaxed); }
  uint64_t value() const { return count_.load(std::memory_order_relaxed); }

 private:
  std::atomic<uint64_t> count_{0};
};

// An array that grows and whose elements never move. The writer makes room with at(); readers use
// what they were told of by other means (a count, a version, an id that they read).
template <typename T>
class Stable {
 public:
  Stable() = default;
  Stable(const Stable&) = delete;
  Stable& operator=(const Stable&) = delete;
  ~Stable() {
    for (auto& chunk : chunks_) delete[] chunk.load(std::memory_order_relaxed);
  }
  // nullptr where there never was room.
  T* find(size_t i) const {
    const Spot spot = spot_of(i);
    T* chunk = chunks_[spot.chunk].load(std::memory_order_acquire);
    return chunk == nullptr ? nullptr : chunk + spot.offset;
  }
  const T& operator[](size_t i) const { return *find(i); }
  T& at(size_t i) {
    const Spot spot = spot_of(i);
    T* chunk = chunks_[spot.chunk].load(std::memory_order_relaxed);
    if (chunk == nullptr) {
      chunk = new T[kFirst << spot.chunk]();
      chunks_[spot.chunk].store(chunk, std::memory_order_release);
    }
    return chunk[spot.offset];
  }

 private:
  static constexpr size_t kFirst = 16;
  struct Spot {
    size_t chunk;
    size_t offset;
  };
  static Spot spot_of(size_t i) {
    const auto shifted = static_cast<uint32_t>(i + kFirst);  // fewer than 2^32 - 16 elements
    const auto chunk = static_cast<size_t>(std::bit_width(shifted | 16U)) - 5;
    return {chunk, shifted - (kFirst << chunk)};
  }
  std::array<std::atomic<T*>, 28> chunks_{};
};

// Versioned items, 64 to a page; what was never written is zero.
template <typename T>
class Paged {
 public:
  Paged() = default;
  ~Paged() {
    for (size_t p = 0; p < pages_count_; ++p) delete pages_.at(p).load(std::memory_order_relaxed);
  }
  T read(size_t i, Version version) const {
    const auto* head = pages_.find(i / kItems);
    const Page* page = head == nullptr ? nullptr : head->load(std::memory_order_acquire);
    while (page != nullptr && page->version > version) page = page->older;
    return page == nullptr ? T{} : page->items[i % kItems];
  }
  T& write(size_t i, Versions& versions) {
    const size_t p = i / kItems;
    if (p >= pages_count_) pages_count_ = p + 1;
    std::atomic<Page*>& head = pages_.at(p);
    Page* page = head.load(std::memory_order_relaxed);
    if (page == nullptr || page->version != versions.writing()) {
      Page* fresh = new Page{};
      fresh->version = versions.writing();
      fresh->older = page;
      if (page != nullptr) {
        std::memcpy(fresh->items, page->items, sizeof fresh->items);
        versions.retire(page, [](void* memory) { delete static_cast<Page*>(memory); });
      }
      head.store(fresh, std::memory_order_release);
      page = fresh;
    }
    return page->items[i % kItems];
  }

 private:
  static constexpr size_t kItems = 64;
  struct Page {
    Version version;
    Page* older;
    T items[kItems];
  };
  Stable<std::atomic<Page*>> pages_;
  size_t pages_count_ = 0;
};

// Finds ids by a hash of what they stand for; whoever asks says which id is the right one. Ids are
// never removed. Readers may ask while the writer inserts: they find what was there before.
class HashIndex {
 public:
  HashIndex() = default;
  HashIndex(const HashIndex&) = delete;
  HashIndex& operator=(const HashIndex&) = delete;
  ~HashIndex() { delete slots_.load(std::memory_order_relaxed); }

  template <typename IsIt>
  std::optional<uint32_t> find(uint64_t hash, IsIt&& is_it) const {
    const Slots* slots = slots_.load(std::memory_order_acquire);
    if (slots == nullptr) return std::nullopt;
    for (size_t at = (hash >> 32) & slots->mask;; at = (at + 1) & slots->mask) {
      const uint64_t slot = slots->items[at].load(std::memory_order_acquire);
      if (slot == 0) return std::nullopt;
      const auto id = static_cast<uint32_t>(slot) - 1;
      if (slot >> 32 == hash >> 32 && is_it(id)) return id;
    }
  }
  // The caller knows that it is not there.
  void insert(uint64_t hash, uint32_t id, Versions& versions) {
    reserve(size_ + 1, versions);
    put(*slots_.load(std::memory_order_relaxed), hash >> 32, id);
    ++size_;
  }
  void reserve(size_t size, Versions& versions);
  size_t size() const { return size_; }
  void prefetch(uint64_t hash) const {
    const Slots* slots = slots_.load(std::memory_order_relaxed);
    if (slots != nullptr) __builtin_prefetch(&slots->items[(hash >> 32) & slots->mask]);
  }

 private:
  // A slot: the upper half of the hash, which also says where it belongs, and id + 1.
  struct Slots {
    explicit Slots(size_t size) : mask(size - 1), items(new std::atomic<uint64_t>[size]()) {}
    size_t mask;
    std::unique_ptr<std::atomic<uint64_t>[]> items;
  };
  static void put(Slots& slots, uint64_t tag, uint32_t id) {
    size_t at = tag & slots.mask;
    while (slots.items[at].load(std::memory_order_relaxed) != 0) at = (at + 1) & slots.mask;
    slots.items[at].store(tag << 32 | (uint64_t{id} + 1), std::memory_order_release);
  }
  std::atomic<Slots*> slots_{nullptr};
  size_t size_ = 0;
};

constexpr uint64_t mix_hash(uint64_t x) {
  x += 0x9E3779B97F4A7C15ULL;
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ULL;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBULL;
  return x ^ (x >> 31);
}

}  // namespace wutong
