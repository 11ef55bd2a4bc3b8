// SPDX-License-Identifier: MIT
//
// Who knows that a run is over claims nothing more: a worker whose chunk has failed, and one that reads
// its own stop. What others had claimed by then is another matter.
#include "support/catch.hpp"

#include "orderly/orderly.hpp"

#include <atomic>
#include <cstdint>
#include <stdexcept>
#include <thread>

namespace {

struct own_end {
  bool reached = false;
};

// Runs of two and more workers, of which one ends the run at chunk 1, while chunk 0 is held back so
// that nobody else does. Gives how many chunks the one has begun after that.
template <class End>
std::uint64_t chunks_after_the_end(std::size_t workers, End end) {
  orderly::worker_pool pool(workers);
  orderly::per_worker<own_end> ends(pool);
  std::atomic<bool> ended{false};
  std::atomic<std::uint64_t> after{0};
  std::atomic<bool> stop{false};
  orderly::ordered_options options;
  options.stop = &stop;
  const auto map = [&](const orderly::index_range& chunk, own_end& mine) {
    if (mine.reached) ++after;
    while (chunk.first() == 0 && !ended) std::this_thread::yield();
    if (chunk.first() != 1) return;
    mine.reached = true;
    ended = true;
    end(stop);
  };
  try {
    orderly::ordered_for_each(
        ends, orderly::index_range(1000), 1, map, [] {}, options);
  } catch (const std::out_of_range&) {
  }
  return after;
}

} // namespace

TEST_CASE("contract: a worker whose chunk has failed claims no further one",
          "[contract][failure]") {
  for (int round = 0; round < 50; ++round)
    for (const std::size_t workers : {2U, 3U})
      REQUIRE(chunks_after_the_end(
                  workers, [](std::atomic<bool>&) { throw std::out_of_range("planned"); }) == 0);
}

TEST_CASE("contract: a worker that has set the stop claims no further chunk", "[contract][stop]") {
  for (int round = 0; round < 50; ++round)
    for (const std::size_t workers : {2U, 3U})
      REQUIRE(chunks_after_the_end(workers, [](std::atomic<bool>& stop) { stop = true; }) == 0);
}
