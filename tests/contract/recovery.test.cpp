// SPDX-License-Identifier: MIT
//
// The first and the third promise where States break: results and their order are those of the
// undisturbed run, and the error is that of the lowest item that its retries could not save.
#include "support/catch.hpp"
#include "support/pools.hpp"
#include "support/splitmix64.hpp"
#include "support/timing.hpp"

#include "orderly/orderly.hpp"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <optional>
#include <stdexcept>
#include <vector>

namespace {

using orderly::per_worker;
using orderly::seed_range;
using values = std::vector<std::uint64_t>;

const seed_range sessions(orderly::seed(11), 400);
constexpr std::uint64_t chunk_size = 4;

struct lost_at : std::runtime_error {
  explicit lost_at(std::uint64_t where) : std::runtime_error("planned"), index(where) {}
  std::uint64_t index;
};

// Once broken it must not be met again.
struct tool {
  bool broken = false;
};

// Whether the State breaks in this attempt (from 0) at this item.
using breaking = bool (*)(std::uint64_t item, std::uint64_t attempt);

// What the items of one run do: each draws from its stream, breaks its State if that is planned, and
// draws on.
class trouble {
 public:
  explicit trouble(breaking plan) : plan_(plan), attempts_(sessions.size()) {}

  std::uint64_t value_of(std::uint64_t item, tool& mine) {
    auto stream = sessions.stream(item);
    const std::uint64_t before = stream();
    disturb_();
    meet(item, mine);
    return before ^ stream() * 3;
  }

  values values_of(const seed_range& chunk, tool& mine) {
    values result;
    for (const std::uint64_t item : chunk) result.push_back(value_of(item, mine));
    return result;
  }

  int broken_states_met() const { return broken_states_met_; }
  std::uint64_t breaks() const { return breaks_; }

 private:
  void meet(std::uint64_t item, tool& mine) {
    broken_states_met_ += mine.broken ? 1 : 0;
    if (!plan_(item, attempts_[item]++)) return;
    ++breaks_;
    mine.broken = true;
    throw orderly::broken_state(std::make_exception_ptr(lost_at(item)));
  }

  const breaking plan_;
  std::vector<std::atomic<std::uint64_t>> attempts_;
  std::atomic<int> broken_states_met_{0};
  std::atomic<std::uint64_t> breaks_{0};
  test::disturbance disturb_;
};

void append(values& all, values&& part) { all.insert(all.end(), part.begin(), part.end()); }

// Every way to run the items on States; `merged` grows in order, if at all.
struct composition {
  const char* name;
  bool merges; // what is in `merged` after an error is the prefix
  void (*run)(per_worker<tool>& tools, trouble& t, values& merged);
};

void run_for_each(per_worker<tool>& tools, trouble& t, values& merged) {
  const auto map = [&](const seed_range& chunk, tool& mine) { return t.values_of(chunk, mine); };
  orderly::ordered_for_each(tools, sessions, chunk_size, map,
                            [&](values&& part) { append(merged, std::move(part)); });
}

void run_reduce(per_worker<tool>& tools, trouble& t, values& merged) {
  const auto map = [&](const seed_range& chunk, tool& mine) { return t.values_of(chunk, mine); };
  orderly::ordered_reduce(tools, sessions, chunk_size, 0, map,
                          [&](int&, values&& part) { append(merged, std::move(part)); });
}

void run_transform(per_worker<tool>& tools, trouble& t, values& merged) {
  merged =
      orderly::ordered_transform(tools, sessions, chunk_size, [&](std::uint64_t item, tool& mine) {
        return t.value_of(item, mine);
      });
}

template <class Item>
void run_pipeline(per_worker<tool>& tools, trouble& t, values& merged) {
  std::uint64_t next = 0;
  const auto source = [&]() -> std::optional<values> { // an item that a move would empty
    if (next == sessions.size()) return std::nullopt;
    return values{next++};
  };
  const auto map = [&](Item item, tool& mine) { return t.value_of(item.at(0), mine); };
  orderly::ordered_pipeline(tools, source, map, [&](std::uint64_t v) { merged.push_back(v); });
}

void run_for_each_index(per_worker<tool>& tools, trouble& t, values& merged) {
  merged.resize(sessions.size());
  tools.for_each_index(sessions.size(), [&](std::uint64_t item, tool& mine) {
    merged[item] = t.value_of(item, mine);
  });
}

constexpr composition compositions[] = {
    {"ordered_for_each", true, run_for_each},
    {"ordered_reduce", true, run_reduce},
    {"ordered_transform", false, run_transform},
    {"ordered_pipeline by reference", true, run_pipeline<const values&>},
    {"ordered_pipeline by value", true, run_pipeline<values>},
    {"for_each_index", false, run_for_each_index},
};

// Calls check(composition, states) for every composition on all pools.
template <class Check>
void for_all_runs(unsigned retries, Check check) {
  test::for_all_pools([&](orderly::worker_pool& pool) {
    for (const composition& each : compositions) {
      CAPTURE(each.name);
      per_worker<tool> tools(pool, {}, {.retries = retries});
      check(each, tools);
    }
  });
}

orderly::state_statistics total_of(const per_worker<tool>& tools) {
  orderly::state_statistics sum;
  for (const orderly::state_statistics& each : tools.statistics()) {
    sum.builds += each.builds;
    sum.retries += each.retries;
  }
  return sum;
}

// What every run gives when nothing breaks, computed without the library's loops.
values undisturbed() {
  trouble none([](std::uint64_t, std::uint64_t) { return false; });
  values result;
  tool only;
  for (const std::uint64_t item : sessions) result.push_back(none.value_of(item, only));
  return result;
}

} // namespace

