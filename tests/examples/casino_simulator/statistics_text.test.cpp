// SPDX-License-Identifier: MIT
//
// Statistics as text: nothing is lost on the way there and back, and nothing but such a text is
// read.
#include "support/catch.hpp"

#include "games.hpp"

#include "casino_simulator/card_engine.hpp"
#include "casino_simulator/play.hpp"
#include "casino_simulator/statistics_text.hpp"
#include "casino_simulator/strategy.hpp"

#include "orderly/seed_range.hpp"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace {

using casino::read_statistics;
using casino::session_plan;
using casino::statistics;
using casino::statistics_text;

casino::betting_system system_named(std::string_view name) {
  for (casino::betting_system& system : casino::betting_systems()) {
    if (system.name == name) return system;
  }
  throw std::string(name);
}

session_plan flat_plan(casino::session_rules rules, std::int64_t base_bet = 1) {
  return {rules, {}, casino::staking(system_named("flat"), {}, base_bet)};
}

session_plan martingale_with_bonus() {
  casino::hand_pays pays;
  pays.three = casino::three_card_bonus_paying({50, 40, 30, 6, 4, 1});
  casino::bonus_policy bonus;
  bonus.rule = casino::bonus_policy::kind::always;
  return {{100, 200, 80, 90}, pays, casino::staking(system_named("martingale"), bonus, 1)};
}

const casino::card_engine& engine() {
  const auto suited = [](const casino::hand_view& hand) { return hand.suited(); };
  static const casino::card_engine cards(casino::strategy::from(suited, suited));
  return cards;
}

statistics played(const session_plan& plan, std::uint64_t first, std::uint64_t last) {
  statistics seen(plan);
  for (std::uint64_t i = first; i < last; ++i) {
    const orderly::seed_range sessions(orderly::seed(11), last);
    test::play_session(plan, engine(), sessions.stream(i), seen);
  }
  return seen;
}

/// Books the hands of one session and counts it.
void play_script(const session_plan& plan, std::initializer_list<casino::cell> hands,
                 statistics& seen) {
  casino::session_ledger ledger(plan);
  casino::checkpoint_recorder recorder(seen);
  for (const casino::cell hand : hands) {
    ledger.book(hand);
    recorder.look(ledger.result().hands, 1, ledger.over(),
                  [&](std::size_t) { return ledger.result().profit; });
    ++seen.hands_seen.counts[hand];
  }
  REQUIRE(ledger.over());
  seen.add(ledger.result());
}

const session_plan tiny_plan = flat_plan({100, 2, 3, {}});

/// A session that loses 1 and wins 3, and one that wins 3 and has met its win limit.
statistics tiny() {
  const auto lost = casino::cell_of({1, casino::hand_kind::high_card}, //
                                    casino::three_card_kind::nothing);
  const auto won =
      casino::cell_of({3, casino::hand_kind::high_pair}, casino::three_card_kind::pair);
  statistics seen(tiny_plan);
  play_script(tiny_plan, {lost, won}, seen);
  play_script(tiny_plan, {won}, seen);
  return seen;
}

/// Every line but the checksum's.
std::string tiny_content() {
  std::string text = "orderly-casino-statistics 1\n"
                     "hand_limit 2\n"
                     "sessions 2\n"
                     "hands 3\n"
                     "seat_pairs 0\n"
                     "stops 1 0 1 0\n"
                     "hands_seen 2 0:1 57:2\n"
                     "wagered 0 7\n"
                     "bonus_wagered 0 0\n"
                     "bonus_net 0 0\n"
                     "profit 2 2:1 3:1\n"
                     "hands_played 2 1:1 2:1\n"
                     "peak 2 2:1 3:1\n"
                     "low 2 -1:1 0:1\n"
                     "max_drawdown 2 0:1 1:1\n";
  for (int j = 1; j <= 20; ++j) { // ten checkpoints after the first hand, ten at the end
    const std::string number = std::to_string(j);
    text += "ended " + number + (j == 1 ? " 1 3:1\n" : j == 11 ? " 1 2:1\n" : " 0\n");
    text += "playing " + number + (j <= 10 ? " 1 -1:1\n" : " 0\n");
  }
  return text;
}

