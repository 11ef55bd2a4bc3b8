// SPDX-License-Identifier: MIT
//
// What bench has measured, for people and as JSON.
//
//   poker::bench_text(groups);                   // a table for each group
//   poker::bench_json(groups);                   // with every sample
#ifndef ORDERLY_EXAMPLES_POKER_BENCH_REPORT_HPP
#define ORDERLY_EXAMPLES_POKER_BENCH_REPORT_HPP

#include "../support/json_text.hpp"
#include "bench.hpp"
#include "evaluation.hpp"
#include "terminal_paint.hpp"

#include <cmath>   // isnan
#include <cstddef> // widths
#include <string>  // texts
#include <vector>  // groups

namespace poker {
namespace detail {

inline std::string cell(double number, int places, std::size_t width) {
  return right(std::isnan(number) ? "-" : fixed(number, places), width);
}

/// "1.87 (1.80 to 1.92)".
inline std::string range_text(const quantiles& of, double scale, int places) {
  return cell(of.median / scale, places, 9) + " (" + fixed(of.low / scale, places) + " to " +
         fixed(of.high / scale, places) + ")";
}

inline std::string row_text(const bench_row& row) {
  const bool nodes = row.samples[0].work.nodes != 0;
  const double scale = row.unit == "hands" ? 1e6 : 1e3;
  std::string text = left("  " + row.name, 20) + right(std::to_string(row.workers), 7) + "  ";
  text += left(range_text(figures_of(row, &bench_sample::per_second), scale, 1), 32);
  text += cell(figures_of(row, &bench_sample::per_cpu_second).median / scale, 1, 10);
  if (!nodes) return text + "\n";
  text += cell(figures_of(row, &bench_sample::nodes_per_second).median / 1e6, 2, 12);
  text += cell(figures_of(row, &bench_sample::nodes_per_cpu_second).median / 1e6, 2, 12);
  return text + "\n";
}

inline std::string header_text(const bench_group& group) {
  const bool hands = group.rows[0].unit == "hands";
  std::string text = left(group.name, 20) + "workers  ";
  text += left(right(hands ? "M hands/s" : "1000 it/s", 9) + " (10 % to 90 %)", 32) +
          right("/CPU s", 10);
  return text + (hands ? "" : right("M nodes/s", 12) + right("/CPU s", 12)) + "\n";
}

inline void write_quantiles(const char* name, const quantiles& of, example::json_text& json) {
  json.key(name).begin_object();
  json.member("median", of.median).member("low", of.low).member("high", of.high);
  json.end_object();
}

inline void write_row(const bench_row& row, example::json_text& json) {
  json.begin_object();
  json.member("name", row.name).member("unit", row.unit).member("workers", row.workers);
  write_quantiles("per_second", figures_of(row, &bench_sample::per_second), json);
  write_quantiles("per_cpu_second", figures_of(row, &bench_sample::per_cpu_second), json);
  if (row.samples[0].work.nodes != 0) {
    write_quantiles("nodes_per_second", figures_of(row, &bench_sample::nodes_per_second), json);
    write_quantiles("nodes_per_cpu_second", figures_of(row, &bench_sample::nodes_per_cpu_second),
                    json);
  }
  json.key("samples").begin_array();
  for (const bench_sample& sample : row.samples) {
    json.begin_object();
    json.member("items", sample.work.items).member("nodes", sample.work.nodes);
    json.member("wall_seconds", sample.wall).member("cpu_seconds", sample.cpu);
    json.end_object();
  }
  json.end_array().end_object();
}

} // namespace detail

/// Precondition, here and below: every row has samples.
inline std::string bench_text(const std::vector<bench_group>& groups) {
  std::string text;
  for (const bench_group& group : groups) {
    text += (text.empty() ? "" : "\n") + detail::header_text(group);
    for (const bench_row& row : group.rows) text += detail::row_text(row);
    for (const bench_ratio& ratio : group.ratios) {
      text += detail::left("  " + ratio.name, 31) +
              detail::range_text(ratios_of(group, ratio), 1, 3) + "\n";
    }
  }
  return text;
}

inline std::string bench_json(const std::vector<bench_group>& groups) {
  example::json_text json;
  json.begin_object().key("groups").begin_array();
  for (const bench_group& group : groups) {
    json.begin_object().member("name", group.name).key("rows").begin_array();
    for (const bench_row& row : group.rows) detail::write_row(row, json);
    json.end_array().key("ratios").begin_array();
    for (const bench_ratio& ratio : group.ratios) {
      json.begin_object().member("name", ratio.name);
      detail::write_quantiles("ratio", ratios_of(group, ratio), json);
      json.end_object();
    }
    json.end_array().end_object();
  }
  json.end_array().end_object();
  return json.take();
}

} // namespace poker

#endif
