// SPDX-License-Identifier: MIT
//
// SHA-256 against the vectors of FIPS 180-4 and its companion examples; JSON text; what a terminal can
// show.
#include "support/catch.hpp"

#include "support/json_text.hpp"
#include "support/sha256.hpp"
#include "support/terminal.hpp"

#include <cstdint>
#include <cstdlib>
#include <limits>
#include <random>
#include <string>
#include <string_view>
#include <vector>

using example::json_text;
using example::sha256;
using example::sha256_path;

namespace {

/// Those that this processor has: every check is made of each.
std::vector<sha256_path> sha256_paths() {
  std::vector<sha256_path> paths{sha256_path::portable};
  if (example::available(sha256_path::extensions)) paths.push_back(sha256_path::extensions);
  return paths;
}

} // namespace

TEST_CASE("sha256: published vectors, on every path", "[examples][sha256][golden]") {
  const std::string long_one = "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
                               "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu";
  for (const sha256_path path : sha256_paths()) {
    CAPTURE(static_cast<int>(path));
    const auto hex = [&](std::string_view text) { return sha256(path).add(text).hex(); };
    CHECK(hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
          "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    CHECK(hex(long_one) == "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
    CHECK(hex(std::string(1'000'000, 'a')) ==
          "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  }
  CHECK(sha256().add("abc").digest() == sha256(sha256_path::portable).add("abc").digest());
}

TEST_CASE("sha256: neither path nor pieces matter, and asking does not end it",
          "[examples][sha256]") {
  std::mt19937 engine(1);
  std::string text;
  for (int i = 0; i < 300; ++i) text += static_cast<char>(engine() & 255U);
  for (std::size_t size = 0; size <= text.size(); ++size) {
    const auto bytes = std::string_view(text).substr(0, size);
    const std::string whole = sha256(sha256_path::portable).add(bytes).hex();
    for (const sha256_path path : sha256_paths()) {
      CAPTURE(size, static_cast<int>(path));
      CHECK(sha256(path).add(bytes).hex() == whole);
      sha256 pieces(path);
      for (std::size_t at = 0; at < size;) {
        const auto piece = bytes.substr(at, engine() % 150);
        pieces.add(piece);
        static_cast<void>(pieces.hex());
        at += piece.size();
      }
      CHECK(pieces.hex() == whole);
    }
  }
  CHECK(sha256().add_number(0x0807060504030201U).hex() == sha256().add("\1\2\3\4\5\6\7\10").hex());
}

TEST_CASE("json_text: objects, arrays and one-line arrays", "[examples][json]") {
  json_text json;
  json.begin_object().member("a", 1).key("b").begin_array();
  json.begin_line().value(1).value(-2).end_line();
  json.begin_line().end_line().end_array();
  json.key("c").begin_object().end_object().key("d").begin_array().value(true).value(nullptr);
  json.end_array().member("e", "x").end_object();
  CHECK(json.take() == "{\n  \"a\": 1,\n  \"b\": [\n    [1, -2],\n    []\n  ],\n  \"c\": {},\n"
                       "  \"d\": [\n    true,\n    null\n  ],\n  \"e\": \"x\"\n}\n");
}

TEST_CASE("json_text: integers are exact and reals read back unchanged", "[examples][json]") {
  CHECK(json_text().value(UINT64_MAX).take() == "18446744073709551615\n");
  CHECK(json_text().value(INT64_MIN).take() == "-9223372036854775808\n");
  for (const double number : {0.1, -1.0 / 3, 1e300, 5e-324, 123456789.0, 0.0}) {
    const std::string text = json_text().value(number).take();
    CHECK(std::strtod(text.c_str(), nullptr) == number);
  }
  CHECK(json_text().value(std::numeric_limits<double>::infinity()).take() == "null\n");
  CHECK(json_text().value(std::numeric_limits<double>::quiet_NaN()).take() == "null\n");
}

TEST_CASE("json_text: strings are escaped", "[examples][json]") {
  CHECK(json_text().value("q\" b\\ n\n z\x1f \xc3\xa9").take() ==
        "\"q\\\" b\\\\ n\\n z\\u001f \xc3\xa9\"\n");
  CHECK(json_text().value("").take() == "\"\"\n");
  std::string controls;
  for (char c = 0; c <= 0x20; ++c) controls += c;
  CHECK(json_text().value(controls).take() ==
        R"("\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000f)"
        R"(\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017)"
        R"(\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f ")"
        "\n");
  CHECK(json_text().begin_object().member("a\tb", false).end_object().take() ==
        "{\n  \"a\\tb\": false\n}\n");
}

TEST_CASE("terminal: colours are for terminals that have them, and NO_COLOR switches them off",
          "[examples][terminal]") {
  using example::wants_colour;
  CHECK(wants_colour(true, nullptr, "xterm"));
  CHECK(wants_colour(true, "", "xterm"));
  CHECK_FALSE(wants_colour(true, "1", "xterm"));
  CHECK_FALSE(wants_colour(true, "0", "xterm"));
  CHECK_FALSE(wants_colour(false, nullptr, "xterm"));
  CHECK_FALSE(wants_colour(true, nullptr, "dumb"));
  CHECK_FALSE(wants_colour(true, nullptr, ""));
  CHECK_FALSE(wants_colour(true, nullptr, nullptr));
}

TEST_CASE("terminal: COLUMNS goes before the window's width", "[examples][terminal]") {
  using example::terminal_width;
  CHECK(terminal_width("100", 120) == 100);
  CHECK(terminal_width(nullptr, 120) == 120);
  CHECK(terminal_width("", 120) == 120);
  CHECK(terminal_width("0", 120) == 120);
  CHECK(terminal_width("-5", 120) == 120);
  CHECK(terminal_width("80x", 120) == 120);
  CHECK(terminal_width(nullptr, 0) == 80);
}
