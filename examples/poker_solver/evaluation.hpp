// SPDX-License-Identifier: MIT
//
// What a strategy is worth. Exactly, in the games whose deals can all be looked at: its value, and
// its exploitability (half of what both players' best responses get in sum). By play with a confidence
// interval: against another strategy, and against responders that have learned to beat it, whose gain
// is a lower bound of the exploitability.
#ifndef ORDERLY_EXAMPLES_POKER_EVALUATION_HPP
#define ORDERLY_EXAMPLES_POKER_EVALUATION_HPP

#include "../support/json_text.hpp"
#include "best_response.hpp"
#include "chart_comparison.hpp"
#include "duplicate_match.hpp"
#include "game_options.hpp"
#include "saved_training.hpp"
#include "starting_hands.hpp"
#include "strategy_profile.hpp"

#include <array>    // numbers as text
#include <cstdint>  // iterations
#include <cstdio>   // snprintf
#include <optional> // push/fold alone
#include <string>   // texts

namespace poker {

/// A number with so many decimal places.
inline std::string fixed(double number, int places) {
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%.*f", places, number);
  return text.data();
}

struct exact_evaluation {
  double value = 0;                      ///< of the profile, for player 0
  std::array<double, 2> best_response{}; ///< what each player could get
  std::uint64_t infosets = 0;            ///< that can be reached

  double exploitability() const { return (best_response[0] + best_response[1]) / 2; }
};

/// What was found out about a strategy. Amounts in the game's unit: chips, or big blinds.
struct evaluation {
  std::string game;
  std::uint64_t iterations = 0;
  bool big_blinds = false;
  std::optional<exact_evaluation> exact;      ///< not of nlhe
  std::optional<push_fold_summary> push_fold; ///< of pushfold alone, as the next
  std::optional<chart_comparison> chart;
  std::optional<match_result> match; ///< against another strategy
  std::string versus;                ///< its file
  std::optional<match_result> responder;
  std::uint64_t responder_iterations = 0; ///< for each seat
};

inline evaluation describe(const saved_strategy& strategy) {
  evaluation found;
  found.game = name_of(strategy.game.kind);
  found.iterations = strategy.iterations;
  found.big_blinds = strategy.game.stack != decimal{};
  return found;
}

template <class Game, class Real>
exact_evaluation evaluate_exactly(const Game& game, const strategy_profile<Real>& profile) {
  const betting_tree& tree = game.tree();
  const double unit = game.chips_per_unit();
  exact_evaluation found;
  found.value = expected_value(tree, game.chance(), profile, profile) / unit;
  for (unsigned player = 0; player < 2; ++player) {
    found.best_response[player] = best_response(tree, game.chance(), player, profile).value / unit;
  }
  found.infosets = reachable_infosets(tree, game.chance());
  return found;
}

namespace detail {

inline void write_exact_text(const evaluation& found, const std::string& unit, std::string& text) {
  if (!found.exact) return;
  const exact_evaluation& exact = *found.exact;
  text += "infosets             " + std::to_string(exact.infosets) + "\n";
  text += "value for player 0   " + fixed(exact.value, 9) + unit + "\n";
  text += "best responses       " + fixed(exact.best_response[0], 9) + unit + ", " +
          fixed(exact.best_response[1], 9) + unit + "\n";
  text += "exploitability       " + fixed(exact.exploitability(), 9) + unit;
  if (found.big_blinds) text += " = " + fixed(1000 * exact.exploitability(), 4) + " mbb";
  text += "\n";
}

inline std::string interval_text(const match_result& result, const std::string& unit) {
  return fixed(result.mean(), 5) + " +- " + fixed(result.half_width(), 5) + unit +
         " a hand (95 %, " + std::to_string(result.deals()) + " duplicate deals)\n";
}

inline void write_exact_json(const evaluation& found, example::json_text& json) {
  if (!found.exact) return;
  const exact_evaluation& exact = *found.exact;
  json.member("infosets", exact.infosets);
  json.member(found.big_blinds ? "value_bb" : "value", exact.value);
  json.key("best_responses").begin_line();
  for (const double value : exact.best_response) json.value(value);
  json.end_line();
  json.member("exploitability", exact.exploitability());
  if (found.big_blinds) json.member("exploitability_mbb", 1000 * exact.exploitability());
}

inline void write_match_json(const char* name, const match_result& result,
                             example::json_text& json) {
  json.key(name).begin_object();
  json.member("deals", result.deals()).member("mean", result.mean());
  json.member("standard_error", result.standard_error());
  json.member("low", result.mean() - result.half_width());
  json.member("high", result.mean() + result.half_width());
  json.end_object();
}

inline void write_chart_json(const chart_comparison& chart, example::json_text& json) {
  json.key("chart").begin_object();
  json.member("agreements", chart.agreements);
  json.key("differences").begin_array();
  for (const chart_difference& each : chart.differences) {
    json.begin_object();
    json.member("hand", starting_hand_text(each.hand)).member("chart_bb", each.most.real());
    json.member("probability", each.probability).end_object();
  }
  json.end_array();
  json.member("missing", std::uint64_t{chart.missing.size()});
  json.end_object();
}

} // namespace detail

inline std::string evaluation_text(const evaluation& found) {
  const std::string unit = found.big_blinds ? " BB" : " chips";
  std::string text = found.game + ", " + std::to_string(found.iterations) + " iterations\n";
  detail::write_exact_text(found, unit, text);
  if (found.push_fold) {
    text += "pushes               " + fixed(found.push_fold->push_percent, 3) + " %\n";
    text += "calls                " + fixed(found.push_fold->call_percent, 3) + " %\n";
  }
  if (found.chart) text += comparison_text(*found.chart);
  if (found.match) {
    text += "against " + found.versus + ": wins " + detail::interval_text(*found.match, unit);
  }
  if (found.responder) {
    text += "responders of " + std::to_string(found.responder_iterations) + " iterations gain " +
            detail::interval_text(*found.responder, unit);
  }
  return text;
}

inline std::string evaluation_json(const evaluation& found) {
  example::json_text json;
  json.begin_object();
  json.member("game", found.game).member("iterations", found.iterations);
  json.member("unit", found.big_blinds ? "big blinds" : "chips");
  detail::write_exact_json(found, json);
  if (found.push_fold) {
    json.member("push_percent", found.push_fold->push_percent);
    json.member("call_percent", found.push_fold->call_percent);
  }
  if (found.chart) detail::write_chart_json(*found.chart, json);
  if (found.match) {
    json.member("versus", found.versus);
    detail::write_match_json("match", *found.match, json);
  }
  if (found.responder) {
    json.member("responder_iterations", found.responder_iterations);
    detail::write_match_json("responder", *found.responder, json);
  }
  json.end_object();
  return json.take();
}

} // namespace poker

#endif
