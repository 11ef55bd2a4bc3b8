// SPDX-License-Identifier: MIT
//
// soak_bench: one pool, batch after batch, for as long as asked; does anything wear out?
//
// A row for each interval says what the work cost: results that differ from the plain loop's end the
// program at once, everything else is to be read. A virtual processor is not equally fast all the time,
// so the plain loop itself is run between batches, and its rate stands beside the pool's. Afterwards the pool is left alone for 5 seconds
// and each worker's context switches are counted. With --counterexample the program shows instead
// what consumers cost that poll where they could sleep. Linux only; run it alone on the machine, and
// look at the column of foreign processors before believing a rate.
#include "polling.hpp"
#include "support/process_figures.hpp"
#include "workload.hpp"

#include "examples/support/arguments.hpp"
#include "tests/support/thread_state.hpp"

#include "orderly/available_parallelism.hpp"
#include "orderly/worker_pool.hpp"

#include <cerrno>       // why a file cannot be opened
#include <chrono>       // intervals
#include <cstddef>      // size_t
#include <cstdint>      // counts
#include <cstdio>       // the table
#include <exception>    // failures
#include <memory>       // the CSV file
#include <optional>     // values that may be absent
#include <span>         // command-line words
#include <string>       // texts
#include <string_view>  // command-line words
#include <system_error> // the text of errno
#include <thread>       // sleep_for
#include <vector>       // command-line words, threads

namespace {

using bench::clock;
using seconds = std::chrono::seconds;

enum exit_code : int { good = 0, failed = 1, misused = 2, not_kept = 3 };

constexpr std::string_view help_text =
    R"(soak_bench: one pool, batch after batch, and what it costs over time

  soak_bench [--seconds N] [--interval N] [--workers W|auto] [--gap-ms G] [--csv FILE]
  soak_bench --counterexample [--seconds N] [--workers W|auto]

  --seconds N       how long: whole intervals, 1200 by default; with --counterexample each row's
                    idle time, 5 by default
  --interval N      seconds for each row (default: 60)
  --workers W       of the pool, or auto (default); with --counterexample 8 by default
  --gap-ms G        sleep so long after each batch (default: 0); a sleep is one voluntary switch
  --csv FILE        the rows once more, as comma-separated values
  --counterexample  consumers that poll a queue, beside consumers that sleep
  --help            this text

Exit codes: 0 good; 1 a wrong result, or failed; 2 usage; 3 the verdict at the end is not kept.
)";

struct options {
  bool counterexample = false;
  seconds duration{};
  seconds interval{};
  std::size_t workers = 0;
  std::chrono::milliseconds gap{};
  std::optional<std::string> csv;
};

