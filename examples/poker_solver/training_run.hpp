// SPDX-License-Identifier: MIT
//
// A training from its first batch to its last: checkpoints, snapshots and metrics on the way, stop by
// iterations, by time or by the user.
//
// It ends only between batches, and the clock decides nothing but when: a run that the clock has
// ended after k batches has left the same bytes as one that was told to make k batches.
//
// In the folder of the run: checkpoint.bin, strategy.bin, snapshot_ITERATIONS.bin (strategies) and
// metrics.jsonl.
#ifndef ORDERLY_EXAMPLES_POKER_TRAINING_RUN_HPP
#define ORDERLY_EXAMPLES_POKER_TRAINING_RUN_HPP

#include "../support/output_file.hpp"
#include "saved_training.hpp"
#include "strategy_profile.hpp"
#include "train_options.hpp"
#include "training_metrics.hpp"

#include "orderly/progress.hpp"
#include "orderly/worker_pool.hpp"

#include <algorithm>    // min, max
#include <atomic>       // the stop flag
#include <chrono>       // time budget
#include <cstdint>      // counts
#include <filesystem>   // the folder
#include <limits>       // no limit
#include <optional>     // what was not asked for
#include <string>       // paths
#include <system_error> // error_code
#include <type_traits>  // is_same, decay
#include <utility>      // move

namespace poker {

/// When something that happens again and again is next due.
class schedule {
 public:
  schedule(const std::optional<interval>& every, std::uint64_t iterations) : every_(every) {
    advance(iterations, 0);
  }

  bool due(std::uint64_t iterations, double seconds) const {
    return every_ && (every_->iterations != 0 ? iterations >= next_ : seconds >= next_second_);
  }
  void advance(std::uint64_t iterations, double seconds) {
    if (!every_) return;
    if (every_->iterations != 0) next_ = (iterations / every_->iterations + 1) * every_->iterations;
    next_second_ = seconds + every_->seconds.real();
  }
  /// No iteration count after this may pass without a look.
  std::uint64_t next() const {
    return every_ && every_->iterations != 0 ? next_ : (std::numeric_limits<std::uint64_t>::max)();
  }

 private:
  std::optional<interval> every_;
  std::uint64_t next_ = 0;
  double next_second_ = 0;
};

/// In place of a Measure, for games whose exploitability nobody can compute.
struct no_measure {};

/// How a training ended.
struct training_result {
  training_progress progress;
  std::uint64_t iterations_here = 0; ///< made by this run
  std::optional<double> exploitability;
  bool complete = false; ///< not stopped by the user
};

/// Real, Trainer: of the game. Measure: gives the exploitability of a profile, or is no_measure.
template <class Trainer, class Measure>
class training_run {
 public:
  training_run(Trainer& trainer, const betting_tree& tree, const train_options& options,
               std::string config, orderly::worker_pool& pool, Measure measure)
      : trainer_(trainer),
        tree_(tree),
        options_(options),
        config_(std::move(config)),
        pool_(pool),
        measure_(std::move(measure)),
        start_(pool.statistics()),
        first_iteration_(trainer.iterations()),
        batch_size_(is_sampled(options.algorithm.kind) ? options.algorithm.batch_size : 1),
        checkpoints_(options.checkpoint, first_iteration_),
        snapshots_(options.snapshot, first_iteration_),
        records_(interval{0, options.metrics_interval}, first_iteration_) {}

  /// Trains until done or stopped, then writes what is to be kept.
  training_result go(const std::atomic<bool>& stop);

 private:
  using clock = std::chrono::steady_clock;
  using real = typename std::decay_t<decltype(std::declval<Trainer&>().table())>::value_type;

  /// Iterations that end the run, a multiple of the batch size.
  std::uint64_t last_iteration() const {
    if (!options_.iterations) return (std::numeric_limits<std::uint64_t>::max)();
    return (*options_.iterations + batch_size_ - 1) / batch_size_ * batch_size_;
  }
  bool finished() const {
    return trainer_.iterations() >= last_iteration() ||
           (options_.time_budget && seconds() >= options_.time_budget->real());
  }
  double seconds() const { return std::chrono::duration<double>(clock::now() - begin_).count(); }

