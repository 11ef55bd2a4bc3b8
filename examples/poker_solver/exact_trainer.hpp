// SPDX-License-Identifier: MIT
//
// Training by CFR over all deals, with the face of mccfr_trainer: a batch is one iteration, and the
// table and the number of iterations are the state.
#ifndef ORDERLY_EXAMPLES_POKER_EXACT_TRAINER_HPP
#define ORDERLY_EXAMPLES_POKER_EXACT_TRAINER_HPP

#include "algorithm_settings.hpp"
#include "vector_cfr.hpp"

#include <chrono>  // no time to report
#include <cstddef> // size_t
#include <cstdint> // iterations
#include <vector>  // the table

namespace poker {

inline cfr_weights weights_of(const algorithm_settings& settings) {
  switch (settings.kind) {
  case algorithm_kind::cfr_plus:
    return cfr_plus_weights;
  case algorithm_kind::dcfr:
    return {settings.discount.alpha.real(), settings.discount.beta.real(),
            settings.discount.gamma.real()};
  default:
    return settings.weighting == weighting_kind::linear ? linear_weights : plain_weights;
  }
}

class exact_trainer {
 public:
  /// The game, which must have chance(), must outlive this object.
  template <class Game>
  exact_trainer(const Game& game, const algorithm_settings& settings)
      : cfr_(game.tree(), game.chance(), weights_of(settings)),
        table_(std::size_t{2} * game.tree().cells()) {}

  template <class Load>
  void restore(Load&& load) {
    iterations_ = load(table_);
  }

  void run(std::uint64_t count) {
    for (std::uint64_t i = 0; i < count; ++i) cfr_.iterate(table_.data(), ++iterations_);
  }

  const std::vector<double>& table() const { return table_; }
  std::uint64_t batches() const { return iterations_; }
  std::uint64_t iterations() const { return iterations_; }
  static constexpr std::uint64_t visited() { return 0; } // all nodes, always
  static constexpr std::chrono::nanoseconds merging() { return {}; }

 private:
  vector_cfr cfr_;
  std::vector<double> table_;
  std::uint64_t iterations_ = 0;
};

} // namespace poker

#endif
