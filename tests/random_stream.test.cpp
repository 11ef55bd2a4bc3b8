// SPDX-License-Identifier: MIT
#include <orderly/random_stream.hpp>

#include "support/catch.hpp"
#include "support/splitmix64.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <list>
#include <numeric>
#include <random>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

// The expected values below were computed by an independent program; those of Philox also by NumPy.
// They are frozen: if one of them changes, the stream format changed.

namespace {

using orderly::fast_stream;
using orderly::philox4x32_engine;
using orderly::philox4x64_engine;
using orderly::random_stream;
using orderly::seed;
using orderly::stream_node;
using orderly::xoshiro256pp_engine;

using words = std::array<std::uint64_t, 4>;
using half_words = std::array<std::uint32_t, 4>;
using key = std::array<std::uint64_t, 2>;

using fastest = orderly::detail::wide_multiply;
using portable = orderly::detail::portable_wide_multiply;

constexpr std::uint64_t all_ones = ~std::uint64_t{0};
constexpr std::uint64_t half = std::uint64_t{1} << 63U;
constexpr stream_node root{seed(42)};

// Not constexpr: calls that get it happen at run time.
stream_node runtime_root() {
  const volatile std::uint64_t word = 42;
  return stream_node(seed(word));
}

std::vector<int> deck(int cards) {
  std::vector<int> result(static_cast<std::size_t>(cards));
  std::iota(result.begin(), result.end(), 0);
  return result;
}

double chi_square(const std::vector<std::uint64_t>& counts) {
  std::uint64_t total = 0;
  for (const std::uint64_t count : counts) total += count;
  const double expected = static_cast<double>(total) / static_cast<double>(counts.size());
  double sum = 0;
  for (const std::uint64_t count : counts) {
    const double distance = static_cast<double>(count) - expected;
    sum += distance * distance / expected;
  }
  return sum;
}

// Known answers: philox4x64-10 of Random123, and blocks of stream format 1.
struct known_block {
  words counter;
  key node;
  words block;
};
constexpr known_block known_blocks[] = {
    {{0, 0, 0, 0},
     {0, 0},
     {0x16554d9eca36314cU, 0xdb20fe9d672d0fdcU, 0xd7e772cee186176bU, 0x7e68b68aec7ba23bU}},
    {{all_ones, all_ones, all_ones, all_ones},
     {all_ones, all_ones},
     {0x87b092c3013fe90bU, 0x438c3c67be8d0224U, 0x9cc7d7c69cd777b6U, 0xa09caebf594f0ba0U}},
    {{0x243f6a8885a308d3U, 0x13198a2e03707344U, 0xa4093822299f31d0U, 0x082efa98ec4e6c89U},
     {0x452821e638d01377U, 0xbe5466cf34e90c6cU},
     {0xa528f45403e61d95U, 0x38c72dbd566e9788U, 0xa5a1610e72fd18b5U, 0x57bd43b5e52b7fe6U}},
    {{0, 0, 0, 0},
     {42, 0},
     {0xa7687e2d34c89dc6U, 0x4c5818ab9649d53fU, 0xea0add4230dddab5U, 0xe2a142eecee5bb40U}},
    {{0, 1, 0, 0},
     {42, 0},
     {0x13fe1ddbb29d354cU, 0xdc10850029c437f2U, 0xaa996df8af642547U, 0x580ac26f823b6147U}},
    {{1, 1, 0, 0},
     {42, 0},
     {0x34dd631ca2a22da1U, 0x3d471dd82828a5caU, 0xc74573649e2c1cabU, 0xd1e0749f87255bc6U}},
    {{0, all_ones, 0, 0},
     {42, 0},
     {0x26af11d246ed7550U, 0x42bd6d96bd3c4ed6U, 0x9cf98d5142ce8383U, 0xb3cc4af1974165b6U}},
    {{0, 3, 5, 0},
     {42, 0},
     {0x6f09279748327433U, 0x17fb25b00488eb27U, 0x9136fe230f03e404U, 0x69a9ae515845daedU}},
    {{0, 0, 0, half + 2}, // the state of fast(0)
     {42, 0},
     {0x037354c6deb28b60U, 0xe89ec3cf0bc3cebbU, 0x159bf1980a9ad108U, 0xed4c8e12087bd5b3U}},
    {{0, 0, 0, 0}, // of derive(7)
     {0x9eb1f52cbd8085c3U, 0xbb01793d672aee92U},
     {0xbfc0d478bdf42506U, 0xf6d6343dbab543b8U, 0xb26d36b484d6305bU, 0x92c62e6a5b06157cU}},
};

template <class Multiply>
constexpr bool gives_known_blocks() {
  for (const known_block& known : known_blocks) {
    using function = orderly::detail::philox<std::uint64_t, Multiply>;
    if (function::block(known.counter, known.node) != known.block) return false;
  }
  return true;
}
static_assert(gives_known_blocks<fastest>());
static_assert(gives_known_blocks<portable>());

struct known_half_block {
  half_words counter;
  std::array<std::uint32_t, 2> node;
  half_words block;
};
constexpr known_half_block known_half_blocks[] = {
    {{0, 0, 0, 0}, {0, 0}, {0x6627e8d5U, 0xe169c58dU, 0xbc57ac4cU, 0x9b00dbd8U}},
    {{0xffffffffU, 0xffffffffU, 0xffffffffU, 0xffffffffU},
     {0xffffffffU, 0xffffffffU},
     {0x408f276dU, 0x41c83b0eU, 0xa20bc7c6U, 0x6d5451fdU}},
    {{0x243f6a88U, 0x85a308d3U, 0x13198a2eU, 0x03707344U},
     {0xa4093822U, 0x299f31d0U},
     {0xd16cfe09U, 0x94fdccebU, 0x5001e420U, 0x24126ea1U}},
};
constexpr bool gives_known_half_blocks() {
  for (const known_half_block& known : known_half_blocks) {
    if (philox4x32_engine::block(known.counter, known.node) != known.block) return false;
  }
  return true;
}
static_assert(gives_known_half_blocks());

template <class Engine>
constexpr auto ten_thousandth(typename Engine::key_type node) {
  Engine engine(node);
  engine.discard(9999);
  return engine();
}
static_assert(ten_thousandth<philox4x64_engine>({20111115, 0}) == 3409172418970261260U);
static_assert(ten_thousandth<philox4x32_engine>({20111115, 0}) == 1955073260U);

constexpr std::array<std::uint64_t, 2> first_two(xoshiro256pp_engine engine) {
  const std::uint64_t first = engine();
  return {first, engine()};
}
static_assert(first_two(xoshiro256pp_engine({1, 2, 3, 4})) == key{41943041, 58720359});
static_assert(xoshiro256pp_engine({0, 0, 0, 0}) == xoshiro256pp_engine({1, 2, 3, 4}));

constexpr words first_block(random_stream stream) { return stream.take<4>(); }
constexpr words first_block(fast_stream stream) { return stream.take<4>(); }

struct known_stream {
  std::uint64_t index;
  std::uint64_t sub;
  words block;
};
constexpr known_stream known_streams[] = {
    {0, 0, known_blocks[3].block},
    {1, 0, known_blocks[4].block},
    {all_ones, 0, known_blocks[6].block},
    {3, 5, known_blocks[7].block},
    {3,
     all_ones,
     {0x59beab4805eaa493U, 0x33057b049c759fa0U, 0x7b96ca27f2bb410bU, 0x53a8b60e95fdf847U}},
    {all_ones,
     all_ones,
     {0x326777d88d2b0b4fU, 0x348c8f42446089a7U, 0x03e28bb40e35eb42U, 0x55cc782d1f88d01cU}},
};
constexpr known_stream known_fast_streams[] = {
    {0, 0, {0x6fe6ebf768aaeb51U, 0xf1b47c344c8f9174U, 0x65528f3c165bca5bU, 0x68ce6d20ce8d8c02U}},
    {7, 0, {0x20230253e5f748dfU, 0xb40f296ecfea976fU, 0xe5c4fdb847665000U, 0x624b8970cbdd38eeU}},
    {7, 3, {0xbeecfd233ca2cbedU, 0xb4bb57bfc1cde9c7U, 0x4687b2b9fb6dc33dU, 0x4b26629cdeb31f82U}},
    {all_ones,
     all_ones,
     {0x915a731620e6a2d4U, 0x72f4d8951433425dU, 0xbfa753c23d6b94e8U, 0x4b06dee3f2614e29U}},
};
constexpr bool gives_known_streams(stream_node node) {
  for (const known_stream& known : known_streams) {
    if (first_block(node.stream(known.index).sub(known.sub)) != known.block) return false;
    if (known.sub == 0 && first_block(node.stream(known.index)) != known.block) return false;
  }
  for (const known_stream& known : known_fast_streams) {
    if (first_block(node.fast(known.index, known.sub)) != known.block) return false;
  }
  return true;
}
static_assert(gives_known_streams(root));

constexpr bool derives_known_nodes(stream_node node) {
  constexpr key seven = {0x9eb1f52cbd8085c3U, 0xbb01793d672aee92U};
  constexpr key dealer = {0x366b1be593b0a976U, 0x185dcbe60e63609aU};
  constexpr key nothing = {0xbfa1e8fd26819570U, 0xa93e39604e0f80b1U};
  constexpr key table = {0xea64504bbd04ff33U, 0xe7b4fd0c3160dda1U};
  constexpr key summer = {0x6d94f24acb6718d0U, 0xc7e6446796acf473U};
  constexpr key nested = {0xe93fa9087c1e6edeU, 0x0671c273a977c9cfU};
  return node.derive(7).key() == seven && node.derive("dealer").key() == dealer &&
         node.derive("").key() == nothing && node.derive("table 7").key() == table &&
         node.derive(std::string_view("table 7")).key() == table &&
         node.derive(u8"\u00e9t\u00e9").key() == summer &&
         node.derive("\xc3\xa9t\xc3\xa9").key() == summer &&
         node.derive(7).derive("dealer").key() == nested &&
         first_block(node.derive(7).derive("dealer").stream(3).sub(5))[0] == 0x8ea77da4af3189e2U;
}
static_assert(derives_known_nodes(root));

constexpr bool draws_known_integers(stream_node node) {
  constexpr std::uint64_t dice[] = {0, 5, 3, 2, 1, 1, 4, 4, 1, 0, 3, 2};
  constexpr std::uint64_t cards[] = {4, 44, 34, 17, 10, 12, 40, 42};
  random_stream die = node.stream(1);
  for (const std::uint64_t expected : dice) {
    if (die.below(6) != expected) return false;
  }
  random_stream card = node.stream(1);
  for (const std::uint64_t expected : cards) {
    if (card.below(52) != expected) return false;
  }
  random_stream mixed = node.stream(1);
  return mixed.below(1) == 0 && mixed.below(2) == 1 && mixed.below(3) == 1 &&
         mixed.below(1000000000) == 343914177 &&
         mixed.below(1000000000000000000) == 206503099909817600 && mixed.below(7) == 1;
}
static_assert(draws_known_integers(root));

// Just above 2^63 nearly every second word is rejected: six values take ten words.
constexpr bool rejects_known_words(stream_node node) {
  constexpr std::uint64_t values[] = {0x6e08428014e21bf9U, 0x2c056137c11db0a3U,
                                      0x1a6eb18e515116d0U, 0x68f03a4fc392ade3U,
                                      0x157bbf43ed67765cU, 0x13afa82580aa5b0dU};
  random_stream stream = node.stream(1);
  for (const std::uint64_t expected : values) {
    if (stream.below(half + 1) != expected) return false;
  }
  random_stream widest = node.stream(1);
  return stream.position() == 10 && widest.below(all_ones) == 0x13fe1ddbb29d354bU &&
         widest.below(all_ones) == 0xdc10850029c437f1U && widest.position() == 2;
}
static_assert(rejects_known_words(root));

constexpr bool draws_known_doubles(stream_node node) {
  constexpr std::uint64_t numerators[] = {0x00027fc3bb7653a6U, 0x001b8210a0053886U,
                                          0x0015532dbf15ec84U, 0x000b01584df0476cU};
  random_stream stream = node.stream(1);
  for (const std::uint64_t numerator : numerators) {
    if (stream.unit() * 9007199254740992.0 != static_cast<double>(numerator)) return false;
  }
  return true;
}
static_assert(draws_known_doubles(root));

constexpr bool draws_known_decisions(stream_node node) {
  constexpr std::string_view evens = "10011100110110010000111010001011";
  constexpr std::string_view tenths = "10000000000000000000000000001000";
  constexpr std::string_view thirds = "10001100110010000000011000001011";
  random_stream a = node.stream(1);
  random_stream b = node.stream(1);
  random_stream c = node.stream(1);
  for (std::size_t i = 0; i < evens.size(); ++i) {
    if (a.chance(half) != (evens[i] == '1')) return false;
    if (b.chance(1844674407370955161) != (tenths[i] == '1')) return false;
    if (c.ratio(1, 3) != (thirds[i] == '1')) return false;
  }
  return true;
}
static_assert(draws_known_decisions(root));

constexpr std::array<int, 52> shuffled_deck = {48, 0,  5,  30, 3,  38, 35, 50, 16, 41, 44, 31, 47,
                                               4,  10, 18, 39, 17, 43, 37, 29, 26, 2,  25, 32, 12,
                                               21, 40, 46, 42, 6,  22, 45, 8,  14, 23, 28, 33, 51,
                                               27, 15, 9,  19, 13, 7,  24, 36, 20, 11, 34, 49, 1};
constexpr std::array<int, 10> fast_shuffled = {1, 7, 6, 3, 0, 5, 4, 2, 9, 8};

constexpr bool shuffles_and_deals_known_decks(stream_node node) {
  std::array<int, 52> sorted{};
  for (std::size_t i = 0; i < 52; ++i) sorted[i] = static_cast<int>(i);
  std::array<int, 10> ten{};
  for (std::size_t i = 0; i < 10; ++i) ten[i] = sorted[i];

  std::array<int, 52> shuffled = sorted;
  random_stream shuffler = node.stream(2);
  shuffler.shuffle(shuffled);
  fast_stream fast_shuffler = node.fast(2);
  fast_shuffler.shuffle(ten);

  std::array<int, 52> dealt = sorted;
  random_stream dealer = node.stream(3);
  dealer.deal(dealt, 5);
  std::array<int, 52> hand = sorted; // what the exchanges leave behind
  const std::array<int, 5> first_five = {46, 15, 38, 10, 18};
  for (std::size_t i = 0; i < 5; ++i) hand[i] = first_five[i];
  hand[46] = 0;
  hand[15] = 1;
  hand[38] = 2;
  hand[10] = 3;
  hand[18] = 4;
  return shuffled == shuffled_deck && shuffler.position() == 51 &&
         shuffler() == 0x6ca2f3ef7443b02aU && ten == fast_shuffled && dealt == hand &&
         dealer.position() == 5;
}
static_assert(shuffles_and_deals_known_decks(root));

// What must not compile.
static_assert(!std::is_default_constructible_v<seed>);
static_assert(!std::is_convertible_v<int, seed>);
static_assert(!std::is_constructible_v<seed, double>);
static_assert(!std::is_constructible_v<stream_node, std::uint64_t>);
static_assert(!std::is_default_constructible_v<random_stream>);
static_assert(!std::is_constructible_v<random_stream, std::uint64_t>);
static_assert(!std::is_constructible_v<random_stream, seed>);
static_assert(!std::is_constructible_v<fast_stream, std::uint64_t>);
static_assert(!std::is_copy_constructible_v<random_stream>);
static_assert(!std::is_copy_assignable_v<random_stream>);
static_assert(std::is_nothrow_move_constructible_v<random_stream>);
static_assert(std::is_nothrow_move_assignable_v<fast_stream>);
static_assert(std::is_trivially_copyable_v<stream_node>);
static_assert(sizeof(stream_node) == 16);

template <class Stream, class Argument>
concept takes_chance = requires(Stream& stream, Argument argument) {
  stream.chance(argument);
};
static_assert(takes_chance<random_stream, std::uint64_t>);
static_assert(!takes_chance<random_stream, double>);

template <class Stream>
concept has_seek = requires(Stream& stream) {
  stream.discard(1);
  stream.position();
  stream.sub(1);
};
static_assert(has_seek<random_stream>);
static_assert(!has_seek<fast_stream>);

template <class Stream, class Range>
concept shuffles = requires(Stream& stream, Range& range) {
  stream.shuffle(range);
};
static_assert(shuffles<random_stream, std::vector<int>>);
static_assert(!shuffles<random_stream, std::list<int>>);

static_assert(std::uniform_random_bit_generator<random_stream>);
static_assert(std::uniform_random_bit_generator<fast_stream>);
static_assert(std::uniform_random_bit_generator<philox4x64_engine>);
static_assert(std::uniform_random_bit_generator<philox4x32_engine>);
static_assert(std::uniform_random_bit_generator<xoshiro256pp_engine>);
static_assert(orderly::stream_format == 1);

} // namespace

