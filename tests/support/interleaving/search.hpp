// SPDX-License-Identifier: MIT
//
// Depth-first search over sequences of choices. A run asks choose(n) whenever it could go on in n
// ways; it follows the path of the run before up to the deepest choice that has an untried alternative,
// takes that one, and the first alternative everywhere below. Nothing is kept but the path, so the
// runs must depend on nothing else; a run that asks differently on a known path is found out.
//
// Instead, the runs can be drawn at random: for what is too large to be exhausted, a sample of
// everywhere is worth more than all of one corner.
//
// The text of a path: the choices in order, joined by dots; "0*12" stands for twelve zeros; zeros at
// the end are left out, because the first alternative is what a run takes beyond the end of its path.
#ifndef ORDERLY_TESTS_SUPPORT_INTERLEAVING_SEARCH_HPP
#define ORDERLY_TESTS_SUPPORT_INTERLEAVING_SEARCH_HPP

#include <charconv>  // from_chars
#include <cstddef>   // size_t
#include <cstdint>   // uint16_t
#include <stdexcept> // invalid_argument
#include <string>    // the text of a path
#include <vector>    // the path

namespace interleaving {

// Of the first alternative, where the choice is drawn: like any other, or against the others, which
// are then spread over the run.
enum class odds { even, against };

class search {
 public:
  search() { path_.reserve(1024); }
  explicit search(const std::string& text) { parse(text); }
  explicit search(std::uint64_t seed) : random_(true), state_(seed) {}

  // Which of `count` alternatives this run takes; count >= 2.
  int choose(int count, odds of_first) {
    const auto n = static_cast<std::uint16_t>(count);
    if (depth_ == path_.size()) path_.push_back({random_ ? draw(n, of_first) : none, n});
    choice& here = path_[depth_++];
    if (here.count == 0) here.count = n; // read from a text, which does not tell
    if (here.count != n || here.taken >= n) diverged_ = true;
    return here.taken < n ? here.taken : 0;
  }

  // Whether this run asked for other choices than the one whose path it follows.
  bool diverged() const noexcept { return diverged_; }

  // Whether the run ended before the path did.
  bool left_over() const noexcept { return depth_ < path_.size(); }

  std::size_t depth() const noexcept { return depth_; }

  // To the path of the next run. False when there is none: everything was tried.
  bool advance() noexcept {
    path_.resize(random_ ? 0 : depth_);
    depth_ = 0;
    if (random_) return rarity_ = 2u << below(6), true;
    while (!path_.empty() && path_.back().taken + 1 == path_.back().count) path_.pop_back();
    if (path_.empty()) return false;
    ++path_.back().taken;
    return true;
  }

  std::string text() const {
    std::size_t end = depth_;
    while (end > 0 && path_[end - 1].taken == 0) --end;
    std::string result;
    for (std::size_t i = 0; i < end;) {
      std::size_t next = i + 1;
      while (next < end && path_[next].taken == path_[i].taken) ++next;
      if (i > 0) result += '.';
      result += std::to_string(path_[i].taken);
      if (next - i > 1) result += '*' + std::to_string(next - i);
      i = next;
    }
    return result;
  }

 private:
  struct choice {
    std::uint16_t taken;
    std::uint16_t count;
  };

  static constexpr std::uint16_t none = 0;

  // The generator "splitmix64"; its low bits will do.
  std::uint64_t below(std::uint64_t n) noexcept {
    std::uint64_t z = state_ += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return (z ^ (z >> 31)) % n;
  }

  std::uint16_t draw(std::uint16_t count, odds of_first) noexcept {
    if (of_first == odds::even) return static_cast<std::uint16_t>(below(count));
    if (below(rarity_) != 0) return 0;
    return static_cast<std::uint16_t>(1 + below(count - 1u));
  }

  void parse(const std::string& text) {
    const char* at = text.data();
    const char* const end = at + text.size();
    const auto number = [&]<class N>(N value) {
      const auto read = std::from_chars(at, end, value);
      if (read.ec != std::errc{}) throw std::invalid_argument("not a schedule: " + text);
      at = read.ptr;
      return value;
    };
    while (at != end) {
      const std::uint16_t taken = number(std::uint16_t{});
      std::size_t times = 1;
      if (at != end && *at == '*') ++at, times = number(times);
      path_.insert(path_.end(), times, choice{taken, 0});
      if (at != end && *at++ != '.') throw std::invalid_argument("not a schedule: " + text);
    }
  }

  std::vector<choice> path_;
  std::size_t depth_ = 0;
  bool diverged_ = false;
  const bool random_ = false;
  std::uint64_t state_ = 0;
  std::uint64_t rarity_ = 16; // another one in each run
};

} // namespace interleaving

#endif // ORDERLY_TESTS_SUPPORT_INTERLEAVING_SEARCH_HPP
