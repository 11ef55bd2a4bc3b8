// SPDX-License-Identifier: MIT
//
// streams_bench: what it costs to open a random stream and to draw from it, beside other generators.
#include "support/contest.hpp"
#include "support/machine.hpp"
#include "support/program.hpp"
#include "support/targets.hpp"

#include "orderly/random_stream.hpp"

#include <array>   // a deck
#include <chrono>  // times
#include <cstdint> // words
#include <numeric> // iota
#include <random>  // mt19937_64

#if __has_include(<Random123/philox.h>)
#define BENCH_RANDOM123 1
#include <Random123/conventional/Engine.hpp>
#include <Random123/philox.h>
#endif

namespace {

using bench::group;
using clock_type = std::chrono::steady_clock;

constexpr std::uint64_t calls = 1U << 21U;

// Keeps a value, and all that leads to it.
void keep(std::uint64_t value) { __asm__ __volatile__("" : : "r"(value) : "memory"); }

// Nanoseconds for each of many calls of f(i).
template <class F>
double time_of(F f) {
  const auto start = clock_type::now();
  std::uint64_t sum = 0;
  for (std::uint64_t i = 0; i < calls; ++i) sum ^= f(i);
  keep(sum);
  return std::chrono::duration<double, std::nano>(clock_type::now() - start).count() /
         static_cast<double>(calls);
}

// xoshiro256++ 1.0 as its authors publish it, without anything around it.
struct plain_xoshiro {
  std::uint64_t s[4];
  static std::uint64_t rotl(std::uint64_t x, int k) { return (x << k) | (x >> (64 - k)); }
  std::uint64_t operator()() {
    const std::uint64_t result = rotl(s[0] + s[3], 23) + s[0];
    const std::uint64_t t = s[1] << 17U;
    s[2] ^= s[0], s[3] ^= s[1], s[1] ^= s[2], s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotl(s[3], 45);
    return result;
  }
};

#if defined(BENCH_RANDOM123)
using peer_philox = r123::Engine<r123::Philox4x64>;
peer_philox open_peer(std::uint64_t index) {
  peer_philox engine(peer_philox::key_type{{42, 0}});
  engine.setcounter({{0, index, 0, 0}}, 0);
  return engine;
}
#endif

void add_draws(bench::contest& to) {
  const orderly::stream_node node(orderly::seed(42));
  bench::cell& draw = to.add_cell({"a draw"});
  draw.add("random_stream", group::ours, [=] {
    auto stream = node.stream(7);
    return time_of([&](std::uint64_t) { return stream(); });
  });
  bench::cell& fast = to.add_cell({"a draw of the fast stream"});
  fast.add("fast_stream", group::ours, [=] {
    auto stream = node.fast(7);
    return time_of([&](std::uint64_t) { return stream(); });
  });
  fast.add("plain xoshiro256++", group::peer, [] {
    plain_xoshiro generator{{1, 2, 3, 4}};
    return time_of([&](std::uint64_t) { return generator(); });
  });
  draw.add("std::mt19937_64", group::reference, [] {
    std::mt19937_64 generator(42);
    return time_of([&](std::uint64_t) { return generator(); });
  });
#if defined(BENCH_RANDOM123)
  draw.add("Random123 Engine<Philox4x64>", group::peer, [] {
    peer_philox engine = open_peer(7);
    return time_of([&](std::uint64_t) { return engine(); });
  });
#else
  std::puts("Random123: NOT MEASURED (Random123/philox.h not found)");
#endif
}

void add_opens(bench::contest& to) {
  const orderly::stream_node node(orderly::seed(42));
  bench::cell& open = to.add_cell({"open and one draw"});
  open.add("random_stream", group::ours,
           [=] { return time_of([&](std::uint64_t i) { return node.stream(i)(); }); });
  open.add("fast_stream", group::reference,
           [=] { return time_of([&](std::uint64_t i) { return node.fast(i)(); }); });
#if defined(BENCH_RANDOM123)
  open.add("Random123 Engine<Philox4x64>", group::peer,
           [] { return time_of([](std::uint64_t i) { return open_peer(i)(); }); });
#endif
}

void add_uses(bench::contest& to) {
  const orderly::stream_node node(orderly::seed(42));
  to.add_cell({"below(52)"}).add("random_stream", group::ours, [=] {
    auto stream = node.stream(7);
    return time_of([&](std::uint64_t) { return stream.below(52); });
  });
  to.add_cell({"deal 5 of 52"}).add("random_stream", group::ours, [=] {
    auto stream = node.stream(7);
    std::array<std::uint8_t, 52> deck{};
    std::iota(deck.begin(), deck.end(), std::uint8_t{0});
    return time_of([&](std::uint64_t) {
      stream.deal(deck, 5);
      return std::uint64_t{deck[0]};
    });
  });
}

bool run(const bench::request& asked) {
  bench::contest costs({"operation"}, "nanoseconds", bench::better::lower);
  add_draws(costs);
  add_opens(costs);
  add_uses(costs);
  costs.run(asked.rounds, asked.csv.get());
  costs.print();
  const bench::cell& draw = costs.at({"a draw"});
  const bench::cell& fast = costs.at({"a draw of the fast stream"});
  const bench::cell& open = costs.at({"open and one draw"});
  bench::targets meant;
  meant.at_most("a draw, by Random123's", 1, 1 / draw.ratio(bench::better::lower));
  meant.at_most("open and first draw, by a draw", 5,
                open.of("random_stream") / draw.of("random_stream"));
  meant.at_most("a fast draw, by a plain xoshiro256++'s", 1.2,
                1 / fast.ratio(bench::better::lower));
  return meant.all_met();
}

} // namespace

int main(int argc, char** argv) {
  return bench::program("streams_bench", "orderly's random streams beside other generators", argc,
                        argv, run);
}
