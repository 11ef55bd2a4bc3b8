// SPDX-License-Identifier: MIT
//
// Runs a scenario again and again until every path within the limits was taken, a run failed, or the
// runs or the time that were allowed are used up.
#ifndef ORDERLY_TESTS_SUPPORT_INTERLEAVING_EXPLORE_HPP
#define ORDERLY_TESTS_SUPPORT_INTERLEAVING_EXPLORE_HPP

#include "support/interleaving/engine.hpp"
#include "support/interleaving/record.hpp"
#include "support/interleaving/search.hpp"

#include <algorithm> // max
#include <chrono>    // how long it took
#include <cstddef>   // size_t
#include <cstdint>   // uint64_t
#include <exception> // set_terminate
#include <memory>    // make_unique
#include <optional>  // a failure, if any
#include <stdexcept> // logic_error
#include <string>    // texts

#if defined(INTERLEAVING_ADDRESS_SANITIZER)
#include <sanitizer/lsan_interface.h> // what a failed run leaves behind is no leak
#endif

namespace interleaving {

struct failure {
  std::string what;
  std::string schedule; // for replay(), with the same limits
  std::string trace;    // the last steps
};

struct report {
  limits bounds;
  bool complete = false; // everything within the limits was tried, and nothing failed
  std::optional<failure> found;
  std::uint64_t runs = 0;
  std::uint64_t points = 0;       // steps of all runs
  std::uint64_t longest_run = 0;  // in steps
  std::size_t deepest_choice = 0; // of a run, in choices
  counters most;                  // the largest of all runs, each by itself
  double seconds = 0;

  // Neither complete nor failed: the limits on runs or time ended it, or it was a sample.
  bool cut() const noexcept { return !complete && !found.has_value(); }
};

inline std::string to_string(const report& r) {
  std::string text = r.found ? "FAILED: " + r.found->what : r.complete ? "complete" : "CUT";
  text += "; " + std::to_string(r.runs) + " runs, " + std::to_string(r.points) + " points, " +
          std::to_string(r.seconds) + " s, at most " + std::to_string(r.longest_run) +
          " steps and " + std::to_string(r.deepest_choice) + " choices, " +
          std::to_string(r.bounds.preemptions) + " preemptions";
  if (r.found) text += "\nschedule: " + r.found->schedule + "\n" + r.found->trace;
  return text;
}

// What the run so far has counted.
inline const counters& counts() { return here().run.counts(); }

// Lets time pass on the model's clock, as work would.
inline void work_for(std::chrono::nanoseconds time) { here().threads.advance(time); }

inline void check(bool condition, const char* text) {
  if (condition) [[likely]]
    return;
  engine& e = here();
  e.run.fail("thread " + std::to_string(e.threads.self()) + ": not so: " + text);
}

// Makes an engine the current one, and what cannot be let out of a fiber a failure of the run.
class session {
 public:
  session(const limits& bounds, search& path, bool tracing)
      : path_(path), engine_(bounds, path, tracing) {
    if (current != nullptr) throw std::logic_error("explore() inside of explore()");
    current = &engine_;
    before_ = std::set_terminate([] { here().run.fail("std::terminate was called"); });
#if defined(INTERLEAVING_ADDRESS_SANITIZER)
    __lsan_disable();
#endif
  }
  session(const session&) = delete;
  session& operator=(const session&) = delete;
  ~session() {
#if defined(INTERLEAVING_ADDRESS_SANITIZER)
    __lsan_enable();
#endif
    std::set_terminate(before_);
    current = nullptr;
  }

  template <class Scenario>
  void run_once(Scenario& scenario) {
    class first final : public task {
     public:
      explicit first(Scenario& s) : scenario_(s) {}
      void run() override { scenario_(); }

     private:
      Scenario& scenario_;
    };
    engine_.objects = 0;
    engine_.run.start_run();
    engine_.stores.start_run();
    engine_.threads.run(std::make_unique<first>(scenario));
    engine_.run.check_path();
  }

  // The run that has just ended.
  void add_to(report& result) {
    record& run = engine_.run;
    ++result.runs;
    result.points += run.steps();
    result.longest_run = (std::max)(result.longest_run, run.steps());
    result.deepest_choice = (std::max)(result.deepest_choice, path_.depth());
    result.most.raise_to(run.counts());
    if (run.failed()) result.found = failure{run.what(), path_.text(), ""};
  }

  std::string trace() const { return engine_.run.trace(); }

 private:
  search& path_;
  engine engine_;
  std::terminate_handler before_;
};

// Runs one schedule and writes its trace.
template <class Scenario>
report replay(const std::string& schedule, const limits& bounds, Scenario&& scenario) {
  report result;
  result.bounds = bounds;
  search path(schedule);
  session once(bounds, path, true);
  once.run_once(scenario);
  once.add_to(result);
  if (result.found) result.found->trace = once.trace();
  return result;
}

// Runs along `path` until it ends, a run fails, or a limit is reached.
template <class Scenario>
report explore_along(search path, const limits& bounds, Scenario& scenario) {
  const auto start = std::chrono::steady_clock::now();
  report result;
  result.bounds = bounds;
  {
    session all(bounds, path, false);
    bool within = true;
    while (within && !result.complete && !result.found) {
      all.run_once(scenario);
      all.add_to(result);
      result.complete = !path.advance() && !result.found;
      const auto time = std::chrono::steady_clock::now() - start;
      result.seconds = std::chrono::duration<double>(time).count();
      within = result.runs < bounds.most_runs &&
               (bounds.most_seconds <= 0 || result.seconds < bounds.most_seconds);
    }
  }
  if (!result.found) return result;
  const report again = replay(result.found->schedule, bounds, scenario);
  if (again.found && again.found->what == result.found->what)
    result.found->trace = again.found->trace;
  else
    result.found->what += " (a replay does not show it: the scenario is not deterministic)";
  return result;
}

// Every run within the limits.
template <class Scenario>
report explore(const limits& bounds, Scenario&& scenario) {
  return explore_along(search{}, bounds, scenario);
}

// As many runs as the limits allow, drawn at random: for a scenario that explore() cannot complete.
template <class Scenario>
report sample(std::uint64_t seed, const limits& bounds, Scenario&& scenario) {
  return explore_along(search{seed}, bounds, scenario);
}

} // namespace interleaving

#endif // ORDERLY_TESTS_SUPPORT_INTERLEAVING_EXPLORE_HPP
