// SPDX-License-Identifier: MIT
//
// before_after_bench: parts of programs as they are often written, beside the same parts written with this
// library. Both do the same work, and it is checked that they give the same results. Tables are
// printed as Markdown; a chart of each is written as SVG. Linux only.
#include "before_after/chart.hpp"
#include "before_after/merge.hpp"
#include "before_after/seeds.hpp"
#include "before_after/workers.hpp"
#include "soak/polling.hpp"
#include "support/machine.hpp"

#include "examples/support/arguments.hpp"

#include "orderly/available_parallelism.hpp"

#include <algorithm>    // min
#include <cerrno>       // why the tables cannot be written
#include <chrono>       // polling periods
#include <cstddef>      // size_t
#include <cstdint>      // counts
#include <cstdio>       // tables
#include <exception>    // failures
#include <filesystem>   // where the charts go
#include <optional>     // no period: sleep
#include <string>       // labels
#include <string_view>  // command-line words
#include <system_error> // the text of errno
#include <vector>       // bars

namespace {

using bench::no_bar;

constexpr std::size_t worker_counts[] = {1, 2, 3, 4, 6, 8};

constexpr const char* help_text =
    R"(before_after_bench: parts of programs as they are often written, and with orderly

  --batches N   of workers that are dear to set up (default: 100)
  --seconds N   that consumers are left alone, for each way of waiting (default: 5)
  --pushes N    whose latency is measured, for each way of waiting (default: 1000)
  --sessions N  whose seeds are sent (default: 1000000)
  --rows N      that are merged (default: 1000000)
  --charts DIR  where the charts go; made if need be (default: the current folder)
  --help        this text

Writes workers.svg, speed_up.svg, polling.svg, seeds.svg and merge.svg.
Exit codes: 0 good; 1 a wrong result, or failed; 2 usage.
)";

struct options {
  std::uint64_t batches;
  std::chrono::seconds idle;
  int pushes;
  std::uint64_t sessions;
  std::uint64_t rows;
  std::filesystem::path charts;
};

