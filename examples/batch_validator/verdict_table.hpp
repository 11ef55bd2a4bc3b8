// SPDX-License-Identifier: MIT
//
// Records by their keys: made once, then only read.
//
//   arc::verdict_table table(count);              // room for so many records
//   table.insert(record);                         // 64 bytes that outlive the table
//   const auto j = table.find(key);               // from any thread
//
// Open addressing in a table at most half full. A slot has half of the key, so that looking for what
// is not there reads no record.
#ifndef ORDERLY_EXAMPLES_ARC_VERDICT_TABLE_HPP
#define ORDERLY_EXAMPLES_ARC_VERDICT_TABLE_HPP

#include "../support/huge_pages.hpp"
#include "../support/little_endian.hpp"
#include "verdict_key.hpp"
#include "verdict_record.hpp"

#include <bit>      // bit_ceil
#include <cstddef>  // size_t
#include <cstdint>  // halves of keys
#include <optional> // what is not there
#include <vector>   // slots

namespace arc {

/// The key of a record as it is stored.
inline verdict_key key_of(const char* record) {
  verdict_key key;
  for (std::uint64_t& half : key) half = example::get_little_endian<std::uint64_t>(record);
  return key;
}

class verdict_table {
 public:
  explicit verdict_table(std::size_t records = 0)
      : slots_(example::vector_on_huge_pages<slot>(std::bit_ceil(2 * records + 1))) {}

  /// The record that has this key already, which stays; null if there was none. Precondition: an
  /// undamaged record, and room.
  const char* insert(const char* record) {
    const verdict_key key = key_of(record);
    slot& place = slots_[place_of(key)];
    if (place.record != nullptr) return place.record;
    place = {key[1], record};
    ++size_;
    return nullptr;
  }

  /// Absent if there is none.
  std::optional<judgement> find(const verdict_key& key) const {
    const slot& place = slots_[place_of(key)];
    if (place.record == nullptr) return std::nullopt;
    const char* from = place.record + sizeof(verdict_key);
    return detail::decoded_judgement(from);
  }

  /// Keys.
  std::size_t size() const { return size_; }

  /// Each key's record, in no order.
  std::vector<const char*> records() const {
    std::vector<const char*> all;
    for (const slot& each : slots_) {
      if (each.record != nullptr) all.push_back(each.record);
    }
    return all;
  }

 private:
  struct slot {
    std::uint64_t half = 0; // the second of the key
    const char* record = nullptr;
  };

  /// Of the key, or where it would be.
  std::size_t place_of(const verdict_key& key) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = static_cast<std::size_t>(key[0]) & mask;
    while (slots_[at].record != nullptr &&
           (slots_[at].half != key[1] || key_of(slots_[at].record) != key)) {
      at = (at + 1) & mask;
    }
    return at;
  }

  std::vector<slot> slots_; // a power of two
  std::size_t size_ = 0;
};

} // namespace arc

#endif
