// SPDX-License-Identifier: MIT
//
// What a program's figures are meant to reach, each printed with what it is. A figure whose peer was not
// measured is printed so, and is not met.
#ifndef ORDERLY_BENCH_SUPPORT_TARGETS_HPP
#define ORDERLY_BENCH_SUPPORT_TARGETS_HPP

#include <cmath>  // isfinite
#include <cstdio> // the lines
#include <string> // what is meant

namespace bench {

class targets {
 public:
  targets() { std::printf("\n| target | | is | |\n|---|---|---:|---|\n"); }

  void at_least(const std::string& what, double least, double is) {
    add(what, ">=", least, is, is >= least);
  }
  void at_most(const std::string& what, double most, double is) {
    add(what, "<=", most, is, is <= most);
  }
  bool all_met() const { return all_met_; }

 private:
  void add(const std::string& what, const char* relation, double bound, double is, bool met) {
    const bool measured = std::isfinite(is) && is != 0; // 0: there is no peer
    all_met_ = all_met_ && measured && met;
    std::printf("| %s | %s %g | %.3g | %s |\n", what.c_str(), relation, bound, is,
                !measured ? "NOT MEASURED"
                : met     ? "met"
                          : "MISSED");
  }

  bool all_met_ = true;
};

} // namespace bench

#endif
