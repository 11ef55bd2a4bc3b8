// SPDX-License-Identifier: MIT
//
// Calling functions: primitives, and the closures that higher-order primitives make.
//
//   const arc::value doubled = arc::call(m, function, {x});
//
// Each call costs fuel and depth, and gives up what it made but its result (machine.hpp).
#ifndef ORDERLY_EXAMPLES_ARC_CALLS_HPP
#define ORDERLY_EXAMPLES_ARC_CALLS_HPP

#include "arena.hpp"
#include "machine.hpp"
#include "primitive.hpp"
#include "run_error.hpp"
#include "value.hpp"
#include "value_order.hpp"

#include <algorithm>        // min, copy_n
#include <cstddef>          // size_t
#include <cstdint>          // counts
#include <initializer_list> // arguments
#include <type_traits>      // what errors pass by

namespace arc {

/// The extent of one call. Leave it with its result, or by an error, which begin_line sets right.
class call_frame {
 public:
  /// Exceptions: run_error of kind fuel or depth.
  explicit call_frame(machine& m, std::uint32_t primitive = machine::no_primitive)
      : m_(m), caller_(m.running_), mark_(m.memory_.used()), cells_(m.cells_) {
    if (m.depth_ >= m.limits_.depth) fail(error_kind::depth);
    m.charge(machine::fuel_per_call);
    ++m.depth_;
    ++m.dispatches_;
    if (primitive != machine::no_primitive) m.running_ = primitive;
  }
  call_frame(const call_frame&) = delete;
  call_frame& operator=(const call_frame&) = delete;

  /// The result, which may lie elsewhere now. Whatever else was made since is gone. Exceptions:
  /// run_error of kind fuel or cells.
  value leave(const value& result) {
    const value kept = give_up_but(result);
    --m_.depth_;
    m_.running_ = caller_;
    return kept;
  }
  /// The same in between: of what was made so far, only this value is needed on.
  value give_up_but(const value& result) {
    if (m_.memory_.is_after(result.memory(), mark_)) return kept(result);
    m_.memory_.rewind(mark_);
    m_.cells_ = cells_;
    return result;
  }

 private:
  /// Precondition: it lies behind the mark.
  value kept(const value& result) {
    m_.cells_ = (std::min)(m_.cells_, cells_ + value_total(result));
    // What lies about may be three times what is counted: the machine's memory has room for that.
    const std::size_t room = 4 * (m_.cells_ - cells_ + 1) * sizeof(value);
    if (m_.memory_.used() - mark_ <= room) return result;
    return moved_to_mark(result, room);
  }
  value moved_to_mark(const value& result, std::size_t room);

  static value moved(const value& v, const arena& from, std::size_t mark, arena& to);
  template <class T>
  static const T* copy_of(const T* from, std::size_t count, arena& to) {
    return std::copy_n(from, count, to.take<T>(count)) - count;
  }

