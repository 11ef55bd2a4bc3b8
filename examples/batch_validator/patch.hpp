// SPDX-License-Identifier: MIT
//
// Patches: objects, which are sets of cells, and indices, which are sets of locations. Tuples of
// either stand for them, too.
//
// Nearly all are packed (value.hpp). The rest has colours that are no small integers, or places far
// away: it takes a general path, and gives the same results.
//
//   const arc::patch p(m, v);
//   arc::cell_list found(m, p.size());
//   for (std::uint32_t i = 0; i < p.size(); ++i) found.add(colour, p.where(i));
//   const arc::value object = found.set();
#ifndef ORDERLY_EXAMPLES_ARC_PATCH_HPP
#define ORDERLY_EXAMPLES_ARC_PATCH_HPP

#include "machine.hpp"
#include "reading.hpp"
#include "run_error.hpp"
#include "value.hpp"
#include "value_builder.hpp"
#include "value_order.hpp"

#include <algorithm> // min, max
#include <cstdint>   // integers
#include <optional>  // what has no packed form

namespace arc {

/// The colour may be any value, the place any integers.
struct loose_cell {
  value colour{};
  location where{};
};

/// An object, or indices: a set or tuple of cells or of locations. Which of them is decided by the
/// first element; what is empty is neither.
class patch {
 public:
  /// Charges for looking at every element, and twice more for what is not packed. Exceptions: run_error
  /// of kind type, index, fuel or cells.
  patch(machine& m, const value& v);

  std::uint32_t size() const { return size_; }
  bool is_empty() const { return size_ == 0; }
  bool is_object() const { return is_object_; }
  location where(std::uint32_t i) const {
    if (packed_ == nullptr) return cells_[i].where;
    return is_object_ ? unpack_cell(packed_[i]).where : unpack_pair(packed_[i]);
  }
  /// Precondition: is_object().
  value colour(std::uint32_t i) const {
    return packed_ == nullptr ? cells_[i].colour
                              : value::of_integer(unpack_cell(packed_[i]).colour);
  }

 private:
  std::uint32_t size_ = 0;
  bool is_object_ = false;
  const std::uint64_t* packed_ = nullptr; // of a set
  const loose_cell* cells_ = nullptr;     // of anything else
};

inline patch::patch(machine& m, const value& v) {
  if (!v.is_container()) fail(error_kind::type);
  m.charge(v.size());
  size_ = v.size();
  if (size_ == 0) return;
  if (v.form() == value_form::locations || v.form() == value_form::object) {
    is_object_ = v.form() == value_form::object;
    packed_ = v.packed_set();
    return;
  }
  const value first = element(v, 0);
  if (!first.is_tuple()) fail(error_kind::type);
  if (first.size() < 2) fail(error_kind::index);
  is_object_ = element(first, 1).is_tuple();
  m.charge(std::uint64_t{2} * size_);
  auto* const cells = m.scratch<loose_cell>(size_);
  for (std::uint32_t i = 0; i < size_; ++i) {
    const value part = element(v, i);
    if (!is_object_) {
      cells[i] = {value(), pair_at(part)};
      continue;
    }
    if (!part.is_tuple() || part.size() != 2) fail(error_kind::type);
    cells[i] = {element(part, 0), pair_at(element(part, 1))};
  }
  cells_ = cells;
}

/// The smallest rectangle around locations.
struct bounds {
  std::int64_t top = 0;
  std::int64_t left = 0;
  std::int64_t bottom = 0; ///< the last row
  std::int64_t right = 0;  ///< the last column

  std::int64_t height() const { return checked_sum(checked_difference(bottom, top), 1); }
  std::int64_t width() const { return checked_sum(checked_difference(right, left), 1); }
};

/// Exceptions: run_error of kind empty.
inline bounds bounds_of(const patch& p) {
  if (p.is_empty()) fail(error_kind::empty);
  const location first = p.where(0);
  bounds box{first.row, first.column, first.row, first.column};
  for (std::uint32_t i = 1; i < p.size(); ++i) {
    const location at = p.where(i);
    box.top = (std::min)(box.top, at.row);
    box.bottom = (std::max)(box.bottom, at.row);
    box.left = (std::min)(box.left, at.column);
    box.right = (std::max)(box.right, at.column);
  }
  return box;
}

/// Elements without a packed form, to go with packed ones into one set. They are rare, so the first of
/// them takes the memory.
class unpacked_rest {
 public:
  /// At most so many elements together.
  unpacked_rest(machine& m, std::uint64_t most) : m_(m), most_(most) {}

  void add(const location& at) { add(pair_of(m_, at.row, at.column)); }
  void add(const value& colour, const location& at) {
    add(tuple_of(m_, colour, pair_of(m_, at.row, at.column)));
  }
  bool is_empty() const { return !all_; }
  /// Precondition: not is_empty().
  value set_with(value_form packed_element, const std::uint64_t* packed, std::uint32_t size) {
    for (std::uint32_t i = 0; i < size; ++i) all_->add(value::of_packed(packed_element, packed[i]));
    return set_of(m_, *all_);
  }

 private:
  void add(const value& v) {
    if (!all_) all_.emplace(m_, most_);
    all_->add(v);
  }

  machine& m_;
  std::uint64_t most_;
  std::optional<value_list> all_;
};

/// Sets of locations or of cells: add what is found, in any order, then set(). Exceptions: run_error of
/// kind fuel or cells.
class location_list {
 public:
  location_list(machine& m, std::uint64_t most) : m_(m), packed_(m, most), rest_(m, most) {}
  void add(const location& at) { is_packable(at) ? packed_.add(pack(at)) : rest_.add(at); }
  value set() {
    if (rest_.is_empty()) return set_of(m_, value_form::locations, packed_);
    return rest_.set_with(value_form::pair, packed_.begin(), packed_.size());
  }

 private:
  machine& m_;
  packed_list packed_;
  unpacked_rest rest_;
};

class cell_list {
 public:
  cell_list(machine& m, std::uint64_t most) : m_(m), packed_(m, most), rest_(m, most) {}
  void add(const value& colour, const location& at) {
    const coloured cell{colour.is_integer() ? colour.integer() : colour_limit, at};
    is_packable(cell) ? packed_.add(pack(cell)) : rest_.add(colour, at);
  }
  value set() {
    if (rest_.is_empty()) return set_of(m_, value_form::object, packed_);
    return rest_.set_with(value_form::cell, packed_.begin(), packed_.size());
  }

 private:
  machine& m_;
  packed_list packed_;
  unpacked_rest rest_;
};

/// The set of what is at moved(location) for each location: an object if it is one.
template <class Moved>
value moved_patch(machine& m, const patch& p, const Moved& moved) {
  if (!p.is_object()) {
    location_list locations(m, p.size());
    for (std::uint32_t i = 0; i < p.size(); ++i) locations.add(moved(p.where(i)));
    return locations.set();
  }
  cell_list cells(m, p.size());
  for (std::uint32_t i = 0; i < p.size(); ++i) cells.add(p.colour(i), moved(p.where(i)));
  return cells.set();
}

} // namespace arc

#endif