  std::uint64_t batches_to_run() const;
  void run_some();
  void look_after_files();
  void write_checkpoint() const {
    save_checkpoint(path("checkpoint.bin"), config_, trainer_.batches(), trainer_.table());
  }
  void write_strategy(const std::string& name) const {
    save_strategy(path(name), config_, trainer_.iterations(), tree_, profile());
  }
  strategy_profile<real> profile() const { return average_profile<real>(tree_, trainer_.table()); }
  std::optional<double> exploitability() const {
    if constexpr (std::is_same_v<Measure, no_measure>) {
      return std::nullopt;
    } else {
      return measure_(profile());
    }
  }
  std::string snapshot_name() const;
  std::string path(const std::string& name) const {
    return (std::filesystem::path(*options_.logdir) / name).string();
  }
  training_progress progress() const;
  void record() {
    if (trainer_.iterations() == recorded_) return;
    recorded_ = trainer_.iterations();
    if (metrics_) metrics_->write(progress(), exploitability(), sizeof(real) * table_size());
  }
  std::uint64_t table_size() const { return trainer_.table().size(); }

  Trainer& trainer_;
  const betting_tree& tree_;
  const train_options& options_;
  std::string config_;
  orderly::worker_pool& pool_;
  Measure measure_;
  orderly::pool_statistics start_;
  std::uint64_t first_iteration_;
  std::uint64_t batch_size_;
  clock::time_point begin_ = clock::now();
  schedule checkpoints_;
  schedule snapshots_;
  schedule records_;
  std::optional<training_metrics> metrics_;
  std::uint64_t recorded_ = first_iteration_;
  std::uint64_t step_ = 1; // batches between two looks at the clock
};

template <class Trainer, class Measure>
training_result training_run<Trainer, Measure>::go(const std::atomic<bool>& stop) {
  if (options_.logdir) {
    std::error_code error;
    std::filesystem::create_directories(*options_.logdir, error);
    if (error) throw example::open_error(*options_.logdir + ": " + error.message());
    metrics_.emplace(path("metrics.jsonl"), options_.resume_from.has_value(), progress());
  }
  orderly::progress line("iterations");
  const std::uint64_t total = options_.iterations ? last_iteration() : 0;
  while (!finished() && !stop) {
    run_some();
    look_after_files();
    if (!options_.quiet) line({trainer_.iterations(), total});
  }
  line.finish();
  training_result result{progress(), trainer_.iterations() - first_iteration_, exploitability(),
                         finished()};
  if (options_.logdir) {
    record();
    write_checkpoint();
    write_strategy("strategy.bin");
  }
  return result;
}

template <class Trainer, class Measure>
std::uint64_t training_run<Trainer, Measure>::batches_to_run() const {
  const std::uint64_t end = (std::min)({last_iteration(), checkpoints_.next(), snapshots_.next()});
  const std::uint64_t left = end - trainer_.iterations();
  return (std::min)(step_, left / batch_size_ + (left % batch_size_ != 0 ? 1 : 0));
}

/// Some batches: about a twentieth of a second's worth.
template <class Trainer, class Measure>
void training_run<Trainer, Measure>::run_some() {
  const double before = seconds();
  trainer_.run(batches_to_run());
  const double took = seconds() - before;
  if (took < 0.025) step_ *= 2;
  if (took > 0.1) step_ = (std::max)(step_ / 2, std::uint64_t{1});
}

template <class Trainer, class Measure>
void training_run<Trainer, Measure>::look_after_files() {
  if (!options_.logdir) return;
  const std::uint64_t iterations = trainer_.iterations();
  const double now = seconds();
  const auto when_due = [&](schedule& what, auto&& act) {
    if (!what.due(iterations, now)) return;
    act();
    what.advance(iterations, seconds());
  };
  when_due(snapshots_, [&] { write_strategy(snapshot_name()); });
  when_due(checkpoints_, [&] { write_checkpoint(); });
  when_due(records_, [&] { record(); });
}

template <class Trainer, class Measure>
std::string training_run<Trainer, Measure>::snapshot_name() const {
  const std::string digits = std::to_string(trainer_.iterations());
  constexpr std::size_t width = 12; // so that names sort
  return "snapshot_" + std::string(width - (std::min)(width, digits.size()), '0') + digits + ".bin";
}

template <class Trainer, class Measure>
training_progress training_run<Trainer, Measure>::progress() const {
  using in_seconds = std::chrono::duration<double>;
  training_progress now;
  now.iterations = trainer_.iterations();
  now.batches = trainer_.batches();
  now.nodes = trainer_.visited();
  now.seconds = seconds();
  now.merge_seconds = in_seconds(trainer_.merging()).count();
  const orderly::pool_statistics pool = pool_.statistics();
  // A pool of one does not measure when it works.
  const std::size_t measured = pool.workers.size() > 1 ? pool.workers.size() : 0;
  for (std::size_t worker = 0; worker < measured; ++worker) {
    const auto idle = pool.workers[worker].idle - start_.workers[worker].idle;
    now.idle_seconds += in_seconds(idle).count();
    now.worker_seconds += in_seconds(pool.wall - start_.wall).count();
  }
  now.usage = example::own_usage();
  return now;
}

} // namespace poker

#endif