options read_options(const example::arguments& given) {
  const auto number = [&](std::string_view name, std::uint64_t high, std::uint64_t otherwise) {
    return given.optional_whole(name, 1, high).value_or(otherwise);
  };
  return {number("--batches", 10'000, 100),
          std::chrono::seconds(number("--seconds", 3600, 5)),
          static_cast<int>(number("--pushes", 1'000'000, 1000)),
          number("--sessions", 100'000'000, 1'000'000),
          number("--rows", 100'000'000, 1'000'000),
          given.text("--charts").value_or(".")};
}

unsigned long long as_printed(std::uint64_t number) { return number; }

std::string workers_text(std::size_t workers) {
  return std::to_string(workers) + (workers == 1 ? " worker" : " workers");
}

// ---- workers ----

struct worker_row {
  std::size_t workers;
  bench::wall_times wall;

  // Where there are fewer processors than workers, no more can be expected of them.
  std::size_t processors() const { return std::min(workers, orderly::available_parallelism()); }
};

void print_worker_row(const worker_row& row, const char* made, double wall) {
  const double speed_up = row.wall.serial / wall;
  std::printf("| %zu | %s | %.2f | %.2f | %.2f | %.2f | %.2f |\n", row.workers, made,
              row.wall.serial, wall, speed_up, speed_up / static_cast<double>(row.workers),
              speed_up / static_cast<double>(row.processors()));
  std::fflush(stdout); // each row at once: a run that is cut off keeps its rows
}

std::vector<worker_row> measure_workers(std::uint64_t batches) {
  std::printf("## Workers\n\n%llu batches of %llu items of %g ms; a worker's state takes %g ms of "
              "work to build\n\n"
              "| workers | made | serial loop, s | wall, s | speed-up | efficiency | by processors "
              "|\n|---:|---|---:|---:|---:|---:|---:|\n",
              as_printed(batches), as_printed(bench::items_of_a_batch),
              bench::item_nanoseconds / 1e6, bench::set_up_nanoseconds / 1e6);
  std::vector<worker_row> rows;
  for (const std::size_t workers : worker_counts) {
    rows.push_back({workers, bench::wall_times_of(workers, batches)});
    print_worker_row(rows.back(), "for each batch", rows.back().wall.before);
    print_worker_row(rows.back(), "once", rows.back().wall.after);
  }
  return rows;
}

constexpr const char* workers_before = "workers made anew for each batch";
constexpr const char* workers_after = "one pool, and a state for each worker";

bench::bar_chart wall_chart(const std::vector<worker_row>& rows, std::uint64_t batches) {
  bench::bar_panel wall{"wall time, s", {}};
  for (const worker_row& row : rows)
    wall.groups.push_back({workers_text(row.workers), row.wall.before, row.wall.after});
  return {std::to_string(batches) + (batches == 1 ? " batch" : " batches") + " of the same work",
          workers_before,
          workers_after,
          {wall}};
}

bench::line_chart speed_up_chart(const std::vector<worker_row>& rows) {
  bench::line_chart chart{"Speed-up over a serial loop",
                          "workers",
                          "speed-up, times",
                          workers_before,
                          workers_after,
                          "as many as there are workers and processors for them",
                          {},
                          {},
                          {{0, 0}}};
  for (const worker_row& row : rows) {
    const auto x = static_cast<double>(row.workers);
    chart.before_line.push_back({x, row.wall.serial / row.wall.before});
    chart.after_line.push_back({x, row.wall.serial / row.wall.after});
    chart.bound_line.push_back({x, static_cast<double>(row.processors())});
  }
  return chart;
}

void compare_workers(const options& asked) {
  const std::vector<worker_row> rows = measure_workers(asked.batches);
  bench::write_file(asked.charts / "workers.svg", svg_of(wall_chart(rows, asked.batches)));
  bench::write_file(asked.charts / "speed_up.svg", svg_of(speed_up_chart(rows)));
}

// ---- polling ----

struct way_of_waiting {
  std::string name;
  bool polls;
  soak::waiting_cost cost;
};

way_of_waiting measure_waiting(const options& asked, std::size_t consumers, int period) {
  const auto limit =
      period == 0 ? std::nullopt : soak::polling_period(std::chrono::milliseconds(period));
  const std::string name = period == 0 ? "sleeping" : "polling, " + std::to_string(period) + " ms";
  return {name, period != 0, soak::cost_of_waiting(consumers, limit, asked.idle, asked.pushes)};
}

// A panel of one figure of every way.
bench::bar_panel waiting_panel(const std::string& title, const std::vector<way_of_waiting>& ways,
                               double soak::waiting_cost::*figure, double unit) {
  bench::bar_panel panel{title, {}};
  for (const way_of_waiting& way : ways) {
    const double value = way.cost.*figure * unit;
    panel.groups.push_back({way.name, way.polls ? value : no_bar, way.polls ? no_bar : value});
  }
  return panel;
}

bench::bar_chart waiting_chart(const std::vector<way_of_waiting>& ways, std::size_t consumers) {
  using cost = soak::waiting_cost;
  return {std::to_string(consumers) + " consumers of one queue, waiting",
          "try_pop_for(period) in a loop, ended by a flag",
          "pop(), ended by close()",
          {waiting_panel("wake-ups a second, nothing to do", ways, &cost::wake_ups, 1),
           waiting_panel("from a push to its consumer, median, us", ways, &cost::latency, 1e6),
           waiting_panel("from a push to its consumer, 99 of 100 within, us", ways,
                         &cost::slow_latency, 1e6),
           waiting_panel("shutdown, ms", ways, &cost::shutdown, 1e3)}};
}

void compare_waiting(const options& asked) {
  constexpr std::size_t consumers = 8;
  std::printf("\n## Polling\n\n%zu consumers of one queue, left alone for %lld s, then given %d "
              "single items\n\n"
              "| waiting by | wake-ups/s | CPU ms/s | latency us | p99 us | shutdown ms |\n"
              "|---|---:|---:|---:|---:|---:|\n",
              consumers, static_cast<long long>(asked.idle.count()), asked.pushes);
  std::vector<way_of_waiting> ways;
  for (const int period : {0, 10, 50, 100}) {
    ways.push_back(measure_waiting(asked, consumers, period));
    const soak::waiting_cost& cost = ways.back().cost;
    std::printf("| %s | %.1f | %.3f | %.1f | %.1f | %.2f |\n", ways.back().name.c_str(),
                cost.wake_ups, cost.cpu * 1e3, cost.latency * 1e6, cost.slow_latency * 1e6,
                cost.shutdown * 1e3);
    std::fflush(stdout);
  }
  bench::write_file(asked.charts / "polling.svg", svg_of(waiting_chart(ways, consumers)));
}

// ---- seeds ----

void compare_seeds(const options& asked) {
  const std::string sessions = bench::number_text(static_cast<double>(asked.sessions));
  std::printf("\n## Seeds\n\n%s sessions: bytes of text that each worker is sent\n\n"
              "| workers | dictionary of seeds | range of streams |\n|---:|---:|---:|\n",
              sessions.c_str());
  bench::bar_panel bytes{"sent to each worker, bytes", {}};
  for (const std::size_t workers : worker_counts) {
    const bench::bytes_sent sent = bench::bytes_sent_to_each(asked.sessions, workers);
    const auto dictionary = static_cast<double>(sent.dictionary);
    const auto range = static_cast<double>(sent.range);
    std::printf("| %zu | %s | %s |\n", workers, bench::number_text(dictionary).c_str(),
                bench::number_text(range).c_str());
    bytes.groups.push_back({workers_text(workers), dictionary, range});
  }
  bench::write_file(asked.charts / "seeds.svg",
                    svg_of(bench::bar_chart{"Seeds of " + sessions + " sessions",
                                            "a dictionary from session to seed, as text",
                                            "a range of streams, as text",
                                            {bytes}}));
}

// ---- merge ----

bench::bar_chart merge_chart(std::uint64_t rows, const bench::merge_costs& costs) {
  const std::string label = bench::number_text(static_cast<double>(rows)) + " rows";
  return {
      "Rows of several workers, read in order",
      "a dictionary of each worker, merged into one",
      "ordered merge",
      {{"peak memory of the process, MiB", {{label, costs.before.peak_mib, costs.after.peak_mib}}},
       {"wall time, s", {{label, costs.before.seconds, costs.after.seconds}}}}};
}

bench::merge_costs measure_merges(const options& asked) {
  const bench::merge_costs costs =
      bench::merge_costs_of(asked.rows, orderly::available_parallelism());
  bench::write_file(asked.charts / "merge.svg", svg_of(merge_chart(asked.rows, costs)));
  return costs;
}

void print_merges(std::uint64_t rows, const bench::merge_costs& costs) {
  std::printf("\n## Merge\n\n%s rows of %zu bytes from %s, read in order; medians of %d "
              "processes each\n\n| | seconds | peak memory, MiB |\n|---|---:|---:|\n",
              bench::number_text(static_cast<double>(rows)).c_str(), sizeof(bench::table_row),
              workers_text(orderly::available_parallelism()).c_str(), bench::merge_rounds);
  const auto print = [](const char* name, const bench::merge_cost& cost) {
    std::printf("| %s | %.3f | %.1f |\n", name, cost.seconds, cost.peak_mib);
  };
  print("plain loop, nothing kept", costs.plain);
  print("dictionaries, merged", costs.before);
  print("ordered merge", costs.after);
}

void run(const options& asked) {
  std::filesystem::create_directories(asked.charts);
  // First, while this process is small: the children begin as copies of it.
  const bench::merge_costs merges = measure_merges(asked);
  std::printf("# Before and after\n\n");
  const bench::measured_run here;
  compare_workers(asked);
  compare_waiting(asked);
  compare_seeds(asked);
  print_merges(asked.rows, merges);
}

// A table that was cut off is no success.
void finish_output() {
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0)
    throw std::system_error(errno, std::generic_category(), "writing the tables");
}

} // namespace

int main(int argc, char** argv) {
  constexpr example::option_spec known[] = {{"--batches"},    {"--seconds"}, {"--pushes"},
                                            {"--sessions"},   {"--rows"},    {"--charts"},
                                            {"--help", false}};
  try {
    const std::vector<std::string_view> words(argv + (argc > 0 ? 1 : 0), argv + argc);
    const example::arguments given(words, known);
    if (given.has("--help"))
      std::fputs(help_text, stdout);
    else
      run(read_options(given));
    finish_output();
    return 0;
  } catch (const example::usage_error& error) {
    std::fprintf(stderr, "before_after_bench: %s (before_after_bench --help lists the options)\n",
                 error.what());
    return 2;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "before_after_bench: %s\n", error.what());
    return 1;
  }
}