TEST_CASE("random_stream: gives the known answers of Philox, with and without 128-bit products",
          "[random_stream][golden]") {
  for (const known_block& known : known_blocks) {
    const volatile std::uint64_t opaque = known.counter[0];
    const words counter = {opaque, known.counter[1], known.counter[2], known.counter[3]};
    CHECK(orderly::detail::philox<std::uint64_t, fastest>::block(counter, known.node) ==
          known.block);
    CHECK(orderly::detail::philox<std::uint64_t, portable>::block(counter, known.node) ==
          known.block);
    CHECK(philox4x64_engine::block(counter, known.node) == known.block);
  }
  for (const known_half_block& known : known_half_blocks) {
    const volatile std::uint32_t opaque = known.counter[0];
    const half_words counter = {opaque, known.counter[1], known.counter[2], known.counter[3]};
    CHECK(philox4x32_engine::block(counter, known.node) == known.block);
  }
}

TEST_CASE("random_stream: both multiplications agree on edge values and on many others",
          "[random_stream]") {
  std::vector<std::uint64_t> factors = {
      0, 1, 2, 0xffffffffU, 0x100000000U, half, all_ones - 1, all_ones};
  test::splitmix64 next(0);
  for (int i = 0; i < 200; ++i) factors.push_back(next());
  for (const std::uint64_t a : factors) {
    for (const std::uint64_t b : factors) REQUIRE(fastest::apply(a, b) == portable::apply(a, b));
  }
  STATIC_REQUIRE(portable::apply(all_ones, all_ones) ==
                 orderly::detail::wide_product{1, all_ones - 1});
}

