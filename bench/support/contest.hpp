// SPDX-License-Identifier: MIT
//
// Things of the same kind, measured side by side in one run.
//
//   bench::contest queues("million elements a second", bench::better::higher);
//   bench::cell& small = queues.add_cell({"1P1C", "64"});
//   small.add("ours", bench::group::ours, [] { return sample_of_ours(); });
//   small.add("theirs", bench::group::peer, [] { return sample_of_theirs(); });
//   queues.run(9, csv);               // one sample of each in every round, in a rotating order
//   queues.print();                   // Markdown: medians, and ours beside the best peer
//
// The first round is thrown away as a warm-up; no other value is.
#ifndef ORDERLY_BENCH_SUPPORT_CONTEST_HPP
#define ORDERLY_BENCH_SUPPORT_CONTEST_HPP

#include "support/summary.hpp"

#include <algorithm>    // find_if
#include <cerrno>       // why a row cannot be written
#include <chrono>       // settling
#include <cstddef>      // size_t
#include <cstdio>       // tables
#include <deque>        // cells, which stay where they are
#include <functional>   // samples
#include <string>       // names
#include <system_error> // the text of errno
#include <thread>       // sleep_for
#include <utility>      // move
#include <vector>       // values

namespace bench {

enum class group {
  ours,
  peer,
  reference
}; // a reference is shown, and not what ours is compared with
enum class better { higher, lower };

struct contender {
  std::string name;
  bench::group group;
  std::function<double()> sample;
  std::vector<double> values;
};

struct cell {
  std::vector<std::string> labels;
  std::vector<contender> contenders;

  void add(std::string name, bench::group group, std::function<double()> sample) {
    contenders.push_back({std::move(name), group, std::move(sample), {}});
  }

  const contender* find(const std::string& name) const {
    const auto at = std::find_if(contenders.begin(), contenders.end(),
                                 [&](const contender& c) { return c.name == name; });
    return at == contenders.end() ? nullptr : &*at;
  }

  // The median of one; 0 if it is not there.
  double of(const std::string& name) const {
    const contender* const one = find(name);
    return one != nullptr ? median(one->values) : 0;
  }

  // The best median of a group; 0 if nobody is in it.
  double best(bench::group group, better what) const {
    double found = 0;
    for (const contender& each : contenders) {
      if (each.group != group) continue;
      const double value = median(each.values);
      if (found == 0 || (what == better::higher ? value > found : value < found)) found = value;
    }
    return found;
  }

  // How many times as good ours is as the best peer; 0 if there is none.
  double ratio(better what) const {
    const double ours = best(group::ours, what), peer = best(group::peer, what);
    return what == better::higher ? (peer > 0 ? ours / peer : 0) : peer / ours;
  }
};

class contest {
 public:
  // Before each sample: threads that spin on after their work do it then.
  static constexpr auto settling = std::chrono::milliseconds(5);

  contest(std::vector<std::string> label_names, std::string unit, better what)
      : label_names_(std::move(label_names)), unit_(std::move(unit)), what_(what) {}

  cell& add_cell(std::vector<std::string> labels) {
    return cells_.emplace_back(cell{std::move(labels), {}});
  }
  const std::deque<cell>& cells() const { return cells_; }
  const cell& at(const std::vector<std::string>& labels) const {
    return *std::find_if(cells_.begin(), cells_.end(),
                         [&](const cell& c) { return c.labels == labels; });
  }

  // CSV: the labels, the contender, the round (0 is the warm-up), the value. May be null.
  void run(std::size_t rounds, std::FILE* csv) {
    for (std::size_t round = 0; round <= rounds; ++round)
      for (cell& each : cells_)
        for (std::size_t k = 0; k < each.contenders.size(); ++k) {
          contender& one = each.contenders[(k + round) % each.contenders.size()];
          std::this_thread::sleep_for(settling);
          const double value = one.sample();
          if (round > 0) one.values.push_back(value);
          if (csv == nullptr) continue;
          for (const std::string& label : each.labels) std::fprintf(csv, "%s,", label.c_str());
          std::fprintf(csv, "%s,%zu,%.6g\n", one.name.c_str(), round, value);
          if (std::fflush(csv) != 0) // each row at once: a run that is cut off keeps its rows
            throw std::system_error(errno, std::generic_category(), "writing the CSV file");
        }
  }

  // A row for each cell: the median of each contender and, in brackets, the quantile that a tenth is
  // worse than.
  void print() const {
    std::vector<std::string> names;
    for (const cell& each : cells_)
      for (const contender& c : each.contenders)
        if (std::find(names.begin(), names.end(), c.name) == names.end()) names.push_back(c.name);
    std::printf("%s; %s is better\n\n|", unit_.c_str(), what_ == better::higher ? "more" : "less");
    for (const std::string& name : label_names_) std::printf(" %s |", name.c_str());
    for (const std::string& name : names) std::printf(" %s |", name.c_str());
    std::printf(" ours / best peer |\n|");
    for (std::size_t i = 0; i < label_names_.size(); ++i) std::printf("---|");
    for (std::size_t i = 0; i < names.size() + 1; ++i) std::printf("---:|");
    std::printf("\n");
    for (const cell& each : cells_) print_row(each, names);
  }

 private:
  void print_row(const cell& row, const std::vector<std::string>& names) const {
    std::printf("|");
    for (const std::string& label : row.labels) std::printf(" %s |", label.c_str());
    for (const std::string& name : names) {
      if (const contender* const c = row.find(name))
        std::printf(" %.3g (%.3g) |", median(c->values),
                    quantile(c->values, what_ == better::higher ? 0.1 : 0.9));
      else
        std::printf(" - |");
    }
    std::printf(" %.2f |\n", row.ratio(what_));
  }

  std::vector<std::string> label_names_;
  std::string unit_;
  better what_;
  std::deque<cell> cells_;
};

} // namespace bench

#endif