std::string sealed(const std::string& content) {
  return content + "sha256 " + example::sha256().add(content).hex() + "\n";
}

/// The tiny text with its first `from` replaced, and the checksum that it should have then.
std::string tiny_with(const std::string& from, const std::string& to) {
  std::string content = tiny_content();
  const std::size_t at = content.find(from);
  REQUIRE(at != content.npos);
  return sealed(content.replace(at, from.size(), to));
}

std::string refusal(const std::string& text, const session_plan& plan = tiny_plan) {
  try {
    static_cast<void>(read_statistics(text, plan, "NAME"));
  } catch (const example::usage_error& error) {
    return error.what();
  }
  return "accepted";
}

void check_round_trip(const statistics& all, const session_plan& plan) {
  const std::string text = statistics_text(all);
  const statistics read = read_statistics(text, plan, "NAME");
  CHECK(read == all);
  CHECK(casino::digest_of(read) == casino::digest_of(all));
  CHECK(statistics_text(read) == text);
}

} // namespace

TEST_CASE("statistics text: the text of two short sessions is frozen",
          "[casino][statistics][golden]") {
  const std::string text = statistics_text(tiny());
  CHECK(text == tiny_content() +
                    "sha256 8701dc92f9dd64592b01e1aba6078924cbef1689b0521354bba8fd46f0cb71b5\n");
  check_round_trip(tiny(), tiny_plan);
}

TEST_CASE("statistics text: nothing played is a text as well", "[casino][statistics]") {
  check_round_trip(statistics(tiny_plan), tiny_plan);
}

TEST_CASE("statistics text: whatever the plan, all counts come back", "[casino][statistics]") {
  const std::vector<session_plan> plans{
      flat_plan({100, 200, 50, 40}), martingale_with_bonus(), flat_plan({100, 7, {}, {}}),
      flat_plan({100'000'000, 50, {}, {}}, casino::largest_base_bet)};
  for (const session_plan& plan : plans) {
    CAPTURE(plan.rules().hands, plan.rules().bankroll);
    const statistics all = played(plan, 0, 200);
    REQUIRE(all.sessions == 200);
    check_round_trip(all, plan);
  }
}

TEST_CASE("statistics text: the seats of a table keep their pairs", "[casino][statistics]") {
  const session_plan plan = flat_plan({100, 30, 10, 10});
  statistics all(plan);
  const orderly::seed_range tables(orderly::seed(5), 20);
  for (const std::uint64_t i : tables) {
    test::play_table(plan, engine(), {4, 1}, tables.stream(i), all,
                     [](unsigned, const casino::observed_hand&) {});
  }
  REQUIRE(all.seat_pairs > 0);
  check_round_trip(all, plan);
}

TEST_CASE("statistics text: what was read merges as what was written", "[casino][statistics]") {
  const session_plan plan = martingale_with_bonus();
  const statistics a = played(plan, 0, 120);
  const statistics b = played(plan, 120, 200);
  statistics merged = read_statistics(statistics_text(b), plan, "b");
  merged += read_statistics(statistics_text(a), plan, "a");
  CHECK(merged == played(plan, 0, 200));
}

TEST_CASE("statistics text: sums of more than 64 bits come back", "[casino][statistics]") {
  constexpr auto most = (std::numeric_limits<std::int64_t>::max)();
  constexpr auto least = (std::numeric_limits<std::int64_t>::min)();
  statistics all = tiny();
  for (int i = 0; i < 5; ++i) {
    all.wagered.add(most);
    all.bonus_net.add(least);
  }
  all.bonus_net.add(-6);
  REQUIRE_FALSE(all.wagered.fits_int64());
  REQUIRE_FALSE(all.bonus_net.fits_int64());
  check_round_trip(all, tiny_plan);
  // 7 + 5 * (2^63 - 1) = 2 * 2^64 + 2^63 + 2, and -5 * 2^63 - 6 = -3 * 2^64 + 2^63 - 6
  const std::string text = statistics_text(all);
  CHECK(text.find("\nwagered 2 9223372036854775810\n") != text.npos);
  CHECK(text.find("\nbonus_net -3 9223372036854775802\n") != text.npos);
  all.wagered = casino::detail::sum_of_words(most, ~std::uint64_t{0});
  all.bonus_net = casino::detail::sum_of_words(least, 0);
  check_round_trip(all, tiny_plan);
}