TEST_CASE("random_stream: engines give the 10000th values that C++26 requires",
          "[random_stream][golden]") {
  philox4x64_engine wide({20111115, 0});
  philox4x32_engine narrow({20111115, 0});
  for (int i = 0; i < 9999; ++i) {
    wide();
    narrow();
  }
  CHECK(wide() == 3409172418970261260U);
  CHECK(narrow() == 1955073260U);
}

TEST_CASE("random_stream: xoshiro256++ gives its known answers", "[random_stream][golden]") {
  xoshiro256pp_engine engine({1, 2, 3, 4});
  CHECK(engine() == 41943041);
  CHECK(engine() == 58720359);
  CHECK(xoshiro256pp_engine({0, 0, 0, 0}).state() == words{1, 2, 3, 4});
}

TEST_CASE("random_stream: stream format 1 is frozen", "[random_stream][golden]") {
  const stream_node node = runtime_root();
  CHECK(gives_known_streams(node));
  CHECK(derives_known_nodes(node));
  CHECK(node.derive(std::string("dealer")) == root.derive("dealer"));

  random_stream second_block = node.stream(1);
  second_block.discard(4);
  CHECK(second_block.take<4>() == known_blocks[5].block);

  random_stream two_words = stream_node(seed(1, 2)).stream(5);
  CHECK(two_words.take<4>() ==
        words{0xfa4d53ad930f104eU, 0x6a69237f324094dbU, 0xf01cafb65f72c351U, 0x828536c95d3c0452U});
}

