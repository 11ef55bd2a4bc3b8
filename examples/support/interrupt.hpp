// SPDX-License-Identifier: MIT
//
// Ctrl-C as a flag: SIGINT asks a run to stop, a second SIGINT kills it. So does SIGTERM, by which
// batch systems end their jobs.
//
//   example::interrupt_guard guard;             // from here on these signals set the flag
//   options.stop = &example::interrupted();
//   if (example::interrupted()) return example::interrupted_exit_code();
#ifndef ORDERLY_EXAMPLES_SUPPORT_INTERRUPT_HPP
#define ORDERLY_EXAMPLES_SUPPORT_INTERRUPT_HPP

#include <atomic>  // the flag
#include <csignal> // signal handlers

namespace example {

/// Set once a signal has arrived. Lock-free, so a signal handler may write it.
inline std::atomic<bool>& interrupted() {
  static std::atomic<bool> flag{false};
  static_assert(std::atomic<bool>::is_always_lock_free);
  return flag;
}

namespace detail {
/// Which signal it was; 0 before.
inline volatile std::sig_atomic_t interrupting_signal = 0;

inline void note_signal(int signal) {
  interrupting_signal = signal;
  interrupted() = true;
}
} // namespace detail

/// What a shell says of a program that a signal ended: 130 for SIGINT, 143 for SIGTERM.
inline int interrupted_exit_code() {
  const int signal = detail::interrupting_signal;
  return 128 + (signal == 0 ? SIGINT : signal);
}

/// Handles SIGINT and SIGTERM while it lives. After the first of each its default action is back in
/// force, so that an impatient user is not locked out by a run that takes long to finish its chunks.
class interrupt_guard {
 public:
  interrupt_guard() {
    interrupted() = false; // also initialises the flag before any handler can run
    for (const int signal : {SIGINT, SIGTERM}) install(signal);
  }
  ~interrupt_guard() {
    for (const int signal : {SIGINT, SIGTERM}) std::signal(signal, SIG_DFL);
  }
  interrupt_guard(const interrupt_guard&) = delete;
  interrupt_guard& operator=(const interrupt_guard&) = delete;

 private:
#ifdef SA_RESETHAND
  // SA_RESTART: a write that is under way goes on, so that no row is cut.
  static void install(int signal) {
    struct sigaction action {};
    action.sa_handler = detail::note_signal;
    action.sa_flags = static_cast<int>(SA_RESETHAND) | SA_RESTART;
    sigemptyset(&action.sa_mask);
    sigaction(signal, &action, nullptr);
  }
#else
  static void install(int signal) { std::signal(signal, detail::note_signal); }
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
