// SPDX-License-Identifier: MIT
//
// The one exploration in progress, where every modelled object finds it; and what all of those have
// in common: a number for reports, and a mark by which a use after their destruction is found.
#ifndef ORDERLY_TESTS_SUPPORT_INTERLEAVING_ENGINE_HPP
#define ORDERLY_TESTS_SUPPORT_INTERLEAVING_ENGINE_HPP

#include "support/interleaving/record.hpp"
#include "support/interleaving/scheduler.hpp"
#include "support/interleaving/store_buffers.hpp"

#include <cstdint> // uintptr_t
#include <cstdio>  // fputs
#include <cstdlib> // abort
#include <ostream> // names in traces
#include <string>  // texts

namespace interleaving {

struct engine {
  engine(const limits& bounds, search& path, bool tracing) : run(bounds, path, tracing) {}

  record run;
  store_buffers stores{run};
  scheduler threads{run, stores};
  unsigned objects = 0; // made in this run
};

inline engine* current = nullptr;

inline engine& here() {
  if (current == nullptr) [[unlikely]] {
    std::fputs("interleaving: a modelled object is used outside of explore()\n", stderr);
    std::abort();
  }
  return *current;
}

inline void live_on_fiber() { here().threads.live(); }

// Reads what may no longer exist, on purpose.
#if defined(INTERLEAVING_ADDRESS_SANITIZER)
#define INTERLEAVING_MAY_READ_THE_DEAD [[gnu::noinline]] __attribute__((no_sanitize("address")))
#else
#define INTERLEAVING_MAY_READ_THE_DEAD
#endif

class object {
 public:
  object(const object&) = delete;
  object& operator=(const object&) = delete;

 protected:
  explicit object(const char* kind) noexcept
      : kind_(kind), number_(current != nullptr ? ++current->objects : 0), mark_(mark_of(this)) {}

  ~object() { mark_ = 0; }

  // The mark is the address, so that a copy of the bytes is found out too.
  INTERLEAVING_MAY_READ_THE_DEAD bool alive() const noexcept { return mark_ == mark_of(this); }

  void must_be_alive(const char* operation, const char* kind) const {
    if (alive()) [[likely]]
      return;
    engine& e = here();
    e.run.fail("thread " + std::to_string(e.threads.self()) + ": " + operation +
               " on a destroyed " + kind);
  }

  // For a trace: "mutex 3".
  struct name {
    const char* kind;
    unsigned number;
    friend std::ostream& operator<<(std::ostream& out, const name& n) {
      return out << n.kind << n.number;
    }
  };
  name who() const noexcept { return {kind_, number_}; }
  reason because(const char* what, const mutex_state* held = nullptr) const noexcept {
    return {what, kind_, number_, held};
  }
  // For a failure: "thread 2 destroys mutex 3".
  std::string happening(const char* what) const {
    return "thread " + std::to_string(here().threads.self()) + ' ' + what + ' ' + kind_ +
           std::to_string(number_);
  }

 private:
  static std::uintptr_t mark_of(const object* o) noexcept {
    return reinterpret_cast<std::uintptr_t>(o) ^ std::uintptr_t{0x5a5ac3c3};
  }

  const char* kind_;
  unsigned number_;
  volatile std::uintptr_t mark_; // volatile: the last write of a lifetime shall happen
};

} // namespace interleaving

#endif // ORDERLY_TESTS_SUPPORT_INTERLEAVING_ENGINE_HPP
