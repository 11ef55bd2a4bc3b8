// SPDX-License-Identifier: MIT
//
// Connected components of a grid, in canonical order, in linear time but for the joining of labels, and
// without a comparison of objects.
//
// Rows are cut into runs of one colour, which are what is joined: a run looks at those of the row above
// that touch it. Joined runs form trees whose roots are the first of them (R. Sedgewick, K. Wayne,
// "Algorithms", 4th ed., section 1.5). Then runs are counted into order by colour; being in reading
// order before, their cells are in canonical order now. Walking them, components come in the order of
// their first cells, which is canonical too, as no two share a cell, and each gets its cells in order.
//
// Colours are numbers below a count, in canonical order; what they stand for is the caller's.
#ifndef ORDERLY_EXAMPLES_ARC_CONNECTED_COMPONENTS_HPP
#define ORDERLY_EXAMPLES_ARC_CONNECTED_COMPONENTS_HPP

#include "machine.hpp"

#include <algorithm> // fill_n, min, max
#include <cstdint>   // numbers

namespace arc::detail {

struct component_rules {
  bool one_colour = false; ///< cells of different colours are not joined
  bool diagonal = false;   ///< 8 neighbours, else 4
};

inline constexpr std::uint32_t no_colour = 0xFFFFFFFFU;

/// Cells of one colour that follow each other in a row.
struct colour_run {
  std::uint32_t colour;
  std::uint32_t row;
  std::uint32_t first; ///< column
  std::uint32_t last;  ///< the column behind it
  std::uint32_t parent;

  std::uint32_t size() const { return last - first; }
};

class component_search {
 public:
  /// colour(row, column) is below the number of colours. Cells of the background, which may be
  /// no_colour, belong to no component. Exceptions: run_error.
  template <class Colour>
  component_search(machine& m, std::uint32_t height, std::uint32_t width, const Colour& colour,
                   std::uint32_t colours, std::uint32_t background, const component_rules& rules);

  std::uint32_t cells() const { return starts_[components_]; }
  std::uint32_t components() const { return components_; }
  /// The place of the first cell of a component; that behind the last one is cells().
  std::uint32_t start(std::uint32_t component) const { return starts_[component]; }
  /// use(run, place of its first cell) for each run. Places go through the first component, then the
  /// second, ...
  template <class Use>
  void for_each_run(const Use& use) const {
    for (std::uint32_t k = 0; k < size_; ++k) use(runs_[order_[k]], places_[k]);
  }

 private:
  void join_left(std::uint32_t run, const component_rules& rules);
  std::uint32_t join_above(std::uint32_t run, std::uint32_t above, std::uint32_t above_last,
                           const component_rules& rules);
  void unite(std::uint32_t a, std::uint32_t b);
  std::uint32_t root_of(std::uint32_t run);
  void sort_by_colour(machine& m, std::uint32_t colours);
  void place_cells(machine& m);

  colour_run* runs_; // in reading order
  std::uint32_t size_ = 0;
  std::uint32_t* order_ = nullptr;  // of runs
  std::uint32_t* places_ = nullptr; // in that order
  std::uint32_t* starts_ = nullptr; // by component
  std::uint32_t components_ = 0;
};

template <class Colour>
component_search::component_search(machine& m, std::uint32_t height, std::uint32_t width,
                                   const Colour& colour, std::uint32_t colours,
                                   std::uint32_t background, const component_rules& rules)
    : runs_(m.scratch<colour_run>(std::uint64_t{height} * width)) {
  m.charge(std::uint64_t{4} * height * width); // as many runs, at worst: to be joined, and sorted
  std::uint32_t above = 0; // the first run of the row above that may touch the next
  for (std::uint32_t i = 0; i < height; ++i) {
    const std::uint32_t row_first = size_;
    for (std::uint32_t j = 0; j < width;) {
      const std::uint32_t first = j;
      const std::uint32_t number = colour(i, first);
      while (++j < width && colour(i, j) == number) {
      }
      if (number == background) continue;
      runs_[size_] = {number, i, first, j, size_};
      if (size_ > row_first) join_left(size_, rules);
      above = join_above(size_, above, row_first, rules);
      ++size_;
    }
    above = row_first;
  }
  sort_by_colour(m, colours);
  place_cells(m);
}

inline void component_search::join_left(std::uint32_t run, const component_rules& rules) {
  if (!rules.one_colour && runs_[run - 1].last == runs_[run].first) unite(run - 1, run);
}

/// Returns where the search may start for the next run of the row.
inline std::uint32_t component_search::join_above(std::uint32_t run, std::uint32_t above,
                                                  std::uint32_t above_last,
                                                  const component_rules& rules) {
  const colour_run here = runs_[run];
  const std::uint32_t reach = rules.diagonal ? 1 : 0;
  while (above < above_last && runs_[above].last + reach <= here.first) ++above;
  for (std::uint32_t k = above; k < above_last && runs_[k].first < here.last + reach; ++k) {
    if (!rules.one_colour || runs_[k].colour == here.colour) unite(k, run);
  }
  return above;
}

inline void component_search::unite(std::uint32_t a, std::uint32_t b) {
  a = root_of(a);
  b = root_of(b);
  runs_[(std::max)(a, b)].parent = (std::min)(a, b);
}

inline std::uint32_t component_search::root_of(std::uint32_t run) {
  while (runs_[run].parent != run) {
    runs_[run].parent = runs_[runs_[run].parent].parent;
    run = runs_[run].parent;
  }
  return run;
}

/// Stable, so runs of one colour stay in reading order.
inline void component_search::sort_by_colour(machine& m, std::uint32_t colours) {
  auto* const places = m.scratch<std::uint32_t>(colours);
  std::fill_n(places, colours, 0U);
  std::uint32_t lowest = colours;
  std::uint32_t highest = 0;
  for (std::uint32_t k = 0; k < size_; ++k) {
    const std::uint32_t colour = runs_[k].colour;
    ++places[colour];
    lowest = (std::min)(lowest, colour);
    highest = (std::max)(highest, colour);
  }
  std::uint32_t next = 0;
  for (std::uint32_t colour = lowest; colour <= highest && size_ != 0; ++colour) {
    const std::uint32_t count = places[colour];
    places[colour] = next;
    next += count;
  }
  order_ = m.scratch<std::uint32_t>(size_);
  for (std::uint32_t k = 0; k < size_; ++k) order_[places[runs_[k].colour]++] = k;
}

inline void component_search::place_cells(machine& m) {
  auto* const sizes = m.scratch<std::uint32_t>(size_); // by root, of what is not yet met
  auto* const next = m.scratch<std::uint32_t>(size_);  // by root, where cells go
  places_ = m.scratch<std::uint32_t>(size_);
  starts_ = m.scratch<std::uint32_t>(std::uint64_t{size_} + 1);
  std::fill_n(sizes, size_, 0U);
  for (std::uint32_t k = 0; k < size_; ++k) {
    runs_[k].parent = runs_[runs_[k].parent].parent; // the root: that of its parent is known
    sizes[runs_[k].parent] += runs_[k].size();
  }
  std::uint32_t used = 0;
  for (std::uint32_t k = 0; k < size_; ++k) {
    const colour_run& run = runs_[order_[k]];
    if (sizes[run.parent] != 0) {
      starts_[components_++] = next[run.parent] = used;
      used += sizes[run.parent];
      sizes[run.parent] = 0;
    }
    places_[k] = next[run.parent];
    next[run.parent] += run.size();
  }
  starts_[components_] = used;
}

} // namespace arc::detail

#endif
