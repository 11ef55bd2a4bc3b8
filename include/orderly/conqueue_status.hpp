// SPDX-License-Identifier: MIT
//
// orderly/conqueue_status.hpp: what became of an attempt on a concurrent queue.
//
// The names are those of the C++ concurrent-queues proposal (P0260R20). `busy` and `busy_async` are
// kept so that code written against the proposal compiles; nothing in this library returns them.
#ifndef ORDERLY_CONQUEUE_STATUS_HPP
#define ORDERLY_CONQUEUE_STATUS_HPP

namespace orderly {
inline namespace v0 {

enum class conqueue_status {
  success,   // done
  empty,     // nothing to take (now, or until the deadline)
  full,      // no room (now, or until the deadline)
  closed,    // closed; for a taker: closed and drained
  busy,      // never returned here
  busy_async // never returned here
};

} // namespace v0
} // namespace orderly

#endif // ORDERLY_CONQUEUE_STATUS_HPP