TEST_CASE("contract: States that break at random change no result and no order",
          "[contract][recovery]") {
  const values expected = undisturbed();
  // At most twice for an item, and so eight times for a chunk.
  const breaking at_random = [](std::uint64_t item, std::uint64_t attempt) {
    return attempt < 2 && test::splitmix64(2 * item + attempt)() % 3 == 0;
  };
  for_all_runs(2 * chunk_size, [&](const composition& each, per_worker<tool>& tools) {
    trouble t(at_random);
    values merged;
    each.run(tools, t, merged);
    REQUIRE(merged == expected);
    REQUIRE(t.breaks() > 100);
    REQUIRE(t.broken_states_met() == 0);
    REQUIRE(total_of(tools).retries == t.breaks());
    REQUIRE(total_of(tools).builds == tools.size() + t.breaks());
  });
}

TEST_CASE("contract: rebuilds every N items change no result and no order",
          "[contract][recovery]") {
  const values expected = undisturbed();
  test::for_all_pools([&](orderly::worker_pool& pool) {
    for (const composition& each : compositions) {
      CAPTURE(each.name);
      per_worker<tool> tools(pool, {}, {.rebuild_every = 9});
      trouble none([](std::uint64_t, std::uint64_t) { return false; });
      values merged;
      each.run(tools, none, merged);
      REQUIRE(merged == expected);
      REQUIRE(total_of(tools).builds >= sessions.size() / 12); // a State does at most three chunks
      REQUIRE(total_of(tools).retries == 0);
    }
  });
}

TEST_CASE("contract: the error is that of the lowest item that no retry saves, after exactly those "
          "before it",
          "[contract][recovery][failure]") {
  values expected = undisturbed();
  expected.resize(40);
  // The lowest of all that break is saved by its last retry.
  const breaking here_and_there = [](std::uint64_t item, std::uint64_t attempt) {
    if (item == 12 || item == 44) return attempt < 2;
    return item == 40 || item == 48 || item == 52 || item >= 300;
  };
  for_all_runs(2, [&](const composition& each, per_worker<tool>& tools) {
    for (int round = 0; round < 3; ++round) { // States and pool serve on
      trouble t(here_and_there);
      values merged;
      std::uint64_t error = 0;
      try {
        each.run(tools, t, merged);
      } catch (const lost_at& e) {
        error = e.index;
      }
      REQUIRE(error == 40);
      if (each.merges) REQUIRE(merged == expected);
      REQUIRE(t.broken_states_met() == 0);
    }
    trouble none([](std::uint64_t, std::uint64_t) { return false; });
    values merged;
    each.run(tools, none, merged);
    REQUIRE(merged == undisturbed());
  });
}

TEST_CASE("contract: an item that breaks its State is where other errors would be",
          "[contract][recovery][failure]") {
  // A sink's error above a broken item comes too late, one below it comes first.
  test::for_all_pools([](orderly::worker_pool& pool) {
    per_worker<tool> tools(pool);
    for (const std::uint64_t sink_fails : {20U, 60U}) {
      trouble t([](std::uint64_t item, std::uint64_t) { return item == 40; });
      std::uint64_t error = 0;
      try {
        orderly::ordered_for_each(
            tools, sessions, chunk_size,
            [&](const seed_range& chunk, tool& mine) { return t.values_of(chunk, mine); },
            [&](const seed_range& chunk, values&&) {
              if (chunk.first() == sink_fails) throw lost_at(sink_fails);
            });
      } catch (const lost_at& e) {
        error = e.index;
      }
      REQUIRE(error == (std::min)(sink_fails, std::uint64_t{40}));
    }
  });
}
