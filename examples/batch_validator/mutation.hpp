// SPDX-License-Identifier: MIT
//
// Programs that differ a little from a given one: candidates of a search, on counter-based streams.
//
//   const auto node = arc::candidate_node(orderly::seed(42), "67a3c6ac");
//   const arc::program candidate = arc::mutant(parent, node.stream(7), 1);  // always the same one
//
// A point mutation does one of these, each as likely as the others:
//
//   constant    another constant of its kind: truth value, number, pair
//   primitive   another one of the same arity, called or as a function value
//   argument    an argument, or the result, becomes the input, a constant or the result of another
//               earlier line; a called variable becomes another one
//   exchange    two different arguments of a call change places
//   insertion   a new call, which a line behind it uses instead of one of its arguments
//   deletion    a line goes; who used its result gets one of its arguments
//
// What cannot be done to a program, such as an exchange where every call has one argument, is drawn
// again. So a
// point mutation always changes something, and the result is a program that the parser accepts:
// variables are assigned before, arities of called primitives are right, limits are kept. Its types
// may be wrong: that is the judge's business.
#ifndef ORDERLY_EXAMPLES_ARC_MUTATION_HPP
#define ORDERLY_EXAMPLES_ARC_MUTATION_HPP

#include "constants.hpp"
#include "primitive_table.hpp"
#include "program.hpp"
#include "program_builder.hpp"
#include "similar_operands.hpp"

#include "orderly/random_stream.hpp"

#include <algorithm>   // all_of, any_of, find
#include <cstddef>     // size_t, ptrdiff_t
#include <cstdint>     // numbers
#include <optional>    // what a program may lack
#include <string>      // names
#include <string_view> // task ids
#include <utility>     // swap

namespace arc {

/// The streams of a task's candidates: candidate k has stream k.
inline orderly::stream_node candidate_node(orderly::seed root, std::string_view task) {
  return orderly::stream_node(root).derive(task);
}

/// What a candidate for the task is called: as its parent is if this binds it to the task, else solve_ID
/// if that does. Not every id can be bound by a name.
inline std::string candidate_name(const program& parent, std::string_view task) {
  program bound;
  bound.name = "solve_" + std::string(task);
  return parent.task() == task || !bound.task() ? parent.name : bound.name;
}

namespace detail {

/// Where an operand stands.
struct operand_slot {
  std::size_t line;  // as many as there are lines: the program's result
  std::size_t place; // 0 the callee, from 1 the arguments; 1 of the result
  bool is_callee() const { return place == 0; }
};

inline operand& operand_at(program& code, const operand_slot& slot) {
  if (slot.line == code.lines.size()) return code.result;
  program_line& line = code.lines[slot.line];
  return slot.is_callee() ? line.callee : line.arguments[slot.place - 1];
}

/// visit(slot, operand) for all that the program has.
template <class Program, class Visit>
void for_each_operand(Program& code, Visit&& visit) {
  for (std::size_t i = 0; i < code.lines.size(); ++i) {
    auto& line = code.lines[i];
    visit(operand_slot{i, 0}, line.callee);
    for (std::size_t a = 0; a < line.argument_count; ++a) {
      visit(operand_slot{i, a + 1}, line.arguments[a]);
    }
  }
  visit(operand_slot{code.lines.size(), 1}, code.result);
}

/// Point mutations of one program, drawn from a stream.
class mutator {
 public:
  mutator(program& code, orderly::random_stream& stream) : code_(code), stream_(stream) {}

  void mutate() {
    // Nearly any program can be changed in several ways; one that has no room left, perhaps in none.
    constexpr int most_tries = 1'000;
    for (int tries = 0; tries < most_tries; ++tries) {
      if (try_one()) return;
    }
  }

 private:
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(stream_.below(n)); }
  /// Any but one of them.
  std::size_t other_below(std::size_t n, std::size_t not_this) {
    const std::size_t drawn = below(n - 1);
    return drawn + (drawn >= not_this ? 1U : 0U);
  }
  static operand of_kind(operand_kind kind, std::size_t index) {
    return {kind, static_cast<std::uint16_t>(index)};
  }

  /// False: nothing was changed.
  bool try_one() {
    switch (below(6)) {
    case 0:
      return change_constant();
    case 1:
      return change_primitive();
    case 2:
      return change_argument();
    case 3:
      return exchange_arguments();
    case 4:
      return insert_line();
    default:
      return delete_line();
    }
  }

  bool change_constant();
  bool change_primitive();
  bool change_argument();
  bool exchange_arguments();
  bool insert_line();
  bool delete_line();

  /// One of the slots that wanted(slot, operand) is true of.
  template <class Wanted>
  std::optional<operand_slot> draw_slot(Wanted&& wanted);
  operand draw_value(std::size_t earlier);
  operand draw_argument(std::size_t earlier);
  void move_lines(std::size_t from, int by);
  bool replace_line(std::size_t line, const operand& by);