TEST_CASE("random_stream: words taken together are those drawn one by one", "[random_stream]") {
  for (std::uint64_t before = 0; before < 9; ++before) {
    random_stream single = runtime_root().stream(3);
    for (std::uint64_t i = 0; i < before; ++i) single();
    random_stream together = single.clone();
    for (const std::uint64_t word : together.take<23>()) REQUIRE(word == single());
    for (const std::uint64_t word : together.take<2>()) REQUIRE(word == single());
    REQUIRE(together.position() == single.position());
    REQUIRE(together() == single());
  }
}

TEST_CASE("random_stream: bounded integers, doubles and decisions are frozen",
          "[random_stream][golden]") {
  const stream_node node = runtime_root();
  CHECK(draws_known_integers(node));
  CHECK(rejects_known_words(node));
  CHECK(draws_known_doubles(node));
  CHECK(draws_known_decisions(node));
}

TEST_CASE("random_stream: shuffles and deals are frozen", "[random_stream][golden]") {
  CHECK(shuffles_and_deals_known_decks(runtime_root()));
  std::vector<int> cards = deck(52);
  runtime_root().stream(2).shuffle(cards);
  CHECK(std::equal(cards.begin(), cards.end(), shuffled_deck.begin(), shuffled_deck.end()));

  std::vector<int> by_span = deck(52);
  runtime_root().stream(2).shuffle(std::span(by_span));
  CHECK(by_span == cards);
}