TEST_CASE("statistics text: the largest values and counts come back", "[casino][statistics]") {
  constexpr auto most = (std::numeric_limits<std::int64_t>::max)();
  statistics all(flat_plan({100, 1, {}, {}}));
  all.sessions = all.hands = all.seat_pairs = all.stops[2] = ~std::uint64_t{0};
  all.hands_seen.counts[230] = ~std::uint64_t{0};
  all.profit.add(-most - 1, 1);
  all.profit.add(most, ~std::uint64_t{1});
  all.ended[0] = all.profit;
  all.hands_played.add(1, ~std::uint64_t{0});
  all.peak.add(most, ~std::uint64_t{0});
  all.low.add(-most - 1, ~std::uint64_t{0});
  all.max_drawdown.add(most, ~std::uint64_t{0});
  check_round_trip(all, flat_plan({100, 1, {}, {}}));
}

TEST_CASE("statistics text: another version or another form is refused by name",
          "[casino][statistics]") {
  CHECK(refusal("orderly-casino-statistics 2\nwhatever comes there\n") ==
        "NAME:1:27: this is version 2 of the form; only version 1 can be read here");
  CHECK(refusal("") == "NAME:1:1: expected 'orderly-casino-statistics'");
  CHECK(refusal("{\"sessions\": 2}\n") == "NAME:1:1: expected 'orderly-casino-statistics'");
  CHECK(refusal("orderly-casino-statistics 01\n") == "NAME:1:27: expected this number as 1");
  CHECK(refusal("orderly-casino-statistics 1") == "NAME:1:28: expected the end of the line");
}

TEST_CASE("statistics text: each digit is under the checksum", "[casino][statistics]") {
  const std::string text = statistics_text(tiny());
  int flipped = 0;
  for (std::size_t at = text.find('\n'); at < text.size(); ++at) {
    if (text[at] < '0' || text[at] > '9') continue;
    std::string changed = text;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    const std::string why = refusal(changed);
    CAPTURE(why, at);
    ++flipped;
    if (at < text.find("sha256") || at > text.find("sha256") + 6) {
      CHECK(why == "NAME:56:8: this is not the checksum of these lines");
    } else {
      CHECK(why == "NAME:56:1: expected 'sha256' and 64 digits as the last line");
    }
  }
  CHECK(flipped > 100);
}

TEST_CASE("statistics text: a text that is cut off or has more behind it is refused",
          "[casino][statistics]") {
  const std::string text = statistics_text(tiny());
  for (std::size_t size = 0; size < text.size(); ++size) {
    CAPTURE(size);
    CHECK(refusal(text.substr(0, size)).substr(0, 5) == "NAME:");
  }
  CHECK(refusal(tiny_content()) == "NAME:55:1: expected 'sha256' and 64 digits as the last line");
  CHECK(refusal(text.substr(0, text.size() - 1)) ==
        "NAME:56:72: the text is cut off within this line");
  CHECK(refusal(text + "\n") == "NAME:57:1: expected 'sha256' and 64 digits as the last line");
  CHECK(refusal(sealed(text)) == "NAME:56:1: expected the checksum here");
  CHECK(refusal(sealed(tiny_content() + "ended 21 0\n")) ==
        "NAME:56:1: expected the checksum here");
  std::string windows = text;
  windows.insert(windows.size() - 1, "\r");
  CHECK(refusal(windows) == "NAME:56:1: expected 'sha256' and 64 digits as the last line");
}

