// SPDX-License-Identifier: MIT
//
// UTF-8, as strictly as RFC 3629: no overlong forms, no surrogates, nothing beyond U+10FFFF.
//
//   example::utf8_size("\xc3\xa9t\xc3\xa9");         // 2
//   example::utf8_size("\xe9t\xe9");               // 0: Latin-1
#ifndef ORDERLY_EXAMPLES_SUPPORT_UTF8_HPP
#define ORDERLY_EXAMPLES_SUPPORT_UTF8_HPP

#include <cstddef>     // size_t
#include <string>      // text to add to
#include <string_view> // text to read

namespace example {

/// How many bytes the first character has; 0 if the text, not empty, does not begin with UTF-8.
inline std::size_t utf8_size(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  if (first < 0xc2 || first > 0xf4) return 0;
  const std::size_t size = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  if (text.size() < size) return 0;
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xc0U) != 0x80U) return 0;
  }
  const unsigned second = byte(1);
  const bool overlong = (first == 0xe0 && second < 0xa0) || (first == 0xf0 && second < 0x90);
  const bool surrogate = first == 0xed && second >= 0xa0;
  const bool too_large = first == 0xf4 && second >= 0x90;
  return overlong || surrogate || too_large ? 0 : size;
}

/// The text without the byte order mark that it may begin with.
inline std::string_view without_mark(std::string_view text) {
  return text.substr(0, 3) == "\xef\xbb\xbf" ? text.substr(3) : text;
}

/// Adds a code point, which is no surrogate and at most 0x10ffff.
inline void append_utf8(unsigned code, std::string& result) {
  const auto put = [&](unsigned byte) { result += static_cast<char>(byte); };
  const auto tail = [&](unsigned shift) { put(0x80U | ((code >> shift) & 0x3fU)); };
  if (code < 0x80) return put(code);
  if (code < 0x800) {
    put(0xc0U | (code >> 6U));
  } else if (code < 0x10000) {
    put(0xe0U | (code >> 12U));
    tail(6);
  } else {
    put(0xf0U | (code >> 18U));
    tail(12);
    tail(6);
  }
  tail(0);
}

} // namespace example

#endif
