// SPDX-License-Identifier: MIT
//
// A search for programs: mutate the best ones of each task, judge the children, keep the best, again.
//
//   orderly::worker_pool pool;
//   arc::evolution_settings settings;
//   settings.rounds = 20;
//   const arc::evolved found = arc::evolve(pool, settings, loaded.tasks, programs);
//   found.tasks[0].kept[0].code;                  // the best for the first task
//
// A program is better by more right train samples, then more right cells in the grids of the expected
// height and width that it gives for all of them, then less fuel for this, then fewer lines, then its
// hash. Without the cells all that gets no sample right would be alike but for its fuel, and what gives
// the input back at once would drive out all that is nearly right. What tests expect is looked at when
// all is chosen, for the report alone.
//
// Programs lose their dead lines before they are judged, and count once, whatever their names. Child j
// of round r has stream r * population + j of the task's candidates (mutation.hpp): it draws its
// parent among the kept, and the mutations. So the result is a function of the settings, the tasks and
// the programs, the same for any number of workers, and for a task whatever the other tasks are; a
// search of more rounds goes through the states of one of fewer.
#ifndef ORDERLY_EXAMPLES_ARC_EVOLUTION_HPP
#define ORDERLY_EXAMPLES_ARC_EVOLUTION_HPP

#include "judge.hpp"
#include "judging.hpp"
#include "mutation.hpp"
#include "program.hpp"
#include "program_record.hpp"
#include "program_text.hpp"
#include "report.hpp"
#include "task.hpp"
#include "verdict_key.hpp"

#include "orderly/index_range.hpp"
#include "orderly/ordered_options.hpp"
#include "orderly/ordered_transform.hpp"
#include "orderly/per_worker.hpp"
#include "orderly/random_stream.hpp"
#include "orderly/worker_pool.hpp"

#include <algorithm> // sort, none_of
#include <atomic>    // the stop flag
#include <cstddef>   // size_t
#include <cstdint>   // counts
#include <optional>  // duplicates are not judged
#include <span>      // programs
#include <tuple>     // the order of programs
#include <utility>   // move
#include <vector>    // programs

namespace arc {

struct evolution_settings {
  validation_settings judging{}; ///< limits and dialect; all train samples are judged
  std::uint64_t seed = 0;
  std::uint64_t rounds = 1;
  std::uint64_t population = 32; ///< children of a task in a round
  std::uint64_t keep = 32;       ///< the best of a task
  std::uint64_t changes = 1;     ///< point mutations of a child
};

struct kept_program {
  program code;
  verdict_key hash{};
  std::uint32_t train_right = 0;
  std::uint64_t cells_right = 0; ///< of the train samples, as fuel
  std::uint64_t fuel = 0;
  std::uint32_t test_right = 0;
};

/// A total order of programs that differ.
inline bool ranks_before(const kept_program& a, const kept_program& b) {
  const auto score = [](const kept_program& p) { return std::tuple(p.train_right, p.cells_right); };
  const auto costs = [](const kept_program& p) {
    return std::tuple(p.fuel, p.code.lines.size(), p.hash);
  };
  if (score(a) != score(b)) return score(a) > score(b);
  return costs(a) < costs(b);
}

struct evolved_task {
  const task* of = nullptr;
  std::vector<kept_program> kept; ///< the best first
};

struct evolved {
  std::vector<evolved_task> tasks; ///< those that had a program, in order of their ids
  std::uint64_t rounds = 0;        ///< that were finished
  std::uint64_t judged = 0;        ///< programs, the given ones too
};

namespace detail {

/// A task for each sample of the part whose output is known, so that they are judged one by one.
inline std::vector<task> tasks_of_samples(const task& all, sample_part part) {
  std::vector<task> single;
  for (const task_sample& sample : all.samples) {
    if (sample.part != part || !sample.output) continue;
    single.push_back({all.id, {sample}, all.colours});
  }
  return single;
}

/// Of the only sample.
inline std::uint64_t right_cells(const judgement& j, const task& of) {
  const std::uint64_t all = of.samples[0].output->size();
  if (j.verdict == verdict::accepted) return all;
  return j.differing ? all - *j.differing : 0;
}

class evolution {
 public:
  /// What it is given must outlive it.
  evolution(orderly::worker_pool& pool, const evolution_settings& settings,
            const std::atomic<bool>* stop)
      : settings_(settings), judges_(pool, [&settings](std::size_t) {
          return judge(settings.judging.limits, settings.judging.dialect);
        }) {
    options_.stop = stop;
  }

  void begin(const std::vector<task>& tasks, std::span<const source_program> programs);
  bool play_round();
  evolved finish();

 private:
  struct task_population {
    const task* of;
    std::vector<task> train; // all that the search sees of the task
    orderly::stream_node node;
    std::vector<kept_program> kept{};
  };
  struct newcomer {
    std::size_t home; // among the populations
    kept_program program;
  };

