// SPDX-License-Identifier: MIT
//
// Rows from several workers, read in order: out of one dictionary into which theirs were merged, or as
// they come from an ordered merge. Each runs in a process of its own, so that its peak of memory is its
// own. Linux only.
#ifndef ORDERLY_BENCH_BEFORE_AFTER_MERGE_HPP
#define ORDERLY_BENCH_BEFORE_AFTER_MERGE_HPP

#include "pool/work.hpp"
#include "support/process_figures.hpp"
#include "support/summary.hpp"

#include "orderly/index_range.hpp"
#include "orderly/ordered_for_each.hpp"
#include "orderly/worker_pool.hpp"

#include <array>        // a row
#include <cerrno>       // why there is no child
#include <cstddef>      // size_t
#include <cstdint>      // indices
#include <cstdio>       // the child's message
#include <exception>    // failures of the child
#include <functional>   // what a child runs
#include <map>          // dictionaries
#include <stdexcept>    // a wrong result
#include <system_error> // the text of errno
#include <thread>       // workers with a dictionary each
#include <vector>       // rows

#include <sys/wait.h> // the child's end
#include <unistd.h>   // fork, pipe

namespace bench {

using table_row = std::array<std::uint64_t, 4>;
using row_dictionary = std::map<std::uint64_t, table_row>;

// Next to no work: what is measured is the merging.
inline table_row row_of(std::uint64_t index) {
  return {index, index * index, index ^ 0x5555, ~index};
}

/// Depends on the order.
class row_digest {
 public:
  void add(const table_row& row) {
    for (const std::uint64_t word : row) state_ = (state_ ^ word) * 0x100000001b3U;
  }
  std::uint64_t value() const { return state_; }

 private:
  std::uint64_t state_ = 0xcbf29ce484222325U;
};

inline std::uint64_t by_plain_loop(std::uint64_t rows) {
  row_digest digest;
  for (std::uint64_t i = 0; i < rows; ++i) digest.add(row_of(i));
  return digest.value();
}

inline row_dictionary dictionary_of(std::size_t worker, std::size_t workers, std::uint64_t rows) {
  row_dictionary part;
  for (std::uint64_t i = worker; i < rows; i += workers) part.emplace(i, row_of(i));
  return part;
}

/// Before: each worker fills a dictionary, and all are merged into one. That moves no row: it is the
/// cheapest way to merge dictionaries.
inline std::uint64_t by_dictionaries(std::uint64_t rows, std::size_t workers) {
  std::vector<row_dictionary> parts(workers);
  std::vector<std::thread> threads;
  for (std::size_t w = 0; w < workers; ++w)
    threads.emplace_back([&, w] { parts[w] = dictionary_of(w, workers, rows); });
  for (std::thread& thread : threads) thread.join();
  row_dictionary all;
  for (row_dictionary& part : parts) all.merge(part);
  row_digest digest;
  for (const auto& [index, row] : all) digest.add(row);
  return digest.value();
}

/// Now: the rows of a chunk go to the sink as soon as those before them did.
inline std::uint64_t by_ordered_merge(std::uint64_t rows, std::size_t workers) {
  constexpr std::uint64_t chunk_size = 1024;
  orderly::worker_pool pool(workers);
  row_digest digest;
  orderly::ordered_for_each(
      pool, orderly::index_range(rows), chunk_size,
      [](const orderly::index_range& chunk) {
        std::vector<table_row> some;
        some.reserve(chunk_size);
        for (const std::uint64_t i : chunk) some.push_back(row_of(i));
        return some;
      },
      [&](std::vector<table_row>&& some) {
        for (const table_row& row : some) digest.add(row);
      });
  return digest.value();
}

struct run_cost {
  std::uint64_t digest = 0;
  double seconds = 0;
  double peak_mib = 0;
};

using digest_function = std::function<std::uint64_t()>;

namespace detail {

inline run_cost cost_here(const digest_function& run) {
  run_cost cost;
  const clock::time_point start = clock::now();
  cost.digest = run();
  cost.seconds = seconds_since(start);
  const std::uint64_t peak_kib = labelled_number("/proc/self/status", "VmHWM:");
  cost.peak_mib = static_cast<double>(peak_kib) / 1024;
  return cost;
}

// The child's whole life. It may not return into the parent's program, and leaves the parent's buffers
// alone.
[[noreturn]] inline void run_as_child(const digest_function& run, int result_end) noexcept {
  try {
    const run_cost cost = cost_here(run);
    ::_exit(::write(result_end, &cost, sizeof cost) == sizeof cost ? 0 : 1);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "merge: %s\n", error.what());
    ::_exit(1);
  }
}

// Both ends of a pipe.
struct pipe_ends {
  int read_end = -1, write_end = -1;

  pipe_ends() {
    int ends[2];
    if (::pipe(ends) != 0) throw std::system_error(errno, std::generic_category(), "pipe");
    read_end = ends[0];
    write_end = ends[1];
  }
  pipe_ends(const pipe_ends&) = delete;
  pipe_ends& operator=(const pipe_ends&) = delete;
  ~pipe_ends() {
    ::close(read_end);
    ::close(write_end);
  }
};

} // namespace detail

/// What run() costs in a child. Only while this process has a single thread and little memory, for the
/// child begins with a copy of it.
inline run_cost cost_in_child(const digest_function& run) {
  const detail::pipe_ends pipe;
  std::fflush(nullptr);
  const ::pid_t child = ::fork();
  if (child < 0) throw std::system_error(errno, std::generic_category(), "fork");
  if (child == 0) detail::run_as_child(run, pipe.write_end);
  run_cost cost;
  int status = 1;
  if (::waitpid(child, &status, 0) != child || status != 0 ||
      ::read(pipe.read_end, &cost, sizeof cost) != sizeof cost)
    throw std::runtime_error("merge: the child process failed");
  return cost;
}

/// Medians, each of which may be of another round.
struct merge_cost {
  double seconds = 0;
  double peak_mib = 0;
};

struct merge_costs {
  merge_cost plain, before, after;
};

/// How many samples there are of each.
inline constexpr int merge_rounds = 5;

/// One round after another, each with every contender.
inline merge_costs merge_costs_of(std::uint64_t rows, std::size_t workers) {
  struct contender {
    digest_function run;
    std::vector<double> seconds{}, peaks{};
    merge_cost cost() const { return {median(seconds), median(peaks)}; }
  };
  std::array<contender, 3> all{contender{[=] { return by_plain_loop(rows); }},
                               contender{[=] { return by_dictionaries(rows, workers); }},
                               contender{[=] { return by_ordered_merge(rows, workers); }}};
  const std::uint64_t expected = by_plain_loop(rows);
  for (int round = 0; round < merge_rounds; ++round)
    for (contender& each : all) {
      const run_cost cost = cost_in_child(each.run);
      if (cost.digest != expected) throw std::runtime_error("merge: the digests differ");
      each.seconds.push_back(cost.seconds);
      each.peaks.push_back(cost.peak_mib);
    }
  return {all[0].cost(), all[1].cost(), all[2].cost()};
}

} // namespace bench

#endif