TEST_CASE("random_stream: a key written out opens the same node", "[random_stream]") {
  const stream_node node = root.derive("dealer").derive(7);
  CHECK(stream_node(seed(node.key()[0], node.key()[1])) == node);
  CHECK_FALSE(node == root);
  CHECK(seed(42) == seed(42, 0));
}

TEST_CASE("random_stream: a name is the bytes up to its terminating zero, or all of a string",
          "[random_stream][derive]") {
  const char buffer[8] = {'t', 'a', 'b', 'l', 'e', '\0', '?', '?'};
  const char full[5] = {'t', 'a', 'b', 'l', 'e'};
  CHECK(root.derive(buffer) == root.derive("table"));
  CHECK(root.derive(full) == root.derive("table"));
  CHECK(root.derive(std::vector<char>{'t', 'a', 'b', 'l', 'e'}) == root.derive("table"));
  const std::string with_zero("table\0", 6);
  CHECK_FALSE(root.derive(with_zero) == root.derive("table"));
  CHECK_FALSE(root.derive(0) == root.derive(""));
}

TEST_CASE("random_stream: discard equals drawing, from many positions", "[random_stream][seek]") {
  for (std::uint64_t start = 0; start < 10; ++start) {
    for (std::uint64_t n = 0; n < 41; ++n) {
      random_stream drawn = root.stream(8);
      random_stream jumped = root.stream(8);
      for (std::uint64_t i = 0; i < start; ++i) REQUIRE(drawn() == jumped());
      for (std::uint64_t i = 0; i < n; ++i) drawn();
      jumped.discard(n);
      REQUIRE(jumped.position() == start + n);
      REQUIRE(drawn.position() == start + n);
      REQUIRE(drawn.take<9>() == jumped.take<9>());
    }
  }
}

