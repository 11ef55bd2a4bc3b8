// SPDX-License-Identifier: MIT
//
// What a terminal can show: colours, and how many columns.
//
//   const bool coloured = example::wants_colour(stdout);
//   const std::size_t columns = example::terminal_width(stdout);
#ifndef ORDERLY_EXAMPLES_SUPPORT_TERMINAL_HPP
#define ORDERLY_EXAMPLES_SUPPORT_TERMINAL_HPP

#include <charconv>     // COLUMNS
#include <cstddef>      // size_t
#include <cstdio>       // FILE
#include <cstdlib>      // getenv
#include <string_view>  // what the environment says
#include <system_error> // errc

#if defined(__unix__) || defined(__APPLE__)
#include <sys/ioctl.h> // the window's size
#include <unistd.h>    // isatty
#endif

namespace example {

/// By the rule of no-color.org: any text in NO_COLOR, but none at all, switches colours off. So does
/// a terminal whose TERM is absent, empty or "dumb".
inline bool wants_colour(bool terminal, const char* no_color, const char* term) {
  const std::string_view kind = term == nullptr ? "" : term;
  return terminal && (no_color == nullptr || *no_color == '\0') && !kind.empty() && kind != "dumb";
}

/// The same for an open file and this process's environment.
inline bool wants_colour(std::FILE* out) {
#if defined(__unix__) || defined(__APPLE__)
  const bool terminal = ::isatty(::fileno(out)) != 0;
#else
  const bool terminal = false;
  static_cast<void>(out);
#endif
  return wants_colour(terminal, std::getenv("NO_COLOR"), std::getenv("TERM"));
}

/// What the user says in COLUMNS, if it is a whole number above 0; else what the window has; 80 where
/// that is not known either, as a window of 0 says.
inline std::size_t terminal_width(const char* columns, std::size_t window) {
  const std::string_view said = columns == nullptr ? "" : columns;
  std::size_t number = 0;
  const char* const end = said.data() + said.size();
  const auto [stop, error] = std::from_chars(said.data(), end, number);
  if (error == std::errc() && stop == end && number > 0) return number;
  return window > 0 ? window : 80;
}

/// The same for an open file and this process's environment.
inline std::size_t terminal_width(std::FILE* out) {
  std::size_t window = 0;
#if defined(__unix__) || defined(__APPLE__)
  struct winsize size {};
  if (::ioctl(::fileno(out), TIOCGWINSZ, &size) == 0) window = size.ws_col;
#else
  static_cast<void>(out);
#endif
  return terminal_width(std::getenv("COLUMNS"), window);
}

} // namespace example

#endif
