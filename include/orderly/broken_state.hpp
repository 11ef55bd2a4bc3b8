// SPDX-License-Identifier: MIT
//
// orderly/broken_state.hpp: how an item says that its worker's State is of no use any more.
//
// Throw it from an item that runs with a State of a per_worker: that State, and no other, is built
// anew, and the item is tried again. Once it has been tried often enough, the cause is the item's
// error, as if the item had thrown that itself.
//
//   try {
//     return state.connection.ask(question);
//   } catch (const connection_lost&) {
//     throw orderly::broken_state(std::current_exception());
//   }
//
// Do not use it for failures that another State would not mend: throw those as they are.
#ifndef ORDERLY_BROKEN_STATE_HPP
#define ORDERLY_BROKEN_STATE_HPP

#include <exception> // exception, exception_ptr
#include <utility>   // move

namespace orderly {
inline namespace v0 {

class broken_state : public std::exception {
 public:
  /// Without a cause, this exception itself is what the item fails with in the end.
  /// Blocking: no. Thread-safety: as any constructor. Exceptions: none.
  explicit broken_state(std::exception_ptr cause = nullptr) noexcept : cause_(std::move(cause)) {}

  /// What the item fails with if no retry helps; may be null.
  /// Blocking: no. Thread-safety: as a const member. Exceptions: none.
  [[nodiscard]] const std::exception_ptr& cause() const noexcept { return cause_; }

  [[nodiscard]] const char* what() const noexcept override {
    return "orderly::broken_state: the State of a worker is of no use any more";
  }

 private:
  std::exception_ptr cause_;
};

} // namespace v0
} // namespace orderly

#endif // ORDERLY_BROKEN_STATE_HPP
