// SPDX-License-Identifier: MIT
//
// Updates at once, written down, and written down in parts: always the same sums.
#include "support/catch.hpp"

#include "poker_solver/table_updates.hpp"

#include "orderly/random_stream.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace {

using poker::direct_updates;
using poker::divided_log;
using poker::update_log;

/// Where infosets of one to eight actions begin; the last entry is the end.
std::vector<std::uint32_t> infoset_cells(std::size_t count) {
  std::vector<std::uint32_t> cells{0};
  for (std::size_t i = 0; i < count; ++i) {
    cells.push_back(cells.back() + static_cast<std::uint32_t>(1 + i * 5 % poker::most_actions));
  }
  return cells;
}

/// Adds to infosets at random what differs by so much in size that every order has other sums.
template <class Real, class Updates>
void add_many(const std::vector<std::uint32_t>& infosets, std::size_t records, Updates& updates) {
  orderly::fast_stream stream = orderly::stream_node(orderly::seed(3)).fast(0);
  for (std::size_t i = 0; i < records; ++i) {
    const std::size_t infoset = stream.below(infosets.size() - 1);
    const auto count = static_cast<unsigned>(infosets[infoset + 1] - infosets[infoset]);
    std::array<Real, poker::most_actions> amounts{};
    for (unsigned a = 0; a < count; ++a) {
      const auto size = static_cast<Real>(std::uint64_t{1} << stream.below(40));
      amounts[a] = static_cast<Real>(stream.unit() - 0.5) * size;
    }
    updates.add(infosets[infoset], count, amounts.data());
  }
}

template <class Real>
std::vector<Real> added_directly(const std::vector<std::uint32_t>& infosets, std::size_t records) {
  std::vector<Real> table(infosets.back());
  direct_updates<Real> direct(table.data());
  add_many<Real>(infosets, records, direct);
  return table;
}

template <class Real>
void check_parts(std::size_t parts) {
  const auto infosets = infoset_cells(1000);
  divided_log<Real> log(parts);
  std::vector<Real> table(infosets.back());
  for (const std::size_t records : {20'000U, 100U}) { // the second time after clear()
    add_many<Real>(infosets, records, log);
    table.assign(table.size(), 0);
    for (std::size_t part = parts; part-- > 0;) log.part(part).replay(table.data()); // any order
    CHECK(table == added_directly<Real>(infosets, records));
    log.clear();
    CHECK(log.bytes() == 0);
  }
}

} // namespace

TEST_CASE("direct updates: added to their cells and no others", "[poker][table_updates]") {
  std::vector<double> table{1, 2, 3, 4, 5};
  direct_updates<double> direct(table.data());
  const std::array<double, 3> amounts{10, 20, 30};
  direct.add(1, 3, amounts.data());
  direct.add(4, 1, amounts.data());
  CHECK(table == std::vector<double>{1, 12, 23, 34, 15});
}

TEST_CASE("update log: replayed in the order written", "[poker][table_updates]") {
  update_log<double> log;
  for (const double amount : {1e16, 1.0, -1e16}) log.add(2, 1, &amount);
  std::vector<double> table(4);
  log.replay(table.data());
  CHECK(table == std::vector<double>{0, 0, 0, 0}); // in another order the 1 stays
  log.clear();
  for (const double amount : {1e16, -1e16, 1.0}) log.add(2, 1, &amount);
  log.replay(table.data());
  CHECK(table == std::vector<double>{0, 0, 1, 0});
}

TEST_CASE("update log: as many times as wanted, and on what is there", "[poker][table_updates]") {
  update_log<float> log;
  const std::array<float, 8> amounts{1, 2, 3, 4, 5, 6, 7, 8};
  log.add(0, 8, amounts.data());
  std::vector<float> table(9, 100);
  log.replay(table.data());
  log.replay(table.data());
  CHECK(table == std::vector<float>{102, 104, 106, 108, 110, 112, 114, 116, 100});
}

TEST_CASE("update log: empty, it changes nothing", "[poker][table_updates]") {
  std::vector<double> table{1, 2};
  const update_log<double> log;
  log.replay(table.data());
  CHECK(table == std::vector<double>{1, 2});
  CHECK(log.bytes() == 0);
}

TEST_CASE("update log: keeps what it has when it grows", "[poker][table_updates]") {
  const auto infosets = infoset_cells(1000);
  update_log<double> log;
  for (const std::size_t records : {1U, 63U, 64U, 65U, 1000U, 50'000U}) {
    log.clear();
    add_many<double>(infosets, records, log);
    std::vector<double> table(infosets.back());
    log.replay(table.data());
    CHECK(table == added_directly<double>(infosets, records));
  }
}

TEST_CASE("update log: a word for each record and then its amounts", "[poker][table_updates]") {
  update_log<double> wide;
  update_log<float> narrow;
  const std::array<double, 8> amounts{};
  const std::array<float, 8> small{};
  std::size_t values = 0;
  for (unsigned records = 1; records <= 1000; ++records) {
    const unsigned count = 1 + records % 8;
    wide.add(7, count, amounts.data());
    narrow.add(7, count, small.data());
    values += count;
    REQUIRE(wide.bytes() == records * 4 + values * 8);
    REQUIRE(narrow.bytes() == records * 4 + values * 4);
  }
}

TEST_CASE("divided log: the bits of direct updates, for any number of parts",
          "[poker][table_updates]") {
  for (const std::size_t parts : {1U, 2U, 16U}) {
    CAPTURE(parts);
    check_parts<double>(parts);
    check_parts<float>(parts);
  }
}

TEST_CASE("divided log: no cell is in two parts, and none of them is idle",
          "[poker][table_updates]") {
  const auto infosets = infoset_cells(8000);
  divided_log<double> log(16);
  const std::array<double, 8> ones{1, 1, 1, 1, 1, 1, 1, 1};
  for (std::size_t i = 0; i + 1 < infosets.size(); ++i) {
    log.add(infosets[i], static_cast<unsigned>(infosets[i + 1] - infosets[i]), ones.data());
  }
  std::vector<double> met(infosets.back());
  std::size_t bytes = 0;
  for (std::size_t part = 0; part < 16; ++part) {
    log.part(part).replay(met.data());
    bytes += log.part(part).bytes();
    CHECK(log.part(part).bytes() > log.bytes() / 32);
  }
  CHECK(met == std::vector<double>(met.size(), 1));
  CHECK(bytes == log.bytes());
}
