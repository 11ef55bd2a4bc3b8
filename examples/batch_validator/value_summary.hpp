// SPDX-License-Identifier: MIT
//
// A value on one line, however large it is: what it is, and the beginning of its text.
//
//   arc::summary_of(m, v, 40);
//
//   7
//   (2, 3)
//   grid 3x3 ((1, 2, 0), (0, 0, 3), (4, 5...
//   set of 4 {(0, 1), (0, 2), (1, 1), (1, 2)}
//   function lbind(add, 1)
#ifndef ORDERLY_EXAMPLES_ARC_VALUE_SUMMARY_HPP
#define ORDERLY_EXAMPLES_ARC_VALUE_SUMMARY_HPP

#include "machine.hpp"
#include "value.hpp"
#include "value_order.hpp"

#include <array>       // names
#include <cstddef>     // sizes
#include <cstdint>     // elements
#include <string>      // the text
#include <string_view> // names
#include <utility>     // move

namespace arc {
namespace detail {

/// Writes values until there is more text than was asked for, so that what is large takes no longer.
class summary_writer {
 public:
  summary_writer(const machine& m, std::size_t most) : m_(m), most_(most) {}

  std::string write(const value& v) {
    text_ = what_it_is(v);
    add(v);
    if (text_.size() > most_) text_.replace(most_ - cut.size(), text_.npos, cut);
    return std::move(text_);
  }

 private:
  static constexpr std::string_view cut = "...";
  /// Of closures, by kind: the primitives that make them.
  static constexpr std::array<std::string_view, 7> makers{"compose", "chain", "matcher", "lbind",
                                                          "rbind",   "power", "fork"};

  static std::string what_it_is(const value& v) {
    switch (v.form()) {
    case value_form::grid:
      return "grid " + std::to_string(v.height()) + "x" + std::to_string(v.width()) + " ";
    case value_form::row:
    case value_form::elements:
      return "tuple of " + std::to_string(v.size()) + " ";
    case value_form::locations:
    case value_form::object:
    case value_form::members:
      return "set of " + std::to_string(v.size()) + " ";
    case value_form::function:
      return "function ";
    default:
      return {};
    }
  }

  /// Recursion is bounded by the nesting.
  void add(const value& v) {
    if (v.kind() == value_kind::none) {
      text_ += "none";
    } else if (v.is_integer()) {
      text_ += std::to_string(v.integer());
    } else if (v.is_closure()) {
      add_closure(*v.function());
    } else if (v.is_function()) {
      text_ += m_.primitives()[v.primitive()].name;
    } else {
      add_container(v);
    }
  }

  void add_container(const value& v) {
    text_ += v.is_tuple() ? '(' : '{';
    for (std::uint32_t i = 0; i < v.size() && text_.size() <= most_; ++i) {
      if (i != 0) text_ += ", ";
      add(element(v, i));
    }
    if (v.is_tuple() && v.size() == 1) text_ += ',';
    text_ += v.is_tuple() ? ')' : '}';
  }

  void add_closure(const closure& c) {
    const auto kind = static_cast<std::size_t>(c.kind);
    const bool has_three = c.kind == closure_kind::chain || c.kind == closure_kind::fork;
    text_.append(makers[kind]) += '(';
    for (std::size_t i = 0; i < (has_three ? 3U : 2U) && text_.size() <= most_; ++i) {
      if (i != 0) text_ += ", ";
      add(c.parts[i]);
    }
    text_ += ')';
  }

  const machine& m_;
  std::size_t most_;
  std::string text_;
};

} // namespace detail

/// At most `most` bytes; as many are needed for "..." at least. The machine's primitives name functions.
inline std::string summary_of(const machine& m, const value& v, std::size_t most) {
  return detail::summary_writer(m, most).write(v);
}

} // namespace arc

#endif
