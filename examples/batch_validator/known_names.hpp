// SPDX-License-Identifier: MIT
//
// What programs may name: the input, primitives and constants, and each its variables.
#ifndef ORDERLY_EXAMPLES_ARC_KNOWN_NAMES_HPP
#define ORDERLY_EXAMPLES_ARC_KNOWN_NAMES_HPP

#include "../support/arguments.hpp"
#include "constants.hpp"
#include "primitive.hpp"
#include "program.hpp"
#include "source_text.hpp"

#include <algorithm>   // max
#include <bit>         // popcount
#include <cstddef>     // size_t
#include <cstdint>     // operands, sets of characters
#include <optional>    // variables that are not assigned
#include <span>        // primitives
#include <string>      // suggestions
#include <string_view> // names
#include <utility>     // exchange
#include <vector>      // all names

namespace arc {

namespace detail {

/// A number for each name: open addressing, at least half of the slots free. Most names have a few
/// bytes, and most look-ups of a program's text end here. Names must outlive it.
class name_numbers {
 public:
  /// False if the name, which is not empty, is there already.
  bool add(std::string_view name, std::uint32_t number) {
    if (2 * (size_ + 1) > slots_.size()) grow();
    slot& found = slots_[place_of(name)];
    if (!found.name.empty()) return false;
    found = {name, number};
    ++size_;
    return true;
  }
  std::optional<std::uint32_t> find(std::string_view name) const {
    if (size_ == 0) return std::nullopt;
    const slot& found = slots_[place_of(name)];
    return found.name.empty() ? std::nullopt : std::optional(found.number);
  }

 private:
  struct slot {
    std::string_view name; // empty: free
    std::uint32_t number = 0;
  };

  /// Of the name, or of the free slot where it belongs.
  std::size_t place_of(std::string_view name) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = hash_of(name) & mask;
    while (!slots_[at].name.empty() && !same_word(slots_[at].name, name)) at = (at + 1) & mask;
    return at;
  }

  /// FNV-1a, whose better bits are the high ones.
  static std::size_t hash_of(std::string_view name) {
    std::uint64_t hash = 0xcbf29ce484222325;
    for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    return static_cast<std::size_t>(hash ^ hash >> 32U);
  }

  void grow() {
    const std::vector<slot> before =
        std::exchange(slots_, std::vector<slot>((std::max)(std::size_t{32}, 2 * slots_.size())));
    for (const slot& each : before) {
      if (!each.name.empty()) slots_[place_of(each.name)] = each;
    }
  }

  std::vector<slot> slots_; // a power of two of them
  std::size_t size_ = 0;
};

} // namespace detail

/// The names of all programs. Immutable: made once, for any number of texts.
class known_names {
 public:
  /// The table of primitives must outlive this object.
  explicit known_names(std::span<const primitive> table) : primitives_(table) {
    add("I", operand_kind::input, 0);
    for (std::size_t i = 0; i < table.size(); ++i) {
      add(table[i].name, operand_kind::primitive, i);
    }
    for (std::size_t i = 0; i < constants.size(); ++i) {
      add(constants[i].name, operand_kind::constant, i);
    }
  }

  /// Null if there is none.
  const operand* find(std::string_view name) const {
    const auto number = numbers_.find(name);
    return number ? &operands_[*number] : nullptr;
  }
  const std::vector<std::string_view>& all() const { return all_; }
  std::size_t arity(std::size_t number) const { return primitives_[number].arity; }

 private:
  void add(std::string_view name, operand_kind kind, std::size_t index) {
    if (!numbers_.add(name, static_cast<std::uint32_t>(all_.size()))) return;
    operands_.push_back({kind, static_cast<std::uint16_t>(index)});
    all_.push_back(name);
  }

  std::span<const primitive> primitives_;
  detail::name_numbers numbers_;
  std::vector<operand> operands_;     // by their numbers
  std::vector<std::string_view> all_; // in the order of the tables
};

/// The variables of one program. Texts that are given to it must outlive it.
class variable_names {
 public:
  /// False if it was assigned before. Lines count from 0, in the program.
  bool assign(std::string_view name, std::size_t line) {
    if (!lines_.add(name, static_cast<std::uint32_t>(line))) return false;
    all_.push_back(name);
    return true;
  }
  /// Absent if it is not assigned.
  std::optional<std::size_t> line_of(std::string_view name) const { return lines_.find(name); }
  std::size_t size() const { return all_.size(); }
  /// As many as were assigned first.
  std::span<const std::string_view> first(std::size_t count) const {
    return std::span(all_).first(count);
  }

 private:
  detail::name_numbers lines_;
  std::vector<std::string_view> all_; // as they were assigned
};

/// Longer identifiers get no suggestion: comparing them would take too long.
inline constexpr std::size_t longest_compared = 24;

namespace detail {
/// Which characters a name has. A few share a bit.
constexpr std::uint64_t character_set(std::string_view name) {
  std::uint64_t set = 0;
  for (const char c : name) set |= std::uint64_t{1} << (static_cast<unsigned char>(c) & 63U);
  return set;
}
} // namespace detail

/// " (did you mean NAME?)", or nothing if none of the names is near.
inline std::string suggested_name(std::string_view wrong,
                                  std::span<const std::string_view> variables,
                                  const known_names& known) {
  if (wrong.size() > longest_compared) return {};
  // An edit adds or removes one character: most names are too far to be worth the comparison.
  const std::size_t farthest = (std::max)(std::size_t{2}, wrong.size() / 3);
  const std::uint64_t characters = detail::character_set(wrong);
  std::vector<std::string_view> compared;
  for (const auto names : {variables, std::span<const std::string_view>(known.all())}) {
    for (const std::string_view name : names) {
      if (name.size() > wrong.size() + farthest || wrong.size() > name.size() + farthest) continue;
      const std::uint64_t other = detail::character_set(name);
      const int apart =
          (std::max)(std::popcount(characters & ~other), std::popcount(other & ~characters));
      if (static_cast<std::size_t>(apart) <= farthest) compared.push_back(name);
    }
  }
  return example::suggestion(wrong, compared);
}

} // namespace arc

#endif
