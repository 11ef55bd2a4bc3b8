// SPDX-License-Identifier: MIT
//
// Binary files: what was written comes back, and whatever is not what was written is refused.
#include "support/catch.hpp"

#include "../temporary_folder.hpp"

#include "support/binary_file.hpp"

#include <array>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

using example::binary_reader;
using example::binary_writer;

namespace {

constexpr example::file_kind kind{"ORDTESTS", "file of these tests", 7};
constexpr std::array<std::uint32_t, 3> numbers{1, 2, 0x01020304};

template <class T>
std::span<const T> span_of(const std::vector<T>& values) {
  return values;
}

example::checksum128::value write_small(const std::string& name) {
  binary_writer out(name, kind);
  out.write(std::uint16_t{0xBEEF});
  out.write(std::int64_t{-2});
  out.write(1.5F);
  out.write(-0.25);
  out.text("ok");
  out.array(std::span<const std::uint32_t>(numbers));
  return out.publish();
}

/// Reads what write_small wrote; the result is the refusal.
std::string read_small(const std::string& name) {
  try {
    binary_reader in(name, kind);
    in.read<std::uint16_t>();
    in.read<std::int64_t>();
    in.read<float>();
    in.read<double>();
    in.text(10);
    in.array<std::uint32_t>(5);
    in.finish();
  } catch (const example::file_error& error) {
    return error.what();
  }
  return "accepted";
}

/// What f is refused with; f gets a reader of the file.
template <class F>
std::string refusal(const std::string& name, const F& f) {
  try {
    binary_reader in(name, kind);
    f(in);
  } catch (const example::file_error& error) {
    const std::string what = error.what();
    return what.rfind(name + ": ", 0) == 0 ? what.substr(name.size() + 2) : "unnamed: " + what;
  }
  return "accepted";
}

std::string refusal(const std::string& name) {
  return refusal(name, [](binary_reader&) {});
}

std::string refused_text(const std::string& name, const std::string& bytes) {
  write_file(name, bytes);
  return refusal(name);
}

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("checksum128: the values of another implementation", "[examples][checksum128]") {
  // Computed by a separate program in another language, from the description.
  std::string bytes;
  CHECK(example::to_hex(example::checksum128().result()) == "b382eb197664121bdd28b24dd7b8842c");
  example::checksum128 letters;
  letters.add("abc");
  CHECK(example::to_hex(letters.result()) == "98673d335a441e494cbd5e5d8005f6b8");
  for (int i = 0; i < 200; ++i) bytes += static_cast<char>(i);
  example::checksum128 counting;
  counting.add(bytes);
  CHECK(example::to_hex(counting.result()) == "54050a5428e3d09023e6677276d4e5aa");
}

TEST_CASE("checksum128: the pieces do not matter", "[examples][checksum128]") {
  std::string bytes;
  for (int i = 0; i < 300; ++i) bytes += static_cast<char>(i * 7);
  example::checksum128 whole;
  whole.add(bytes);
  for (std::size_t size = 1; size < 140; ++size) {
    example::checksum128 pieces;
    for (std::size_t at = 0; at < bytes.size(); at += size) {
      pieces.add(std::string_view(bytes).substr(at, size));
      pieces.add({});
    }
    CAPTURE(size);
    CHECK(pieces.result() == whole.result());
  }
}

TEST_CASE("checksum128: changes of one and two bits, order and length make a difference",
          "[examples][checksum128]") {
  const auto sum_of = [](std::string_view bytes) {
    example::checksum128 sum;
    sum.add(bytes);
    return sum.result();
  };
  std::set<example::checksum128::value> seen;
  std::size_t count = 0;
  for (std::size_t size = 0; size < 200; ++size, ++count) seen.insert(sum_of(std::string(size, 0)));
  // Bits of three lanes and of two blocks, the highest ones included.
  std::vector<std::size_t> bits;
  for (std::size_t bit = 0; bit < 64; ++bit) {
    for (const std::size_t word : {0U, 1U, 7U, 8U}) bits.push_back(64 * word + bit);
  }
  const auto flip = [](std::string& bytes, std::size_t bit) {
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << bit % 8));
  };
  for (std::size_t i = 0; i < bits.size(); ++i) {
    std::string bytes(72, '\0');
    flip(bytes, bits[i]);
    seen.insert(sum_of(bytes)), ++count;
    for (std::size_t j = 0; j < i; ++j, ++count) {
      std::string both = bytes;
      flip(both, bits[j]);
      seen.insert(sum_of(both));
    }
  }
  CHECK(seen.size() == count);
  std::set<std::uint64_t> halves; // neither half leans on the other
  for (const auto& sum : seen) halves.insert(sum.begin(), sum.end());
  CHECK(halves.size() == 2 * count);
}