TEST_CASE("random_stream: discard reaches every position up to the last", "[random_stream][seek]") {
  random_stream far_on = root.stream(9);
  far_on.discard((std::uint64_t{1} << 40U) + 3);
  CHECK(far_on() == 0xcc609a7fd9fdcf2dU);
  CHECK(far_on() == 0x2521d38438c356d9U);
  CHECK(far_on() == 0x7b3ae0252c7f0bb7U);

  random_stream end = root.stream(9);
  end.discard(all_ones - 5);
  end.discard(4);
  CHECK(end.position() == all_ones - 1);
  CHECK(end() == 0xca6e1ed5341674eaU);
  CHECK(end() == 0xfd2dd2960a505a96U);

  // In many steps or in one.
  test::splitmix64 next(7);
  random_stream steps = root.stream(10);
  std::uint64_t sum = 0;
  for (int i = 0; i < 500; ++i) {
    const std::uint64_t n = next() >> (10U + next() % 54U);
    steps.discard(n);
    sum += n;
    random_stream once = root.stream(10);
    once.discard(sum);
    REQUIRE(once.position() == sum);
    REQUIRE(once() == steps.clone()());
  }
}

TEST_CASE("random_stream: the block counter of an engine carries into all four words",
          "[random_stream][seek]") {
  const std::uint64_t top = all_ones;
  const std::pair<words, words> neighbours[] = {
      {{top, 0, 0, 0}, {0, 1, 0, 0}},       {{top, top, 0, 0}, {0, 0, 1, 0}},
      {{top, top, top, 5}, {0, 0, 0, 6}},   {{top, 4, 9, 9}, {0, 5, 9, 9}},
      {{top, top, top, top}, {0, 0, 0, 0}},
  };
  for (const auto& [before, after] : neighbours) {
    philox4x64_engine drawn({1, 2}, before);
    for (const std::uint64_t word : philox4x64_engine::block(before, {1, 2})) {
      REQUIRE(drawn.next_block() == before);
      REQUIRE(drawn() == word);
    }
    REQUIRE(drawn.next_block() == after);
    for (const std::uint64_t word : philox4x64_engine::block(after, {1, 2})) {
      REQUIRE(drawn() == word);
    }
    philox4x64_engine jumped({1, 2}, before);
    jumped.discard(6);
    REQUIRE(jumped.next_block() == after);
    REQUIRE(jumped.next_word() == 2);
    REQUIRE(jumped() == philox4x64_engine::block(after, {1, 2})[2]);
  }
  philox4x64_engine far_on({1, 2}, {top - 1, top, 3, 0});
  far_on.discard(all_ones); // 2^62 - 1 blocks and 3 words
  CHECK(far_on.next_block() == words{(std::uint64_t{1} << 62U) - 3, 0, 4, 0});
  CHECK(far_on.next_word() == 3);
}

