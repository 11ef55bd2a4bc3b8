// SPDX-License-Identifier: MIT
//
// `casino_simulator exact` from the outside: figures that are known from elsewhere, as text to the
// printed digits and as JSON.
#include "support/catch.hpp"

#include "program.hpp"

#if CASINO_PROGRAM_TESTS

#include <cstddef>
#include <cstdint>
#include <string>

namespace {

/// A line of the text report: the label in its column, then the value.
std::string field(std::string label, const std::string& value) {
  label.resize(26, ' ');
  return "  " + label + value + "\n";
}

/// The first session of `exact` with these words: both outputs must hold the figure.
struct session_figure {
  const char* label;
  const char* key;
  const char* value;
};

void check_session(const std::string& words, std::initializer_list<session_figure> figures) {
  const temporary_folder folder;
  INFO(words);
  REQUIRE(casino_run(folder, "exact --quiet --json json " + words) == 0);
  const std::string text = content_of(folder, "out");
  const auto json = json_file(folder, "json");
  for (const session_figure& figure : figures) {
    CAPTURE(figure.label);
    CHECK(text.find(field(figure.label, figure.value)) != std::string::npos);
    CHECK(json.at("exact_session").at(figure.key).real() ==
          Approx(std::stod(figure.value)).margin(6e-13));
  }
}

double sum_of(const example::json_value& pairs) {
  double sum = 0;
  for (const auto& pair : pairs.elements()) sum += pair.elements()[1].real();
  return sum;
}

} // namespace

TEST_CASE("casino_simulator: exact prints both tie rules", "[casino][cli]") {
  const temporary_folder folder;
  CHECK(casino_run(folder, "exact --workers 2 --json json") == 0);
  const std::string text = content_of(folder, "out");
  for (const char* figure :
       {"optimal, ties pulled", "-0.035056791948", "3.5056791948 %", "1383007152", "26.605705180",
        "1.223706713455", "2.864803434 %", "43956288", "optimal, ties ridden", "1388484912",
        "26.711088872", "1.232084218303", "2.845324323 %", "43535232", "23.878012744 %"}) {
    CAPTURE(figure);
    CHECK(text.find(figure) != std::string::npos);
  }
  const auto json = json_file(folder, "json");
  CHECK(json.at("deals").uint64() == 51'979'200);
  CHECK(json.at("run").at("workers").uint64() == 2);
  const auto& laws = json.at("strategies").elements();
  REQUIRE(laws.size() == 2);
  const double variances[] = {26.605705180, 26.711088872};
  const std::int64_t squares[] = {1'383'007'152, 1'388'484'912};
  for (std::size_t i = 0; i < 2; ++i) {
    CHECK(laws[i].at("sum_net").int64() == -1'822'224);
    CHECK(laws[i].at("sum_net_squared").int64() == squares[i]);
    CHECK(laws[i].at("variance").real() == Approx(variances[i]).margin(6e-10));
    CHECK(sum_of(laws[i].at("net_results")) == 51'979'200);
  }
  CHECK(json.find("exact_session") == nullptr); // nothing was asked of sessions
}

TEST_CASE("casino_simulator: exact gives the same for any number of workers",
          "[casino][cli][contract]") {
  const temporary_folder folder;
  const std::string run =
      "exact --quiet --no-timing --hands 50 --win-limit 10 --loss-limit 10 --seats 2 ";
  CHECK(casino_run(folder, run + "--workers 1 --json one") == 0);
  CHECK(casino_run(folder, run + "--workers 3 --json three") == 0);
  CHECK(content_of(folder, "one").size() > 1000);
  CHECK((content_of(folder, "one") == content_of(folder, "three")));
}

TEST_CASE("casino_simulator: exact solves a session between limits", "[casino][cli][oracle]") {
  check_session("--strategy optimal --win-limit 50 --loss-limit 40",
                {{"P(win)", "win", "0.311913146569"},
                 {"P(push)", "push", "0.009342839867"},
                 {"mean profit", "mean_profit", "-5.875043953347"},
                 {"mean maximum drawdown", "mean_max_drawdown", "35.852884953767"}});
}

TEST_CASE("casino_simulator: exact solves sessions with progressive bets and bonuses",
          "[casino][cli][oracle]") {
  check_session("--betting martingale --win-limit 20 --loss-limit 20",
                {{"P(win)", "win", "0.355909659878"}});
  check_session("--bonus b --bonus-betting always --win-limit 20 --loss-limit 20",
                {{"P(win)", "win", "0.311085728017"}});
}