TEST_CASE("binary_file: the bytes are those that are documented", "[examples][binary_file]") {
  const temporary_folder folder;
  const std::string name = folder.file("small");
  const auto sum = write_small(name);
  constexpr std::string_view expected( // from the same separate program
      "4f5244544553545307000000efbefeffffffffffffff0000c03f000000000000d0bf02000000000000006f6b"
      "0300000000000000010000000200000004030201580000000000000029f19f088539ed4a358d64a51f849284");
  std::string hex;
  for (const char c : read_file(name)) {
    hex += "0123456789abcdef"[static_cast<unsigned char>(c) >> 4U];
    hex += "0123456789abcdef"[static_cast<unsigned char>(c) & 15U];
  }
  CHECK(hex == expected);
  CHECK(example::to_hex(sum) == "4aed3985089ff1298492841fa5648d35");
}

TEST_CASE("binary_file: what was written comes back", "[examples][binary_file]") {
  const temporary_folder folder;
  const std::string name = folder.file("large");
  std::vector<float> floats(200'000);
  for (std::size_t i = 0; i < floats.size(); ++i) floats[i] = static_cast<float>(i) / 3;
  const std::vector<std::int8_t> bytes{-128, 0, 127};
  binary_writer out(name, kind);
  out.write(std::numeric_limits<std::uint64_t>::max());
  out.text("");
  out.array(span_of(floats));
  out.array(span_of(bytes));
  out.array(std::span<const double>());
  out.text(std::string(70'000, 'x'));
  CHECK_FALSE(std::filesystem::exists(name));
  const auto sum = out.publish();

  binary_reader in(name, kind);
  CHECK(in.path() == name);
  CHECK(in.read<std::uint64_t>() == std::numeric_limits<std::uint64_t>::max());
  CHECK(in.text(0).empty());
  std::vector<float> back(floats.size());
  in.array_into(std::span<float>(back));
  CHECK(back == floats);
  CHECK(in.array<std::int8_t>(3) == bytes);
  CHECK(in.array<double>(0).empty());
  CHECK(in.text(70'000) == std::string(70'000, 'x'));
  CHECK_NOTHROW(in.finish());
  CHECK(in.checksum() == sum);
}

TEST_CASE("binary_file: an old file stays until the new one is complete",
          "[examples][binary_file]") {
  const temporary_folder folder;
  const std::string name = folder.file("small");
  write_small(name);
  { binary_writer(name, kind).write(1); }
  CHECK(read_small(name) == "accepted");
  CHECK_FALSE(std::filesystem::exists(name + ".partial"));
  CHECK_THROWS_AS(binary_writer(folder.file("no/folder"), kind), example::open_error);
}

TEST_CASE("binary_file: a changed bit in any byte is refused", "[examples][binary_file]") {
  const temporary_folder folder;
  const std::string name = folder.file("small");
  write_small(name);
  const std::string good = read_file(name);
  std::size_t other = 0;
  std::size_t damaged = 0;
  std::size_t cut = 0;
  for (std::size_t at = 0; at < good.size(); ++at) {
    std::string bad = good;
    bad[at] = static_cast<char>(bad[at] ^ (1 << at % 8));
    write_file(name, bad);
    const std::string refused = read_small(name);
    CAPTURE(at, refused);
    CHECK(refused != "accepted");
    if (contains(refused, "this is not a file of these tests")) ++other;
    if (contains(refused, "damaged: its checksum does not match")) ++damaged;
    if (contains(refused, "do not end as they should")) ++cut;
  }
  CHECK(other == 8);
  CHECK(cut == 8); // the size
  CHECK(damaged == good.size() - 16);
}

TEST_CASE("binary_file: every truncation and every longer file is refused",
          "[examples][binary_file]") {
  const temporary_folder folder;
  const std::string name = folder.file("small");
  write_small(name);
  const std::string good = read_file(name);
  for (std::size_t size = 0; size < good.size(); ++size) {
    CAPTURE(size);
    CHECK(contains(refused_text(name, good.substr(0, size)),
                   "the file is truncated or damaged: its " + std::to_string(size) + " bytes"));
  }
  CHECK(refused_text(name, good + '\0') != "accepted");
  CHECK(refused_text(name, good + good) != "accepted");
  CHECK(refused_text(name, good.substr(0, 60) + good) != "accepted");
  CHECK(refused_text(name, good) == "accepted");
}

TEST_CASE("binary_file: files of other kinds and versions are refused", "[examples][binary_file]") {
  const temporary_folder folder;
  const std::string name = folder.file("other");
  const auto written_as = [&](const example::file_kind& other) {
    binary_writer(name, other).publish();
    return refusal(name);
  };
  CHECK(written_as({"ORDOTHER", "other", 7}) == "this is not a file of these tests");
  CHECK(written_as({"ORDTESTS", "newer", 8}) ==
        "version 8 of a file of these tests, newer than 7, which this program reads (at byte 12)");
  CHECK(written_as({"ORDTESTS", "older", 6}) ==
        "version 6 of a file of these tests, and not 7, which this program reads (at byte 12)");
  CHECK(written_as(kind) == "accepted");
  CHECK(refused_text(name, "some text that somebody wrote") == "this is not a file of these tests");
}

TEST_CASE("binary_file: what is no file is refused", "[examples][binary_file]") {
  const temporary_folder folder;
  CHECK(refusal(folder.file("none")) == "there is no such file");
  CHECK(refusal(folder.file("none/at/all")) == "there is no such file");
  CHECK(refusal(folder.file("")) == "this is not a regular file");
  if (std::filesystem::exists("/dev/null")) {
    CHECK(refusal("/dev/null") == "this is not a regular file");
  }
}

TEST_CASE("binary_file: lengths that the file is too short for are refused before memory is asked",
          "[examples][binary_file]") {
  const temporary_folder folder;
  const std::string name = folder.file("huge");
  const std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
  for (const std::uint64_t length : {std::uint64_t{3}, most / 8, most / 8 + 2, most}) {
    binary_writer out(name, kind); // with the right checksum, so that the length alone is wrong
    out.write(length);
    out.write(std::uint64_t{0});
    out.write(std::uint64_t{0});
    out.publish();
    const std::string message =
        "a length of " + std::to_string(length) + ", for which the file is too short (at byte 12)";
    CAPTURE(length);
    CHECK(refusal(name, [&](auto& in) { in.template array<std::uint64_t>(most); }) == message);
    if (length > 16) CHECK(refusal(name, [&](auto& in) { in.text(most); }) == message);
  }
}

TEST_CASE("binary_file: what is read otherwise than it was written is refused",
          "[examples][binary_file]") {
  const temporary_folder folder;
  const std::string name = folder.file("three");
  {
    binary_writer out(name, kind);
    out.array(std::span<const std::uint32_t>(numbers));
    out.publish();
  }
  std::array<std::uint32_t, 4> room{};
  const auto into = [&](std::size_t count) {
    return refusal(name, [&](binary_reader& in) { in.array_into(std::span(room).first(count)); });
  };
  CHECK(into(2) == "a length of 3 instead of 2 (at byte 12)");
  CHECK(into(4) == "a length of 3 instead of 4 (at byte 12)");
  CHECK(refusal(name, [](auto& in) { in.template array<std::uint32_t>(2); }) ==
        "a length of 3 instead of at most 2 (at byte 12)");
  CHECK(refusal(name, [](auto& in) { in.text(2); }) ==
        "a length of 3 instead of at most 2 (at byte 12)");
  CHECK(refusal(name, [](auto& in) {
          in.template array<std::uint32_t>(3);
          in.template read<std::int8_t>();
        }) == "a number is missing (at byte 32)");
  CHECK(refusal(name, [](auto& in) {
          in.template read<std::uint64_t>();
          in.finish();
        }) == "12 bytes more than expected (at byte 20)");
  CHECK(refusal(name, [](auto& in) {
          in.template read<std::uint64_t>();
          in.fail("another game");
        }) == "another game (at byte 20)");
  CHECK(into(3) == "accepted");
}
