// SPDX-License-Identifier: MIT
//
// Ctrl-C as a flag: SIGINT asks a run to stop, a second SIGINT kills it.
//
//   example::interrupt_guard guard;             // from here on SIGINT sets the flag
//   options.stop = &example::interrupted();
#ifndef ORDERLY_EXAMPLES_SUPPORT_INTERRUPT_HPP
#define ORDERLY_EXAMPLES_SUPPORT_INTERRUPT_HPP

#include <atomic>  // the flag
#include <csignal> // signal handlers

namespace example {

/// Set once SIGINT has arrived. Lock-free, so a signal handler may write it.
inline std::atomic<bool>& interrupted() {
  static std::atomic<bool> flag{false};
  static_assert(std::atomic<bool>::is_always_lock_free);
  return flag;
}

/// Handles SIGINT while it lives. After the first the default action is back in force, so that an
/// impatient user is not locked out by a run that takes long to finish its chunks.
class interrupt_guard {
 public:
  interrupt_guard() {
    interrupted() = false; // also initialises the flag before any handler can run
    install();
  }
  ~interrupt_guard() { std::signal(SIGINT, SIG_DFL); }
  interrupt_guard(const interrupt_guard&) = delete;
  interrupt_guard& operator=(const interrupt_guard&) = delete;

 private:
#ifdef SA_RESETHAND
  // SA_RESTART: a write that is under way goes on, so that no row is cut.
  static void install() {
    struct sigaction action {};
    action.sa_handler = [](int) { interrupted() = true; };
    action.sa_flags = static_cast<int>(SA_RESETHAND) | SA_RESTART;
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, nullptr);
  }
#else
  static void install() {
    std::signal(SIGINT, [](int) { interrupted() = true; });
  }
#endif
};

/// A reader that goes away then shows as a failed write, with a message, not as sudden death.
inline void report_closed_pipes_as_errors() {
#ifdef SIGPIPE
  std::signal(SIGPIPE, SIG_IGN);
#endif
}

} // namespace example

#endif
