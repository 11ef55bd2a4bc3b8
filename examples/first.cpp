// Estimates pi from 100 million random points. The digits do not depend on the number of workers.
#include <orderly/orderly.hpp>

#include <cstdint>
#include <cstdio>

int main() {
  orderly::worker_pool pool; // one worker for each usable processor; pool(3) has three
  const orderly::seed_range points(orderly::seed(42), 100'000'000);
  const auto hits = [](const orderly::seed_range& chunk) {
    std::uint64_t inside = 0;
    for (const std::uint64_t i : chunk) {
      auto random = chunk.stream(i); // point i has its own stream, whoever computes it
      const double x = random.unit(), y = random.unit();
      inside += x * x + y * y < 1.0;
    }
    return inside;
  };
  const auto add = [](std::uint64_t& total, std::uint64_t inside) { total += inside; };
  const auto inside = orderly::ordered_reduce(pool, points, 65536, std::uint64_t{0}, hits, add);
  std::printf("%.8f\n", 4.0 * static_cast<double>(inside) / static_cast<double>(points.size()));
}
