// SPDX-License-Identifier: MIT
//
// Text for HTML and SVG: strangers' words made harmless, numbers as people read them.
//
//   example::escaped("<b> & \"c\"");              // "&lt;b&gt; &amp; &quot;c&quot;"
//   example::fixed_text(-1234.5, 2);              // "−1,234.50"
//   example::whole_text(1'000'000);               // "1,000,000"
//   example::path_number(12.346);                 // "12.35"
//
// Numbers use the minus sign U+2212, as wide as a plus, and a comma between thousands. Text is taken
// as UTF-8 and passed through; control characters, which HTML forbids, become spaces.
#ifndef ORDERLY_EXAMPLES_SUPPORT_HTML_TEXT_HPP
#define ORDERLY_EXAMPLES_SUPPORT_HTML_TEXT_HPP

#include <algorithm>   // clamp, all_of
#include <charconv>    // to_chars
#include <cmath>       // isfinite
#include <concepts>    // integral
#include <cstdint>     // hundredths
#include <string>      // the texts
#include <string_view> // what to escape

namespace example {

/// Fit for an element's content and for an attribute's value in quotes of either kind.
inline std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    switch (c) {
    case '&':
      result += "&amp;";
      break;
    case '<':
      result += "&lt;";
      break;
    case '>':
      result += "&gt;";
      break;
    case '"':
      result += "&quot;";
      break;
    case '\'':
      result += "&#39;";
      break;
    default:
      result += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c;
    }
  }
  return result;
}

namespace detail {
/// The digits of a number that is not negative, perhaps with decimals, with commas and a sign.
inline std::string readable(bool negative, std::string digits) {
  const std::size_t point = digits.find('.');
  for (std::size_t i = point == std::string::npos ? digits.size() : point; i > 3; i -= 3) {
    digits.insert(i - 3, 1, ',');
  }
  return (negative ? "\u2212" : "") + digits;
}
} // namespace detail

/// With that many decimals; a dash for what is no number.
inline std::string fixed_text(double value, int places) {
  if (!std::isfinite(value)) return "\u2013";
  char buffer[400]; // the largest double has 309 digits before the point
  char* const end = std::to_chars(buffer, buffer + sizeof buffer, value < 0 ? -value : value,
                                  std::chars_format::fixed, places)
                        .ptr;
  const std::string digits(buffer, end);
  const bool nothing =
      std::all_of(digits.begin(), digits.end(), [](char c) { return c == '0' || c == '.'; });
  return detail::readable(value < 0 && !nothing, digits);
}

template <std::integral Integer>
std::string whole_text(Integer value) {
  const std::string digits = std::to_string(value);
  return value < 0 ? detail::readable(true, digits.substr(1)) : detail::readable(false, digits);
}

/// The same with a plus before what is positive.
template <std::integral Integer>
std::string signed_text(Integer value) {
  return (value > 0 ? "+" : "") + whole_text(value);
}

/// A coordinate for SVG, rounded to hundredths. What is far outside any picture stays far outside.
inline std::string path_number(double value) {
  const double near = std::clamp(std::isfinite(value) ? value : 0.0, -1e6, 1e6);
  const auto hundredths = static_cast<std::int64_t>(near * 100 + (near < 0 ? -0.5 : 0.5));
  const std::int64_t size = hundredths < 0 ? -hundredths : hundredths;
  std::string text = (hundredths < 0 ? "-" : "") + std::to_string(size / 100);
  if (size % 100 == 0) return text;
  text += '.';
  text += static_cast<char>('0' + size / 10 % 10);
  if (size % 10 != 0) text += static_cast<char>('0' + size % 10);
  return text;
}

} // namespace example

#endif
