// SPDX-License-Identifier: MIT
//
// fault/planned_faults.hpp: who throws where in one random run, and values that throw when moved.
//
// Every part of a run asks the plan whether it is to fail at its place, and so does the serial loop
// that the run is compared with: both call raise() in the same places, and where the loop ends is
// what is expected. All of it without allocating, so that it can be used while allocations fail.
#ifndef ORDERLY_TESTS_FAULT_PLANNED_FAULTS_HPP
#define ORDERLY_TESTS_FAULT_PLANNED_FAULTS_HPP

#include <atomic>  // values live on many threads
#include <cstddef> // size_t
#include <cstdint> // uint64_t
#include <memory>  // unique_ptr
#include <new>     // bad_alloc
#include <utility> // move

namespace test {

// What throws. `none` as the outcome of a run: nothing did.
enum class part : std::uint64_t {
  none,
  memory, // std::bad_alloc
  state,  // of a worker, at its first building or a later one
  broken, // an item that throws broken_state; nth: so many times
  grid,
  source,
  item_move,
  map,
  result_move,
  sink,
  observer,
  task_move
};

// Thrown by the parts that are to fail, and the outcome of a run.
struct failure {
  part where = part::none;
  std::uint64_t place = 0;

  // As one number, to be shown.
  std::uint64_t code() const noexcept { return static_cast<std::uint64_t>(where) << 56U | place; }
  friend bool operator==(const failure&, const failure&) noexcept = default;
};

class fault_plan {
 public:
  // nth: of a value, which of its moves throws, from 1.
  void add(part where, std::uint64_t place, unsigned nth = 1) noexcept {
    if (count_ < most) faults_[count_++] = {{where, place}, nth};
  }

  void raise(part where, std::uint64_t place) const {
    if (nth_move(where, place) != 0) throw failure{where, place};
  }
  void raise_on_move(part where, std::uint64_t place, unsigned nth) const {
    if (nth_move(where, place) == nth) throw failure{where, place};
  }

  // Which move of the value at this place throws; 0: none.
  unsigned nth_move(part where, std::uint64_t place) const noexcept {
    for (std::size_t i = 0; i < count_; ++i)
      if (faults_[i].what == failure{where, place}) return faults_[i].nth;
    return 0;
  }

 private:
  static constexpr std::size_t most = 12;
  struct fault {
    failure what;
    unsigned nth = 1;
  };
  fault faults_[most];
  std::size_t count_ = 0;
};

// The outcome of f(): what of the above ended it. Other exceptions pass.
template <class F>
failure outcome_of(F f) {
  try {
    f();
    return {};
  } catch (const failure& thrown) {
    return thrown;
  } catch (const std::bad_alloc&) {
    return {part::memory, 0};
  }
}

inline void lower(std::atomic<std::uint64_t>& lowest, std::uint64_t value) noexcept {
  std::uint64_t now = lowest;
  while (value < now && !lowest.compare_exchange_weak(now, value)) {
  }
}

// A value that throws at the planned one of its moves and then stays as it was; it allocates when it
// is made. Counts its living.
template <part Moving>
class traveller {
 public:
  traveller(const fault_plan& plan, std::uint64_t place)
      : plan_(&plan), place_(place), content_(std::make_unique<std::uint64_t>(place)) {
    ++alive_;
  }
  traveller(traveller&& other)
      : plan_(other.plan_), place_(other.place_), moves_(other.moves_ + 1) {
    plan_->raise_on_move(Moving, place_, moves_);
    content_ = std::move(other.content_);
    ++alive_;
  }
  traveller& operator=(traveller&& other) {
    other.plan_->raise_on_move(Moving, other.place_, other.moves_ + 1);
    moves_ = other.moves_ + 1;
    plan_ = other.plan_;
    place_ = other.place_;
    content_ = std::move(other.content_);
    return *this;
  }
  ~traveller() {
    --alive_;
    if (content_ != nullptr) lower(fewest_moves_, moves_);
  }

  // The place it was made for; something else if it was moved from.
  std::uint64_t value() const noexcept { return content_ == nullptr ? ~place_ : *content_; }

  // From here on its moves do not throw.
  void calm() noexcept { moves_ += 1000; }

  static std::int64_t alive() noexcept { return alive_; }

  // Over all that arrived since the last call: how many moves each made at least; 0 without any.
  static unsigned take_fewest_moves() noexcept {
    const std::uint64_t moves = fewest_moves_.exchange(unknown);
    return moves == unknown ? 0 : static_cast<unsigned>(moves);
  }

 private:
  static constexpr std::uint64_t unknown = ~std::uint64_t{0};
  static inline std::atomic<std::int64_t> alive_{0};
  static inline std::atomic<std::uint64_t> fewest_moves_{unknown};

  const fault_plan* plan_;
  std::uint64_t place_;
  unsigned moves_ = 0;
  std::unique_ptr<std::uint64_t> content_; // null when moved from
};

// Where the user's code met a shortage of memory: the lowest place.
class memory_log {
 public:
  static constexpr std::uint64_t nowhere = ~std::uint64_t{0};

  template <class Make>
  auto note(std::uint64_t place, Make make) {
    try {
      return make();
    } catch (const std::bad_alloc&) {
      lower(lowest_, place);
      throw;
    }
  }
  std::uint64_t lowest() const noexcept { return lowest_; }

 private:
  std::atomic<std::uint64_t> lowest_{nowhere};
};

} // namespace test

#endif // ORDERLY_TESTS_FAULT_PLANNED_FAULTS_HPP
