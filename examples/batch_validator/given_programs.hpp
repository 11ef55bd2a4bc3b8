// SPDX-License-Identifier: MIT
//
// The programs that commands work on which need them without mistakes.
#ifndef ORDERLY_EXAMPLES_ARC_GIVEN_PROGRAMS_HPP
#define ORDERLY_EXAMPLES_ARC_GIVEN_PROGRAMS_HPP

#include "program_record.hpp"
#include "source_text.hpp"

#include <cstdio>  // standard error
#include <utility> // move

namespace arc {

/// use(source_program) for every good one of a source, in order. The mistakes of the others go to
/// standard error. False: there were any. Source: see program_source.
template <class Source, class Use>
bool for_each_good_program(Source& source, Use&& use) {
  bool all_good = true;
  while (auto next = source.next()) {
    for (const diagnostic& mistake : next->parsed.mistakes) {
      std::fprintf(stderr, "%s\n", text_of(mistake).c_str());
    }
    if (next->parsed.is_good()) {
      use(std::move(*next));
    } else {
      all_good = false;
    }
  }
  return all_good;
}

} // namespace arc

#endif