  program& code_;
  orderly::random_stream& stream_;
};

template <class Wanted>
std::optional<operand_slot> mutator::draw_slot(Wanted&& wanted) {
  std::size_t count = 0;
  for_each_operand(code_, [&](const operand_slot& slot, const operand& what) {
    count += wanted(slot, what) ? 1U : 0U;
  });
  if (count == 0) return std::nullopt;
  std::size_t left = below(count);
  std::optional<operand_slot> drawn;
  for_each_operand(code_, [&](const operand_slot& slot, const operand& what) {
    if (wanted(slot, what) && left-- == 0) drawn = slot;
  });
  return drawn;
}

/// The input, a constant or an earlier line: each line is as likely as all constants together.
inline operand mutator::draw_value(std::size_t earlier) {
  const std::size_t drawn = below(earlier + 2);
  if (drawn < earlier) return of_kind(operand_kind::line, drawn);
  if (drawn == earlier) return of_kind(operand_kind::input, 0);
  return of_kind(operand_kind::constant, below(constants.size()));
}

/// Of a new call: also a primitive.
inline operand mutator::draw_argument(std::size_t earlier) {
  if (below(earlier + 3) == 0) return of_kind(operand_kind::primitive, below(primitives.size()));
  return draw_value(earlier);
}

inline bool mutator::change_constant() {
  const auto slot = draw_slot(
      [](const operand_slot&, const operand& what) { return what.kind == operand_kind::constant; });
  if (!slot) return false;
  operand& what = operand_at(code_, *slot);
  for (const constant_kind& kind : constant_kinds) {
    if (what.index >= kind.first + kind.count) continue;
    const std::size_t other = other_below(kind.count, what.index - kind.first);
    what.index = static_cast<std::uint16_t>(kind.first + other);
    return true;
  }
  return false;
}

inline bool mutator::change_primitive() {
  const auto slot = draw_slot([](const operand_slot&, const operand& what) {
    return what.kind == operand_kind::primitive &&
           by_arity.of(primitives[what.index].arity).size() > 1;
  });
  if (!slot) return false;
  operand& what = operand_at(code_, *slot);
  const auto alike = by_arity.of(primitives[what.index].arity);
  const auto here = std::find(alike.begin(), alike.end(), what.index);
  what.index = alike[other_below(alike.size(), static_cast<std::size_t>(here - alike.begin()))];
  return true;
}

inline bool mutator::change_argument() {
  const auto slot = draw_slot([](const operand_slot& where, const operand& what) {
    return !where.is_callee() || (what.kind == operand_kind::line && where.line > 1);
  });
  if (!slot) return false;
  operand& what = operand_at(code_, *slot);
  if (slot->is_callee()) {
    what.index = static_cast<std::uint16_t>(other_below(slot->line, what.index));
    return true;
  }
  const operand before = what;
  while (what == before) what = draw_value(slot->line);
  return true;
}

inline bool mutator::exchange_arguments() {
  const auto slot = draw_slot([this](const operand_slot& where, const operand& what) {
    if (where.is_callee() || where.line == code_.lines.size()) return false;
    const program_line& line = code_.lines[where.line];
    return std::any_of(line.arguments.begin(), line.arguments.begin() + line.argument_count,
                       [&](const operand& other) { return other != what; });
  });
  if (!slot) return false;
  program_line& line = code_.lines[slot->line];
  operand& first = line.arguments[slot->place - 1];
  const operand before = first;
  while (first == before) std::swap(first, line.arguments[below(line.argument_count)]);
  return true;
}

/// The lines from this one on, and who uses them.
inline void mutator::move_lines(std::size_t from, int by) {
  for_each_operand(code_, [&](const operand_slot&, operand& what) {
    if (what.kind != operand_kind::line || what.index < from) return;
    what.index = static_cast<std::uint16_t>(what.index + by);
  });
}

inline bool mutator::insert_line() {
  if (code_.lines.size() + 1 >= most_lines) return false; // the return is a line too
  const std::size_t place = below(code_.lines.size() + 1);
  const std::size_t number = below(primitives.size());
  program_line added;
  added.callee = of_kind(operand_kind::primitive, number);
  added.argument_count = static_cast<std::uint8_t>(primitives[number].arity);
  for (std::size_t a = 0; a < added.argument_count; ++a) added.arguments[a] = draw_argument(place);
  move_lines(place, 1);
  code_.lines.insert(code_.lines.begin() + static_cast<std::ptrdiff_t>(place), added);
  const auto user = draw_slot([place](const operand_slot& slot, const operand&) {
    return slot.line > place && !slot.is_callee();
  });
  operand_at(code_, *user) = of_kind(operand_kind::line, place); // there is the result at least
  return true;
}

inline bool mutator::delete_line() {
  if (code_.lines.empty()) return false;
  const std::size_t place = below(code_.lines.size());
  const program_line& line = code_.lines[place];
  if (!replace_line(place, line.arguments[below(line.argument_count)])) return false;
  code_.lines.erase(code_.lines.begin() + static_cast<std::ptrdiff_t>(place));
  move_lines(place, -1);
  return true;
}

/// Where its result is used. False, and nothing is done: it is called, and the other cannot be.
inline bool mutator::replace_line(std::size_t line, const operand& by) {
  const operand replaced = of_kind(operand_kind::line, line);
  const bool is_possible =
      std::all_of(code_.lines.begin(), code_.lines.end(), [&](const program_line& user) {
        if (user.callee != replaced || by.kind == operand_kind::line) return true;
        return by.kind == operand_kind::primitive &&
               primitives[by.index].arity == user.argument_count;
      });
  if (!is_possible) return false;
  for_each_operand(code_, [&](const operand_slot&, operand& what) {
    if (what == replaced) what = by;
  });
  return true;
}

} // namespace detail

/// A program that differs from its parent by some point mutations. Determinism: a function of the
/// parent's lines, the stream's position and the number of changes, on any platform.
inline program mutant(program parent, orderly::random_stream stream, std::uint64_t changes) {
  for (std::uint64_t i = 0; i < changes; ++i) detail::mutator(parent, stream).mutate();
  return parent;
}

} // namespace arc

#endif