  newcomer child(std::uint64_t number) const;
  /// Judges what make(i) gives, but for what is kept already, and keeps the best of each population.
  /// False: it was stopped, and nothing is changed.
  template <class Make>
  bool admit(std::uint64_t count, Make&& make);
  bool is_new(const newcomer& one) const {
    const auto& kept = populations_[one.home].kept;
    return std::none_of(kept.begin(), kept.end(),
                        [&](const kept_program& each) { return each.hash == one.program.hash; });
  }
  void judge_train(newcomer& one, judge& mine) const;
  newcomer prepared(std::size_t home, program&& code) const;

  const evolution_settings& settings_;
  orderly::ordered_options options_;
  orderly::per_worker<judge> judges_;
  std::vector<task_population> populations_;
  std::uint64_t rounds_ = 0;
  std::uint64_t judged_ = 0;
};

/// The programs that were given are the first to be judged.
inline void evolution::begin(const std::vector<task>& tasks,
                             std::span<const source_program> programs) {
  std::vector<std::pair<std::size_t, const source_program*>> given;
  for (const task& each : tasks) {
    const std::size_t before = given.size();
    for (const source_program& one : programs) {
      if (one.task.value_or(each.id) == each.id) given.emplace_back(populations_.size(), &one);
    }
    if (given.size() == before) continue;
    populations_.push_back({&each, tasks_of_samples(each, sample_part::train),
                            candidate_node(orderly::seed(settings_.seed), each.id)});
  }
  admit(given.size(), [&](std::uint64_t i) {
    const auto& [home, one] = given[static_cast<std::size_t>(i)];
    return prepared(home, program(one->parsed.code));
  });
}

/// False: it was stopped, and nothing is changed.
inline bool evolution::play_round() {
  const bool whole = admit(populations_.size() * settings_.population,
                           [this](std::uint64_t i) { return child(i); });
  rounds_ += whole ? 1U : 0U;
  return whole;
}

/// Numbers count through the round: population by population.
inline evolution::newcomer evolution::child(std::uint64_t number) const {
  const auto place = static_cast<std::size_t>(number / settings_.population);
  const task_population& all = populations_[place];
  orderly::random_stream stream =
      all.node.stream(rounds_ * settings_.population + number % settings_.population);
  const auto parent = static_cast<std::size_t>(stream.below(all.kept.size()));
  return prepared(place, mutant(all.kept[parent].code, std::move(stream), settings_.changes));
}

inline evolution::newcomer evolution::prepared(std::size_t home, program&& code) const {
  newcomer one{home, kept_program()};
  one.program.code = without_dead_lines(std::move(code));
  one.program.code.name = candidate_name(one.program.code, populations_[home].of->id);
  one.program.hash = program_hash(one.program.code);
  return one;
}

inline void evolution::judge_train(newcomer& one, judge& mine) const {
  kept_program& scored = one.program;
  for (const task& sample : populations_[one.home].train) {
    const judgement j = mine(scored.code, sample, judging::all_samples);
    scored.train_right += j.train_right;
    scored.cells_right += right_cells(j, sample);
    scored.fuel += j.fuel;
  }
}

template <class Make>
bool evolution::admit(std::uint64_t count, Make&& make) {
  constexpr std::uint64_t chunk = 4;
  auto all = orderly::ordered_transform(
      judges_, orderly::index_range(count), chunk,
      [&](std::uint64_t i, judge& mine) -> std::optional<newcomer> {
        newcomer one = make(i);
        if (!is_new(one)) return std::nullopt;
        judge_train(one, mine);
        return one;
      },
      options_);
  if (options_.stop != nullptr && options_.stop->load()) return false;
  for (auto& one : all) {
    if (!one) continue;
    ++judged_;
    if (is_new(*one)) populations_[one->home].kept.push_back(std::move(one->program));
  }
  for (task_population& each : populations_) {
    std::sort(each.kept.begin(), each.kept.end(), ranks_before);
    if (each.kept.size() > settings_.keep) each.kept.resize(settings_.keep);
  }
  return true;
}

/// Only now the tests are looked at.
inline evolved evolution::finish() {
  evolved result{{}, rounds_, judged_};
  result.tasks = orderly::ordered_transform(
      judges_, orderly::index_range(populations_.size()), 1, [&](std::uint64_t i, judge& mine) {
        task_population& each = populations_[static_cast<std::size_t>(i)];
        for (const task& sample : tasks_of_samples(*each.of, sample_part::test)) {
          for (kept_program& kept : each.kept) {
            kept.test_right += mine(kept.code, sample, judging::all_samples).test_right;
          }
        }
        return evolved_task{each.of, std::move(each.kept)};
      });
  return result;
}

} // namespace detail

/// Blocking: until all rounds are played, or the flag is set; then the round that was begun is
/// forgotten. Precondition: tasks in order of their ids; programs without mistakes; population and keep
/// are not 0. Exceptions: std::bad_alloc.
inline evolved evolve(orderly::worker_pool& pool, const evolution_settings& settings,
                      const std::vector<task>& tasks, std::span<const source_program> programs,
                      const std::atomic<bool>* stop = nullptr) {
  detail::evolution search(pool, settings, stop);
  search.begin(tasks, programs);
  for (std::uint64_t i = 0; i < settings.rounds && search.play_round(); ++i) {
  }
  return search.finish();
}

} // namespace arc

#endif