TEST_CASE("random_stream: the 32-bit engine carries, also for jumps beyond 32 bits",
          "[random_stream][seek]") {
  const std::uint32_t top = 0xffffffffU;
  philox4x32_engine drawn({1, 2}, {top, top, top, 7});
  for (int i = 0; i < 4; ++i) drawn();
  CHECK(drawn.next_block() == half_words{0, 0, 0, 8});

  philox4x32_engine jumped({1, 2}, {5, 0, 0, 0});
  jumped.discard(4 * ((std::uint64_t{1} << 33U) + 7) + 2);
  CHECK(jumped.next_block() == half_words{12, 2, 0, 0});
  CHECK(jumped.next_word() == 2);
  CHECK(jumped() == philox4x32_engine::block({12, 2, 0, 0}, {1, 2})[2]);

  philox4x32_engine both({1, 2}, {top, top - 1, 4, 0});
  both.discard(4 * ((std::uint64_t{1} << 32U) + 1));
  CHECK(both.next_block() == half_words{0, 0, 5, 0});

  philox4x32_engine farthest({1, 2}, {top, top, top, top});
  farthest.discard(all_ones); // 2^62 - 1 blocks and 3 words
  CHECK(farthest.next_block() == half_words{top - 1, 0x3fffffffU, 0, 0});
}

TEST_CASE("random_stream: engines are equal when they stand at the same word", "[random_stream]") {
  philox4x64_engine drawn({1, 2});
  philox4x64_engine jumped({1, 2});
  for (std::uint64_t i = 0; i < 20; ++i) {
    philox4x64_engine once({1, 2});
    once.discard(i);
    CHECK(once == drawn);
    CHECK(once == jumped);
    drawn();
    CHECK_FALSE(once == drawn);
    jumped.discard(1);
  }
}

TEST_CASE("random_stream: streams, substreams and nodes are distinct", "[random_stream]") {
  std::set<std::uint64_t> seen;
  std::size_t drawn = 0;
  const auto collect = [&](const auto& block) {
    for (const std::uint64_t word : block) seen.insert(word);
    drawn += block.size();
  };
  for (std::uint64_t i = 0; i < 30; ++i) {
    for (std::uint64_t j = 0; j < 30; ++j) {
      collect(first_block(root.stream(i).sub(j)));
      collect(first_block(root.fast(i, j)));
    }
    collect(first_block(root.derive(i).stream(0)));
    collect(first_block(root.derive(std::to_string(i)).stream(0)));
    collect(root.derive(i).key());
    collect(root.derive(std::to_string(i)).key());
  }
  CHECK(seen.size() == drawn);
}

TEST_CASE("random_stream: a substream does not depend on where its stream stands",
          "[random_stream][sub]") {
  random_stream session = root.stream(3);
  for (int i = 0; i < 9; ++i) {
    CHECK(first_block(session.sub(5)) == known_blocks[7].block);
    session();
  }
  CHECK(first_block(session.sub(0)) == first_block(root.stream(3)));
}

TEST_CASE("random_stream: a clone repeats the numbers, a moved stream continues them",
          "[random_stream]") {
  random_stream original = root.stream(4);
  original.discard(6);
  random_stream clone = original.clone();
  random_stream moved = std::move(original);
  CHECK(clone.position() == 6);
  CHECK(clone.take<10>() == moved.take<10>());

  fast_stream fast = root.fast(4);
  fast_stream fast_clone = fast.clone();
  CHECK(fast() == fast_clone());
}

TEST_CASE("random_stream: take gives the words in the order drawn", "[random_stream]") {
  random_stream stream = root.stream(1);
  const auto [a, b, c] = stream.take<3>();
  CHECK(a == known_blocks[4].block[0]);
  CHECK(b == known_blocks[4].block[1]);
  CHECK(c == known_blocks[4].block[2]);
  CHECK(stream.take<0>().empty());
  CHECK(stream.position() == 3);
}

TEST_CASE("random_stream: works as the generator of the standard library", "[random_stream]") {
  random_stream stream = root.stream(1);
  std::uniform_int_distribution<int> die(1, 6);
  for (int i = 0; i < 100; ++i) {
    const int face = die(stream);
    CHECK((face >= 1 && face <= 6));
  }
  std::vector<int> cards = deck(52);
  std::shuffle(cards.begin(), cards.end(), stream);
  CHECK(std::is_permutation(cards.begin(), cards.end(), deck(52).begin()));
}

TEST_CASE("random_stream: bounded integers stay below their bound", "[random_stream][below]") {
  random_stream stream = root.stream(5);
  test::splitmix64 next(1);
  for (int i = 0; i < 20000; ++i) {
    const std::uint64_t bound = next() >> next() % 64U | 1U;
    REQUIRE(stream.below(bound) < bound);
  }
  CHECK(stream.below(1) == 0);
}

