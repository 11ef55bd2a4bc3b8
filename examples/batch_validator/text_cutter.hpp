// SPDX-License-Identifier: MIT
//
// Cuts a stream of bytes into pieces that are read one by one: lines, or the texts of programs, each
// from its header to the next. What has arrived is enough: a piece is given once its end is known.
//
//   arc::text_cutter cutter([&](char* to, std::size_t size) { return in.read(to, size); });
//   cutter.first_character();                     // '{', say: what kind of text it is
//   while (const auto piece = cutter.next_line()) take(piece->text, piece->first_line);
//
// Memory: a piece of more bytes than the limit is cut off there, and the rest of it is skipped. The
// pieces are a function of the bytes, however they arrive.
#ifndef ORDERLY_EXAMPLES_ARC_TEXT_CUTTER_HPP
#define ORDERLY_EXAMPLES_ARC_TEXT_CUTTER_HPP

#include "source_text.hpp"

#include <algorithm>   // max, copy
#include <cstddef>     // size_t
#include <functional>  // the stream
#include <optional>    // the end of the stream
#include <string>      // the buffer
#include <string_view> // pieces
#include <utility>     // move, exchange

namespace arc {

/// The largest line of JSON Lines, and the largest text from a header to the next, in bytes.
inline constexpr std::size_t largest_piece = std::size_t{16} << 20U;

struct text_piece {
  std::string_view text; ///< of a line without its end "\n"
  std::size_t first_line = 1;
  bool is_whole = true; ///< else the text is as much of it as the limit allows
};

class text_cutter {
 public:
  /// Puts some bytes where it is told, at most as many as that; 0 at the end.
  using read_function = std::function<std::size_t(char* to, std::size_t size)>;

  explicit text_cutter(read_function read, std::size_t limit = largest_piece)
      : read_(std::move(read)), limit_(limit) {}

  /// Skips a byte order mark and blank lines; to be called before anything else. The first byte that
  /// is no blank, or NUL if there is none up to the limit.
  char first_character();

  // A piece is valid until the next call. Exceptions: the stream's.

  std::optional<text_piece> next_line();
  /// From the place ahead to before the next line whose first word is "def".
  std::optional<text_piece> next_program();

  /// Whether a line is behind what was given without reading on.
  bool has_line() const { return bytes().find('\n', used_) != std::string_view::npos; }

 private:
  enum class ahead { start, rest_of_line, rest_of_program };

  static constexpr std::size_t chunk = 65'536;

  std::string_view bytes() const { return {buffer_.data() + begin_, end_ - begin_}; }
  /// False at the end.
  bool fill();
  void make_room();
  bool is_empty() { return begin_ == end_ && !fill(); }

  /// Of the next "\n", counted from the place ahead; npos if there is none before the stream's end,
  /// or it is beyond the limit.
  std::size_t find_line_end(std::size_t from);
  bool is_header_at(std::size_t at);
  void skip_line();
  /// To the end of what was given.
  void leave_piece();
  text_piece give(std::size_t size, std::size_t used, std::size_t lines);
  text_piece give_part(std::size_t used, std::size_t lines, ahead what);