TEST_CASE("casino_simulator: exact solves a session of another strategy", "[casino][cli][oracle]") {
  check_session("--strategy chart-literal-no-quads --win-limit 50 --loss-limit 40",
                {{"mean profit", "mean_profit", "-6.270104670183"}});
}

TEST_CASE("casino_simulator: exact solves a session that runs out of funds",
          "[casino][cli][oracle]") {
  check_session("--bankroll 40 --win-limit 1000 --hands 1000",
                {{"P(win)", "win", "0.144594985292"}});
}

TEST_CASE("casino_simulator: the law of a session is whole", "[casino][cli]") {
  const temporary_folder folder;
  CHECK(casino_run(folder, "exact --quiet --strategy chart --bankroll 30 --hands 40 --win-limit 10 "
                           "--loss-limit 10 --json json") == 0);
  const auto json = json_file(folder, "json");
  CHECK(json.at("strategies").elements().size() == 1);
  CHECK(json.at("game").at("strategy").string() == "chart");
  CHECK(json.at("game").at("hand_limit").uint64() == 40);
  const auto& session = json.at("exact_session");
  const double ends =
      session.at("win").real() + session.at("push").real() + session.at("lose").real();
  CHECK(ends == Approx(1).margin(1e-12));
  CHECK(sum_of(session.at("profit")) == Approx(1).margin(1e-12));
  double mean = 0;
  for (const auto& pair : session.at("profit").elements()) {
    mean += pair.elements()[0].real() * pair.elements()[1].real();
  }
  CHECK(mean == Approx(session.at("mean_profit").real()).margin(1e-11));
  double stops = 0;
  for (const auto& stop : session.at("stop_reasons").members()) stops += stop.value.real();
  CHECK(stops == Approx(1).margin(1e-12));
  CHECK(session.at("percentiles_5_25_50_75_95").elements().size() == 5);
  const auto& ruin = session.at("ruin").elements(); // to be down by the limit is to end there
  REQUIRE_FALSE(ruin.empty());
  CHECK(ruin.back().elements()[0].int64() == 10);
  CHECK(ruin.back().elements()[1].real() ==
        Approx(session.at("stop_reasons").at("loss_limit").real()).margin(1e-12));
  CHECK(sum_of(session.at("drawdown")) ==
        Approx(session.at("mean_max_drawdown").real()).margin(1e-11));
  CHECK(session.at("missing").string().empty());
}

TEST_CASE("casino_simulator: exact tells how seats depend on each other and what bonuses cost",
          "[casino][cli][oracle]") {
  const temporary_folder folder;
  CHECK(casino_run(folder, "exact --quiet --seats 6 --strategy chart-literal --bonus b "
                           "--five-card-bonus a --json json") == 0);
  const std::string text = content_of(folder, "out");
  const std::size_t round = text.find("variance of a round");
  REQUIRE(round != std::string::npos);
  CHECK(std::stod(text.substr(round + 26)) == Approx(163.940551).margin(1.5e-6));
  const auto json = json_file(folder, "json");
  const auto& law = json.at("strategies").elements()[0];
  CHECK(6 * law.at("variance").real() + 30 * json.at("seat_covariance").real() ==
        Approx(163.940551).margin(1.5e-6));
  // 12 * 40 - (22100 - 5660) and so on, from the published counts of three-card hands.
  const auto& three = json.at("three_card_bonus");
  CHECK(three.at("hands").uint64() == 22'100);
  CHECK(three.at("sum_net").int64() ==
        4 * 100 + 44 * 40 + 52 * 30 + 720 * 5 + 1096 * 4 + 3744 - (22'100 - 5'660));
  const auto& five = json.at("five_card_bonus");
  CHECK(five.at("hands").uint64() == 2'598'960);
  CHECK(five.at("sum_net").int64() == 4 * 20'000 + 36 * 2'000 + 624 * 400 + 3'744 * 200 +
                                          5'108 * 50 + 10'200 * 25 + 54'912 * 5 - 2'598'960);
  CHECK(five.at("house_edge").real() ==
        Approx(-static_cast<double>(five.at("sum_net").int64()) / 2'598'960).margin(1e-12));
}

#endif
