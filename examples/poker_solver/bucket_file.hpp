// SPDX-License-Identifier: MIT
//
// Card buckets on disk: built once, read in a fraction of a second. Their checksum is the bucket
// hash that stands in checkpoints and strategies.
#ifndef ORDERLY_EXAMPLES_POKER_BUCKET_FILE_HPP
#define ORDERLY_EXAMPLES_POKER_BUCKET_FILE_HPP

#include "../support/binary_file.hpp"
#include "../support/huge_pages.hpp"
#include "card_buckets.hpp"

#include <cstddef>   // sizes
#include <cstdint>   // buckets
#include <span>      // tables
#include <stdexcept> // invalid_argument
#include <string>    // names
#include <utility>   // move
#include <vector>    // tables

namespace poker {

inline constexpr example::file_kind bucket_file_kind{"PKRBUCKT", "bucket file of poker_solver", 1};

/// Publishes the file, which has been opened before the buckets were built; gives the bucket hash.
/// Exceptions: example::write_error.
inline std::string save_buckets(example::binary_writer& out, const card_buckets& buckets) {
  for (const street_split& split :
       {buckets.sizes().flop, buckets.sizes().turn, buckets.sizes().river}) {
    out.write(split.by_strength);
    out.write(split.by_square);
  }
  const auto write = [&out](const auto& table) {
    out.array(std::span(table.data(), table.size()));
  };
  write(buckets.tables().flop);
  write(buckets.tables().turn);
  write(buckets.tables().river);
  return example::to_hex(out.publish());
}

struct loaded_buckets {
  card_buckets buckets;
  std::string hash;
};

/// Exceptions: example::file_error.
inline loaded_buckets load_buckets(const std::string& path) {
  example::binary_reader in(path, bucket_file_kind);
  const auto read_split = [&in] {
    street_split split;
    split.by_strength = in.read<std::uint32_t>();
    split.by_square = in.read<std::uint32_t>();
    return split;
  };
  bucket_sizes sizes;
  for (street_split* split : {&sizes.flop, &sizes.turn, &sizes.river}) *split = read_split();
  bucket_tables tables;
  canonical_boards boards;
  const auto read = [&in]<class Bucket>(std::vector<Bucket>& table, std::size_t board_count) {
    table = example::vector_on_huge_pages<Bucket>(board_count * hole_pairs);
    in.array_into(std::span(table));
  };
  read(tables.flop, boards.flops.size());
  read(tables.turn, boards.turns.size());
  read(tables.river, boards.rivers.size());
  in.finish();
  try {
    return {card_buckets(sizes, std::move(tables), std::move(boards)),
            example::to_hex(in.checksum())};
  } catch (const std::invalid_argument& wrong) {
    in.fail(wrong.what());
  }
}

/// Cuts a street into this many buckets: by strength, and as finely by its square as goes evenly
/// with at least twice as many classes by strength.
constexpr street_split split_into(std::uint32_t buckets) {
  std::uint32_t by_square = 1;
  for (std::uint32_t d = 1; 2 * std::uint64_t{d} * d <= buckets; ++d) {
    if (buckets % d == 0) by_square = d;
  }
  return {buckets / by_square, by_square};
}

} // namespace poker

#endif