  read_function read_;
  std::size_t limit_;
  std::string buffer_;
  std::size_t begin_ = 0; // the place ahead
  std::size_t end_ = 0;   // of what has arrived
  bool ended_ = false;
  std::size_t line_ = 1;       // at the place ahead
  std::size_t used_ = 0;       // bytes ahead that were given
  std::size_t used_lines_ = 0; // lines that end in them
  ahead ahead_ = ahead::start; // behind what was given
};

/// Keeps what is ahead at the front, so that the buffer has no need to become larger than that.
inline void text_cutter::make_room() {
  if (begin_ == end_) begin_ = end_ = 0;
  if (buffer_.size() - end_ >= chunk / 2) return;
  std::copy(buffer_.begin() + static_cast<std::ptrdiff_t>(begin_),
            buffer_.begin() + static_cast<std::ptrdiff_t>(end_), buffer_.begin());
  end_ -= std::exchange(begin_, 0);
  if (buffer_.size() - end_ < chunk) buffer_.resize((std::max)(2 * chunk, 2 * end_));
}

inline bool text_cutter::fill() {
  if (ended_) return false;
  make_room();
  const std::size_t count = read_(buffer_.data() + end_, buffer_.size() - end_);
  ended_ = count == 0;
  end_ += count;
  return !ended_;
}

inline char text_cutter::first_character() {
  constexpr std::string_view mark = "\xef\xbb\xbf";
  while (bytes().size() < mark.size() && mark.starts_with(bytes()) && fill()) {
  }
  if (bytes().starts_with(mark)) begin_ += mark.size();
  for (std::size_t at = 0;;) { // blanks before it are not looked at again
    at = skip_blanks(bytes(), at);
    if (at >= limit_) return '\0';
    const std::string_view rest = bytes().substr(at, 2);
    if (rest.starts_with("\n") || rest == "\r\n") {
      begin_ += std::exchange(at, 0) + rest.find('\n') + 1;
      ++line_;
    } else if (!rest.empty() && rest != "\r") {
      return rest[0];
    } else if (!fill()) {
      return rest.empty() ? '\0' : rest[0];
    }
  }
}

inline std::size_t text_cutter::find_line_end(std::size_t from) {
  for (;;) {
    const std::size_t found = bytes().find('\n', from);
    if (found != std::string_view::npos) return found <= limit_ ? found : std::string_view::npos;
    from = bytes().size();
    if (from > limit_ || !fill()) return std::string_view::npos;
  }
}

/// A header is noticed as soon as its first word is there.
inline bool text_cutter::is_header_at(std::size_t at) {
  constexpr std::string_view keyword = "def";
  const std::size_t farthest = at + limit_;
  for (;;) {
    at = skip_blanks(bytes(), at);
    if (at >= farthest) return false;
    const std::string_view word = bytes().substr(at, keyword.size() + 1);
    if (word.size() > keyword.size()) {
      return word.starts_with(keyword) && !line_words::is_word_part(word[keyword.size()]);
    }
    if (!keyword.starts_with(word)) return false;
    if (!fill()) return word == keyword;
  }
}

inline void text_cutter::skip_line() {
  for (;;) {
    const std::size_t end = bytes().find('\n');
    if (end != std::string_view::npos) {
      begin_ += end + 1;
      ++line_;
      return;
    }
    begin_ = end_;
    if (!fill()) return;
  }
}

inline void text_cutter::leave_piece() {
  begin_ += std::exchange(used_, 0);
  line_ += std::exchange(used_lines_, 0);
  const ahead what = std::exchange(ahead_, ahead::start);
  if (what == ahead::start) return;
  skip_line();
  if (what == ahead::rest_of_line) return;
  while (!is_empty() && !is_header_at(0)) skip_line();
}

inline text_piece text_cutter::give(std::size_t size, std::size_t used, std::size_t lines) {
  used_ = used;
  used_lines_ = lines;
  return {bytes().substr(0, size), line_, true};
}

inline text_piece text_cutter::give_part(std::size_t used, std::size_t lines, ahead what) {
  ahead_ = what;
  text_piece part = give(limit_, used, lines);
  part.is_whole = false;
  return part;
}

inline std::optional<text_piece> text_cutter::next_line() {
  leave_piece();
  if (is_empty()) return std::nullopt;
  const std::size_t end = find_line_end(0);
  if (end != std::string_view::npos) return give(end, end + 1, 1);
  if (bytes().size() > limit_) return give_part(0, 0, ahead::rest_of_line);
  return give(bytes().size(), bytes().size(), 0);
}

inline std::optional<text_piece> text_cutter::next_program() {
  leave_piece();
  if (is_empty()) return std::nullopt;
  std::size_t at = 0; // the line that may be the next header
  for (std::size_t lines = 0;; ++lines) {
    const std::size_t end = find_line_end(at);
    const bool last = end == std::string_view::npos;
    if (last && bytes().size() <= limit_) return give(bytes().size(), bytes().size(), lines);
    if (last || end == limit_) return give_part(at, lines, ahead::rest_of_program);
    at = end + 1;
    if (is_header_at(at)) return give(at, at, lines + 1);
  }
}

} // namespace arc

#endif