TEST_CASE("random_stream: doubles lie in the unit interval and fill it", "[random_stream]") {
  random_stream stream = root.stream(6);
  std::vector<std::uint64_t> tenths(10);
  for (int i = 0; i < 50000; ++i) {
    const double value = stream.unit();
    REQUIRE(value >= 0.0);
    REQUIRE(value < 1.0);
    ++tenths[static_cast<std::size_t>(value * 10)];
  }
  CHECK(chi_square(tenths) < 33); // 9 degrees of freedom: p = 0.0001
  STATIC_REQUIRE(static_cast<double>(all_ones >> 11U) * 0x1p-53 < 1.0);
}

TEST_CASE("random_stream: certain decisions are certain", "[random_stream]") {
  random_stream stream = root.stream(7);
  for (int i = 0; i < 100; ++i) {
    CHECK_FALSE(stream.chance(0));
    CHECK_FALSE(stream.ratio(0, 3));
    CHECK(stream.ratio(3, 3));
    CHECK(stream.ratio(all_ones, all_ones));
  }
}

TEST_CASE("random_stream: bounded integers are uniform", "[random_stream][statistics]") {
  random_stream stream = root.stream(11);
  fast_stream fast = root.fast(11);
  std::vector<std::uint64_t> faces(6);
  std::vector<std::uint64_t> fast_faces(6);
  std::vector<std::uint64_t> thirds(3);
  for (int i = 0; i < 60000; ++i) {
    ++faces[static_cast<std::size_t>(stream.below(6))];
    ++fast_faces[static_cast<std::size_t>(fast.below(6))];
    // A bound where a biased method would prefer the first third two to one.
    const std::uint64_t third = std::uint64_t{1} << 62U;
    ++thirds[static_cast<std::size_t>(stream.below(3 * third) / third)];
  }
  CHECK(chi_square(faces) < 26); // 5 degrees of freedom
  CHECK(chi_square(fast_faces) < 26);
  CHECK(chi_square(thirds) < 19); // 2 degrees of freedom
}

TEST_CASE("random_stream: every order of a shuffle is equally likely",
          "[random_stream][statistics]") {
  std::vector<std::uint64_t> orders(256);
  for (std::uint64_t i = 0; i < 24000; ++i) {
    std::array<std::size_t, 4> cards = {0, 1, 2, 3};
    root.stream(i).shuffle(cards);
    ++orders[cards[0] * 64 + cards[1] * 16 + cards[2] * 4 + cards[3]];
  }
  orders.erase(std::remove(orders.begin(), orders.end(), 0U), orders.end());
  REQUIRE(orders.size() == 24);
  CHECK(chi_square(orders) < 57); // 23 degrees of freedom
}

TEST_CASE("random_stream: every ordered hand of a deal is equally likely",
          "[random_stream][statistics]") {
  std::vector<std::uint64_t> hands(25);
  std::vector<std::size_t> cards = {0, 1, 2, 3, 4};
  random_stream stream = root.stream(12);
  for (int i = 0; i < 20000; ++i) {
    stream.deal(cards, 2); // from a deck that was dealt from before
    ++hands[cards[0] * 5 + cards[1]];
  }
  CHECK(std::set<std::size_t>(cards.begin(), cards.end()).size() == 5);
  hands.erase(std::remove(hands.begin(), hands.end(), 0U), hands.end());
  REQUIRE(hands.size() == 20);
  CHECK(chi_square(hands) < 51); // 19 degrees of freedom
}

TEST_CASE("random_stream: shuffle and deal accept what is empty or has one element",
          "[random_stream]") {
  random_stream stream = root.stream(13);
  std::vector<int> none;
  std::vector<int> one = {7};
  stream.shuffle(none);
  stream.shuffle(one);
  stream.deal(none, 0);
  stream.deal(one, 0);
  CHECK(stream.position() == 0);
  stream.deal(one, 1);
  CHECK(stream.position() == 1);
  CHECK(one == std::vector<int>{7});

  std::vector<int> all = deck(52);
  stream.deal(all, 52);
  CHECK(stream.position() == 53);
  CHECK(std::is_permutation(all.begin(), all.end(), deck(52).begin()));

  // Dealing on from a later subspan equals dealing more at once.
  std::vector<int> together = deck(52);
  root.stream(14).deal(together, 7);
  std::vector<int> apart = deck(52);
  random_stream dealer = root.stream(14);
  dealer.deal(apart, 2);
  dealer.deal(std::span(apart).subspan(2), 5);
  CHECK(apart == together);
}