options read_options(const example::arguments& given) {
  options read;
  const auto number = [&](std::string_view name, std::uint64_t low, std::uint64_t high,
                          std::uint64_t otherwise) {
    return given.optional_whole(name, low, high).value_or(otherwise);
  };
  read.counterexample = given.has("--counterexample");
  read.duration = seconds(number("--seconds", 1, 10'000'000, read.counterexample ? 5 : 1200));
  read.interval = seconds(number("--interval", 1, 10'000'000, 60));
  read.gap = std::chrono::milliseconds(number("--gap-ms", 0, 60'000, 0));
  read.workers = read.counterexample ? 8 : orderly::available_parallelism();
  if (given.text("--workers").value_or("auto") != "auto")
    read.workers = given.whole("--workers", 1, 1024);
  if (const auto file = given.text("--csv")) read.csv = std::string(*file);
  if (!read.counterexample && read.interval > read.duration)
    throw example::usage_error("--interval: longer than --seconds");
  return read;
}

// What one interval cost.
struct row {
  double end = 0; // seconds since the beginning
  std::uint64_t batches = 0;
  double wall_rate = 0; // items a second
  double cpu_rate = 0;  // items a CPU-second of this process
  double relative = 0;  // that, by the plain loop's
  double voluntary = 0; // context switches a batch
  double involuntary = 0;
  std::uint64_t resident_kib = 0;
  std::uint64_t threads = 0;
  double foreign = 0; // processors in use by others
  std::uint64_t digest = 0;
};

// Text and CSV are the same figures in two formats.
class table {
 public:
  explicit table(const std::optional<std::string>& csv) {
    if (csv) {
      csv_.reset(std::fopen(csv->c_str(), "we"));
      if (!csv_) throw std::system_error(errno, std::generic_category(), *csv);
    }
    write(stdout, "%s", text_header);
    if (csv_) write(csv_.get(), "%s", csv_header);
  }

  void add(const row& r) {
    using number = unsigned long long;
    put("| %6.0f | %7llu | %7.0f | %11.0f | %8.3f | %9.3f | %9.3f | %7llu | %7llu | %13.2f "
        "| %016llx |\n",
        "%.3f,%llu,%.0f,%.0f,%.4f,%.4f,%.4f,%llu,%llu,%.3f,%016llx\n", r.end, number{r.batches},
        r.wall_rate, r.cpu_rate, r.relative, r.voluntary, r.involuntary, number{r.resident_kib},
        number{r.threads}, r.foreign, number{r.digest});
  }

 private:
  struct closer {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };

  static constexpr const char* text_header =
      "|      s | batches | items/s | items/CPU-s | by plain | vol/batch | inv/batch | RSS KiB "
      "| threads | foreign cores |           digest |\n"
      "|-------:|--------:|--------:|------------:|---------:|----------:|----------:|--------:"
      "|--------:|--------------:|------------------|\n";
  static constexpr const char* csv_header =
      "seconds,batches,items_per_second,items_per_cpu_second,by_plain_loop,"
      "voluntary_switches_per_batch,"
      "involuntary_switches_per_batch,resident_kib,threads,foreign_cores,digest\n";

  // Flushed at once: a run that is cut off keeps its rows.
  template <class... Figures>
  void put(const char* text_format, const char* csv_format, Figures... figures) {
    write(stdout, text_format, figures...);
    if (csv_) write(csv_.get(), csv_format, figures...);
  }
  template <class... Figures>
  static void write(std::FILE* out, const char* format, Figures... figures) {
    if (std::fprintf(out, format, figures...) < 0 || std::fflush(out) != 0)
      throw std::system_error(errno, std::generic_category(), "writing the table");
  }

  std::unique_ptr<std::FILE, closer> csv_;
};

// What the plain loops of an interval cost.
struct plain_cost {
  std::uint64_t items = 0;
  double wall = 0; // seconds
  double cpu = 0;  // seconds

  void add_one(soak::workload& work) {
    const clock::time_point start = clock::now();
    const double cpu_before = bench::own_cpu_seconds();
    items += work.run_plain_loop();
    cpu += bench::own_cpu_seconds() - cpu_before;
    wall += std::chrono::duration<double>(clock::now() - start).count();
  }
};

row cost_between(const bench::process_figures& before, const bench::process_figures& after,
                 const plain_cost& plain, std::uint64_t batches, std::uint64_t items) {
  const double whole = std::chrono::duration<double>(after.at - before.at).count();
  const double wall = whole - plain.wall;
  const double cpu = after.own_cpu - before.own_cpu - plain.cpu;
  const auto each = static_cast<double>(batches);
  row result;
  result.batches = batches;
  result.wall_rate = static_cast<double>(items) / wall;
  result.cpu_rate = static_cast<double>(items) / cpu;
  result.relative = result.cpu_rate * plain.cpu / static_cast<double>(plain.items);
  result.voluntary = static_cast<double>(after.voluntary - before.voluntary) / each;
  result.involuntary = static_cast<double>(after.involuntary - before.involuntary) / each;
  result.resident_kib = after.resident_kib;
  result.threads = after.threads;
  result.foreign = (after.machine_cpu - before.machine_cpu - cpu - plain.cpu) / whole;
  return result;
}

// A plain loop takes as long as a batch of its kind on one worker.
constexpr std::uint64_t batches_for_a_plain_loop = 16;

// Batches until the time has come, and what they cost.
row run_interval(soak::workload& work, clock::time_point end, std::chrono::milliseconds gap) {
  const std::uint64_t batches = work.batches();
  const std::uint64_t items = work.items();
  const bench::process_figures before = bench::read_figures();
  plain_cost plain;
  do {
    if (work.batches() % batches_for_a_plain_loop == 0) plain.add_one(work);
    work.run_batch();
    if (gap.count() > 0) std::this_thread::sleep_for(gap);
  } while (clock::now() < end);
  row result = cost_between(before, bench::read_figures(), plain, work.batches() - batches,
                            work.items() - items);
  work.check_tallies();
  result.digest = work.latest();
  return result;
}

// How often the pool's threads went to sleep while nothing was to be done; 0 is promised.
std::uint64_t switches_while_idle(orderly::worker_pool& pool) {
  std::vector<pid_t> tids(pool.size());
  pool.for_each_worker([&](std::size_t worker) { tids[worker] = test::this_tid(); });
  std::vector<std::uint64_t> before(pool.size());
  for (std::size_t worker = 1; worker < pool.size(); ++worker) { // worker 0 is this thread
    test::wait_until_asleep(tids[worker]);
    before[worker] = test::voluntary_switches(tids[worker]);
  }
  std::this_thread::sleep_for(seconds(5));
  std::uint64_t sum = 0;
  std::printf("\n5 s between batches, voluntary context switches:");
  for (std::size_t worker = 1; worker < pool.size(); ++worker) {
    const std::uint64_t more = test::voluntary_switches(tids[worker]) - before[worker];
    std::printf(" worker %zu +%llu", worker, static_cast<unsigned long long>(more));
    sum += more;
  }
  std::printf(pool.size() == 1 ? " no threads\n" : "\n");
  return sum;
}

// Allocators breathe by some pages.
constexpr std::uint64_t flat_kib = 256;

int judge(const row& first, const row& last, std::uint64_t idle_switches, std::uint64_t batches) {
  const bool memory = last.resident_kib <= first.resident_kib + flat_kib;
  const bool threads = last.threads == first.threads;
  const long long growth =
      static_cast<long long>(last.resident_kib) - static_cast<long long>(first.resident_kib);
  std::printf(
      "verdict: items/CPU-s last/first %.3f, by the plain loop's %.3f; memory %+lld KiB: "
      "%s; threads %s; idle switches %llu; %llu batches, each with the plain loop's result\n",
      last.cpu_rate / first.cpu_rate, last.relative / first.relative, growth,
      memory ? "flat" : "NOT FLAT", threads ? "flat" : "NOT FLAT",
      static_cast<unsigned long long>(idle_switches), static_cast<unsigned long long>(batches));
  return memory && threads && idle_switches == 0 ? good : not_kept;
}

int run_soak(const options& asked) {
  orderly::worker_pool pool(asked.workers);
  soak::workload work(pool);
  table rows(asked.csv);
  row first;
  row last;
  const clock::time_point begin = clock::now();
  for (seconds end = asked.interval; end <= asked.duration; end += asked.interval) {
    last = run_interval(work, begin + end, asked.gap);
    last.end = std::chrono::duration<double>(clock::now() - begin).count();
    if (end == asked.interval) first = last;
    rows.add(last);
  }
  const std::uint64_t idle_switches = switches_while_idle(pool);
  work.run_batch(); // and it still works
  return judge(first, last, idle_switches, work.batches());
}

int run_counterexample(const options& asked) {
  using std::chrono::milliseconds;
  std::printf("%zu consumers with nothing to do, %lld s for each row\n\n", asked.workers,
              static_cast<long long>(asked.duration.count()));
  std::printf("| waiting by                | wake-ups/s | CPU ms/s | latency us | shutdown ms |\n"
              "|---------------------------|-----------:|---------:|-----------:|------------:|\n");
  for (const int period : {0, 10, 50, 100}) {
    const auto limit = period == 0 ? std::nullopt : soak::polling_period(milliseconds(period));
    const soak::waiting_cost cost = soak::cost_of_waiting(asked.workers, limit, asked.duration);
    const std::string name =
        limit ? "try_pop_for(" + std::to_string(period) + " ms), flag" : "pop(), close()";
    std::printf("| %-25s | %10.1f | %8.3f | %10.1f | %11.2f |\n", name.c_str(), cost.wake_ups,
                cost.cpu * 1e3, cost.latency * 1e6, cost.shutdown * 1e3);
    std::fflush(stdout);
  }
  return good;
}

int run(std::span<const std::string_view> words) {
  constexpr example::option_spec known[] = {{"--seconds"},    {"--interval"},
                                            {"--workers"},    {"--gap-ms"},
                                            {"--csv"},        {"--counterexample", false},
                                            {"--help", false}};
  const example::arguments given(words, known);
  if (given.has("--help")) {
    std::fwrite(help_text.data(), 1, help_text.size(), stdout);
    return good;
  }
  const options asked = read_options(given);
  return asked.counterexample ? run_counterexample(asked) : run_soak(asked);
}

} // namespace

int main(int argc, char** argv) {
  try {
    return run(std::vector<std::string_view>(argv + (argc > 0 ? 1 : 0), argv + argc));
  } catch (const example::usage_error& error) {
    std::fprintf(stderr, "soak_bench: %s (soak_bench --help lists the options)\n", error.what());
    return misused;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "soak_bench: %s\n", error.what());
    return failed;
  }
}