TEST_CASE("statistics text: a plan with another hand limit is refused", "[casino][statistics]") {
  CHECK(refusal(statistics_text(tiny()), flat_plan({100, 7, 3, {}})) ==
        "NAME:2:12: these sessions have at most 2 hands, those of this game 7");
}

TEST_CASE("statistics text: each number has one form and its range", "[casino][statistics]") {
  const std::string any = "expected a whole number from 0 to 18446744073709551615";
  CHECK(refusal(tiny_with("sessions 2", "sessions 02")) == "NAME:3:10: expected this number as 2");
  CHECK(refusal(tiny_with("sessions 2", "sessions +2")) == "NAME:3:10: " + any);
  CHECK(refusal(tiny_with("sessions 2", "sessions 18446744073709551616")) == "NAME:3:10: " + any);
  CHECK(refusal(tiny_with("sessions 2", "sessions  2")) == "NAME:3:10: " + any);
  CHECK(refusal(tiny_with("sessions 2", "sessions\t2")) == "NAME:3:9: expected ' '");
  CHECK(refusal(tiny_with("sessions 2", "sessions 2 ")) ==
        "NAME:3:11: expected the end of the line");
  CHECK(refusal(tiny_with("sessions 2", "session 2")) == "NAME:3:1: expected 'sessions'");
  CHECK(refusal(tiny_with(" 0:1 1:1", " -0:1 1:1")) == "NAME:15:16: expected this number as 0");
  CHECK(refusal(tiny_with(" 57:2", " 231:2")) ==
        "NAME:7:18: expected a whole number from 0 to 230");
  CHECK(refusal(tiny_with("wagered 0 7", "wagered -1 7")) ==
        "NAME:8:9: expected a whole number from 0 to 9223372036854775807");
  CHECK(refusal(tiny_with("bonus_wagered 0", "bonus_wagered -1")) ==
        "NAME:9:15: expected a whole number from 0 to 9223372036854775807");
  CHECK(refusal(tiny_with("peak 2 2:1", "peak 2 -2:1")) ==
        "NAME:13:8: expected a whole number from 0 to 9223372036854775807");
  CHECK(refusal(tiny_with("low 2 -1:1 0:1", "low 2 -1:1 1:1")) ==
        "NAME:14:12: expected a whole number from -9223372036854775808 to 0");
  CHECK(refusal(tiny_with("max_drawdown 2 0", "max_drawdown 2 -3")) ==
        "NAME:15:16: expected a whole number from 0 to 9223372036854775807");
  CHECK(refusal(tiny_with("hands_played 2 1:1 2:1", "hands_played 2 0:1 2:1")) ==
        "NAME:12:16: expected a whole number from 1 to 2");
  CHECK(refusal(tiny_with("hands_played 2 1:1 2:1", "hands_played 2 1:1 3:1")) ==
        "NAME:12:20: expected a whole number from 1 to 2");
}

TEST_CASE("statistics text: counts are listed once, in order, without zeros",
          "[casino][statistics]") {
  CHECK(refusal(tiny_with("profit 2 2:1 3:1", "profit 2 3:1 2:1")) ==
        "NAME:11:14: expected a number above 3");
  CHECK(refusal(tiny_with("profit 2 2:1 3:1", "profit 2 2:1 2:1")) ==
        "NAME:11:14: expected a number above 2");
  CHECK(refusal(tiny_with("profit 2 2:1 3:1", "profit 2 2:0 3:2")) ==
        "NAME:11:12: expected a whole number from 1 to 18446744073709551615");
  CHECK(refusal(tiny_with("profit 2 2:1 3:1", "profit 2 2:1 3=1")) == "NAME:11:15: expected ':'");
  CHECK(refusal(tiny_with("profit 2 2:1 3:1", "profit 3 2:1 3:1")) == "NAME:11:17: expected ' '");
  CHECK(refusal(tiny_with("profit 2 2:1 3:1", "profit 1 2:2 3:1")) ==
        "NAME:11:13: expected the end of the line");
  CHECK(refusal(tiny_with("ended 2 0", "ended 3 0")) == "NAME:18:1: expected 'ended 2'");
}