  machine& m_;
  std::uint32_t caller_; // the primitive that was running
  std::size_t mark_;
  std::uint64_t cells_;
};

static_assert(std::is_trivially_destructible_v<call_frame>); // see error_of

inline value call_frame::moved_to_mark(const value& result, std::size_t room) {
  m_.spare_.rewind(0);
  const value saved = moved(result, m_.memory_, mark_, m_.spare_);
  // A part that occurs often is copied often, though it was paid for once.
  const std::size_t copied = m_.spare_.used();
  if (copied > room) m_.charge((copied - room) / sizeof(value));
  m_.memory_.rewind(mark_);
  return moved(saved, m_.spare_, 0, m_.memory_);
}

/// A copy of what lies after the mark; what lies before it stays there.
inline value call_frame::moved(const value& v, const arena& from, std::size_t mark, arena& to) {
  if (!from.is_after(v.memory(), mark)) return v;
  switch (v.form()) {
  case value_form::row:
    return value::of_row(copy_of(v.colours(), v.size(), to), v.size());
  case value_form::grid:
    return value::of_grid(copy_of(v.colours(), std::size_t{v.height()} * v.width(), to), v.height(),
                          v.width());
  case value_form::locations:
  case value_form::object:
    return value::of_packed_set(v.form(), copy_of(v.packed_set(), v.size(), to), v.size());
  case value_form::function: {
    closure* const copy = to.take<closure>(1);
    *copy = *v.function();
    for (value& part : copy->parts) part = moved(part, from, mark, to);
    return value::of_closure(copy, v.nesting());
  }
  default: {
    value* const copy = to.take<value>(v.size() + std::size_t{1}) + 1;
    copy[-1] = v.elements()[-1];
    for (std::uint32_t i = 0; i < v.size(); ++i) {
      copy[i] = moved(v.elements()[i], from, mark, to);
    }
    return value::of_elements(v.form(), copy, v.size(), v.nesting());
  }
  }
}

/// A primitive with as many arguments as it has parameters.
inline value call_primitive(machine& m, std::uint32_t number, const value* arguments) {
  call_frame frame(m, number);
  return frame.leave(m.primitives()[number].run(m, arguments));
}

/// Any function value. Exceptions: run_error; of kind type if it is none, or has another arity.
value call(machine& m, const value& function, const value* arguments, unsigned count);

inline value call(machine& m, const value& function, std::initializer_list<value> arguments) {
  return call(m, function, arguments.begin(), static_cast<unsigned>(arguments.size()));
}

/// Parameters of a function value. Exceptions: run_error of kind type.
inline unsigned arity_of(const machine& m, const value& function) {
  if (!function.is_function()) fail(error_kind::type);
  return function.is_closure() ? function.function()->arity
                               : m.primitives()[function.primitive()].arity;
}

namespace detail {

/// f of the arguments and a fixed one, at the place given.
inline value call_bound(machine& m, const closure& c, const value* arguments, unsigned count,
                        unsigned place) {
  value all[most_arguments + 1];
  unsigned n = 0;
  for (unsigned i = 0; i <= count; ++i) {
    all[n++] = i == place ? c.parts[1] : arguments[i - (i > place ? 1U : 0U)];
  }
  return call(m, c.parts[0], all, n);
}

/// However many steps there are, only one result is held at a time.
inline value call_power(machine& m, const closure& c, value x, call_frame& frame) {
  for (std::int64_t left = c.parts[1].integer(); left > 0; --left) {
    x = frame.give_up_but(call(m, c.parts[0], {x}));
  }
  return x;
}

inline value call_closure(machine& m, const closure& c, const value* arguments, unsigned count,
                          call_frame& frame) {
  const value* const parts = c.parts;
  switch (c.kind) {
  case closure_kind::compose:
    return call(m, parts[0], {call(m, parts[1], {arguments[0]})});
  case closure_kind::chain:
    return call(m, parts[0], {call(m, parts[1], {call(m, parts[2], {arguments[0]})})});
  case closure_kind::matcher: {
    const value found = call(m, parts[0], {arguments[0]});
    m.charge((std::min)(value_total(found), value_total(parts[1])));
    return value::of_integer(equal(found, parts[1]) ? 1 : 0);
  }
  case closure_kind::bind_first:
    return call_bound(m, c, arguments, count, 0);
  case closure_kind::bind_last:
    return call_bound(m, c, arguments, count, count);
  case closure_kind::power:
    return call_power(m, c, arguments[0], frame);
  case closure_kind::fork:
    break;
  }
  const value first = call(m, parts[1], {arguments[0]});
  const value second = call(m, parts[2], {arguments[0]});
  return call(m, parts[0], {first, second});
}

} // namespace detail

inline value call(machine& m, const value& function, const value* arguments, unsigned count) {
  if (arity_of(m, function) != count) fail(error_kind::type);
  if (!function.is_closure()) return call_primitive(m, function.primitive(), arguments);
  call_frame frame(m);
  return frame.leave(detail::call_closure(m, *function.function(), arguments, count, frame));
}

} // namespace arc

#endif
