// SPDX-License-Identifier: MIT
//
// Whether a history of concurrent operations could have come from one thread doing them one after the
// other: each at some moment between its begin and its end, with the result it gave (Herlihy and Wing,
// "Linearizability", 1990). Searches all orders that the times allow (Wing and Gong, 1993): for small
// histories only.
#ifndef ORDERLY_TESTS_SUPPORT_LINEARIZABILITY_HPP
#define ORDERLY_TESTS_SUPPORT_LINEARIZABILITY_HPP

#include <cstddef> // size_t
#include <vector>  // operations

namespace test {

// Operations in the order of their begin; time counts begins and ends. For one thread at a time, as
// the interleaving scheduler runs them.
template <class Operation>
class history {
 public:
  // Runs call(), which returns what was done and what came of it.
  template <class Call>
  void record(Call call) {
    const std::size_t place = entries_.size();
    entries_.push_back({now_++, 0, {}});
    Operation done = call();
    entries_[place].what = done;
    entries_[place].end = now_++;
  }

  // Model: a value with bool apply(const Operation&), which does the operation to it and says whether
  // it could have had that result.
  template <class Model>
  bool linearizable(const Model& start) const {
    return search(start, std::vector<bool>(entries_.size(), false), 0);
  }

 private:
  struct entry {
    std::size_t begin, end;
    Operation what;
  };

  template <class Model>
  bool search(const Model& model, std::vector<bool> done, std::size_t count) const {
    if (count == entries_.size()) return true;
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      if (done[i] || !may_be_next(i, done)) continue;
      Model after = model;
      if (!after.apply(entries_[i].what)) continue;
      done[i] = true;
      if (search(after, done, count + 1)) return true;
      done[i] = false;
    }
    return false;
  }

  // Nothing that is still to come had ended before this began.
  bool may_be_next(std::size_t i, const std::vector<bool>& done) const {
    for (std::size_t k = 0; k < entries_.size(); ++k)
      if (!done[k] && entries_[k].end < entries_[i].begin) return false;
    return true;
  }

  std::vector<entry> entries_;
  std::size_t now_ = 0;
};

} // namespace test

#endif // ORDERLY_TESTS_SUPPORT_LINEARIZABILITY_HPP