TEST_CASE("statistics text: counts add up to the sessions or to the hands",
          "[casino][statistics]") {
  const std::string more = "this adds up to more than 2 sessions";
  const std::string less = "this adds up to less than 2 sessions";
  CHECK(refusal(tiny_with("stops 1 0 1 0", "stops 1 0 1 1")) == "NAME:6:13: " + more);
  CHECK(refusal(tiny_with("stops 1 0 1 0", "stops 1 0 0 0")) == "NAME:6:14: " + less);
  CHECK(refusal(tiny_with(" 57:2", " 57:3")) == "NAME:7:21: this adds up to more than 3 hands");
  CHECK(refusal(tiny_with(" 57:2", " 57:1")) == "NAME:7:22: this adds up to less than 3 hands");
  int line = 11;
  for (const std::string word : {"profit", "hands_played", "peak", "low", "max_drawdown"}) {
    const std::string content = tiny_content();
    const std::size_t begin = content.find("\n" + word) + 1;
    const std::string whole = content.substr(begin, content.find('\n', begin) - begin);
    const std::string start = "NAME:" + std::to_string(line++) + ":";
    const std::string cut = whole.substr(0, whole.size() - 1);
    CHECK(refusal(tiny_with(whole, cut + "2")) ==
          start + std::to_string(whole.size()) + ": " + more);
    const std::string one = word + " 1" + whole.substr(whole.find(' ') + 2, 4 + (word == "low"));
    CHECK(refusal(tiny_with(whole, one)) == start + std::to_string(one.size() + 1) + ": " + less);
  }
  // Two counts that are right only modulo 2^64.
  CHECK(refusal(tiny_with("profit 2 2:1 3:1", "profit 3 2:1 3:18446744073709551615 4:2")) ==
        "NAME:11:16: " + more);
  CHECK(refusal(tiny_with("hands_played 2 1:1 2:1", "hands_played 1 1:2")) ==
        "NAME:12:19: this adds up to less than 3 hands");
  CHECK(refusal(tiny_with("hands_played 2 1:1 2:1", "hands_played 1 2:2")) ==
        "NAME:12:16: this adds up to more than 3 hands");
}

TEST_CASE("statistics text: sessions end once, with their profits, and go on until then",
          "[casino][statistics]") {
  CHECK(refusal(tiny_with("ended 1 1 3:1", "ended 1 1 4:1")) ==
        "NAME:16:11: more sessions ended with 4 than have this profit");
  CHECK(refusal(tiny_with("ended 11 1 2:1", "ended 11 1 3:1")) ==
        "NAME:36:12: more sessions ended with 3 than have this profit");
  CHECK(refusal(tiny_with("ended 1 1 3:1", "ended 1 1 3:3")) ==
        "NAME:16:13: this adds up to more than 2 sessions");
  CHECK(refusal(tiny_with("ended 11 1 2:1\nplaying 11 0", "ended 11 0\nplaying 11 1 -1:1"))
            .substr(0, 10) == "NAME:39:13");
  CHECK(refusal(tiny_with("playing 1 1 -1:1", "playing 1 1 -1:2")) ==
        "NAME:17:16: this adds up to more than 1 sessions");
  CHECK(refusal(tiny_with("playing 1 1 -1:1", "playing 1 0")) ==
        "NAME:17:12: this adds up to less than 1 sessions");
  // Somebody still plays at the end.
  std::string content = tiny_content();
  content.replace(content.find("ended 11 1 2:1"), 14, "ended 11 0");
  for (int j = 11; j <= 20; ++j) {
    const std::string word = "playing " + std::to_string(j);
    content.replace(content.find(word + " 0"), word.size() + 2, word + " 1 -1:1");
  }
  CHECK(refusal(sealed(content)) == "NAME:54:11: this adds up to less than 2 sessions");
}

TEST_CASE("statistics text: a list that promises more than it holds costs nothing",
          "[casino][statistics]") {
  CHECK(refusal(tiny_with("profit 2 2:1 3:1", "profit 18446744073709551615 2:1 3:1")) ==
        "NAME:11:36: expected ' '");
}
