// SPDX-License-Identifier: MIT
//
// SHA-256 against the vectors of FIPS 180-4 and its companion examples; JSON text.
#include "support/catch.hpp"

#include "support/json_text.hpp"
#include "support/sha256.hpp"

#include <cstdint>
#include <cstdlib>
#include <limits>
#include <string>

using example::json_text;
using example::sha256;

TEST_CASE("sha256: published vectors", "[examples][sha256][golden]") {
  CHECK(sha256().hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256().add("abc").hex() ==
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256().add("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq").hex() ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  CHECK(sha256().add(std::string(1'000'000, 'a')).hex() ==
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("sha256: pieces do not matter, and asking does not end it", "[examples][sha256]") {
  const std::string text(200, 'x');
  for (const std::size_t cut : {0U, 1U, 55U, 56U, 63U, 64U, 65U, 128U, 200U}) {
    sha256 pieces;
    pieces.add(text.substr(0, cut));
    static_cast<void>(pieces.hex());
    pieces.add(text.substr(cut));
    CHECK(pieces.hex() == sha256().add(text).hex());
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
        "\"q\\\" b\\\\ n\\u000a z\\u001f \xc3\xa9\"\n");
  CHECK(json_text().begin_object().member("a\tb", false).end_object().take() ==
        "{\n  \"a\\u0009b\": false\n}\n");
}
