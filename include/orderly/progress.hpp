// SPDX-License-Identifier: MIT
//
// orderly/progress.hpp: how far a run is, how fast it goes, when it will be done.
//
// A `progress` is called with counts and now and then writes one line: on a terminal the same line
// again and again, with a bar; elsewhere a plain line, rarely, so that a log stays readable. It has
// no thread of its own and nobody waits for it. Give it to an ordered run as its observer:
//
//   orderly::progress line("sessions");
//   orderly::ordered_options options;
//   options.observer = line;
//   orderly::ordered_for_each(pool, range, 1024, map, sink, options);
//
// It reads the clock, and so it must not decide anything: it only shows.
#ifndef ORDERLY_PROGRESS_HPP
#define ORDERLY_PROGRESS_HPP

#include <chrono>      // rate and remaining time
#include <cstdint>     // uint64_t
#include <cstdio>      // FILE, fprintf, snprintf
#include <type_traits> // is_invocable_v

#if defined(__unix__) || defined(__APPLE__)
#include <unistd.h> // isatty
#endif

namespace orderly {
inline namespace v0 {

// How much of a run is merged. Units: items; a total of 0 means that it is not known.
struct progress_count {
  std::uint64_t done = 0;
  std::uint64_t total = 0;
};

// Refers to something that wants to know: a `progress`, or any object f with f(count). Does not own
// it: the object must outlive the run that calls it, so a temporary is refused.
class progress_observer {
 public:
  progress_observer() = default;

  /// Blocking: no. Thread-safety: a value. Exceptions: none.
  template <class F>
  requires(!std::is_same_v<std::remove_const_t<F>, progress_observer> &&
           std::is_invocable_v<F&, const progress_count&>) progress_observer(F& observer)
  noexcept // NOLINT: meant to convert
      : object_(&const_cast<char&>(reinterpret_cast<const volatile char&>(observer))),
        call_(
            [](void* object, const progress_count& count) { (*static_cast<F*>(object))(count); }) {}

  /// Whether there is somebody to tell. Blocking: no. Thread-safety: a value. Exceptions: none.
  explicit operator bool() const noexcept { return call_ != nullptr; }

  /// Tells the observer. Blocking, Thread-safety, Exceptions: as the observer's.
  void operator()(const progress_count& count) const { call_(object_, count); }

 private:
  void* object_ = nullptr;
  void (*call_)(void*, const progress_count&) = nullptr;
};

class progress {
 public:
  using clock = std::chrono::steady_clock;

  /// A line about `noun` (plural; kept by pointer) on `out`. The clock starts now.
  /// Blocking: no. Thread-safety: as any constructor. Exceptions: none.
  explicit progress(const char* noun, std::FILE* out = stderr) noexcept
      : progress(noun, out, is_terminal(out)) {}

  /// The same, told whether `out` is a terminal.
  /// Blocking: no. Thread-safety: as any constructor. Exceptions: none.
  progress(const char* noun, std::FILE* out, bool terminal) noexcept
      : noun_(noun), out_(out), terminal_(terminal) {}

  progress(const progress&) = delete;
  progress& operator=(const progress&) = delete;

  /// Ends a line begun on a terminal.
  ~progress() { finish(); }

  /// Takes note of the counts, and writes them if the last writing was long enough ago: 10 times a
  /// second on a terminal, every 10 seconds elsewhere; the last count of a known total is always
  /// written. What the stream does not take is dropped.
  /// Blocking: as fprintf. Thread-safety: one thread at a time. Exceptions: none.
  void operator()(const progress_count& count) noexcept {
    count_ = count;
    const bool complete = count.total != 0 && count.done >= count.total;
    const clock::time_point now = clock::now();
    if (complete ? complete_written_ : now < next_writing_) return;
    complete_written_ = complete;
    next_writing_ = now + (terminal_ ? std::chrono::milliseconds(100) : std::chrono::seconds(10));
    write(now);
  }

  /// Ends the line on a terminal, so that other output starts on a new one. Idempotent.
  /// Blocking: as fprintf. Thread-safety: one thread at a time. Exceptions: none.
  void finish() noexcept {
    if (line_open_) std::fputc('\n', out_);
    line_open_ = false;
    std::fflush(out_);
  }

  /// The counts last told.
  /// Blocking: no. Thread-safety: one thread at a time. Exceptions: none.
  [[nodiscard]] progress_count count() const noexcept { return count_; }

  /// Items per second since the start.
  /// Blocking: no. Thread-safety: one thread at a time. Exceptions: none. Units: items per second.
  [[nodiscard]] double rate(clock::time_point now) const noexcept {
    const double seconds = std::chrono::duration<double>(now - start_).count();
    return seconds > 0 ? static_cast<double>(count_.done) / seconds : 0;
  }

 private:
  static bool is_terminal(std::FILE* out) noexcept {
#if defined(__unix__) || defined(__APPLE__)
    return ::isatty(::fileno(out)) != 0;
#else
    static_cast<void>(out);
    return false;
#endif
  }

  // "sessions [#####.....]  50.0 %  5000 of 10000, 1234 a second, 0:04 left"
  void write(clock::time_point now) noexcept {
    char line[160];
    const double per_second = rate(now);
    int length = 0;
    if (count_.total == 0) {
      length = std::snprintf(line, sizeof line, "%s: %llu, %.0f a second", noun_,
                             number(count_.done), per_second);
    } else {
      char bar[32] = "";
      const double share = static_cast<double>(count_.done) / static_cast<double>(count_.total);
      if (terminal_) draw_bar(bar, share);
      const std::uint64_t left_over = count_.done < count_.total ? count_.total - count_.done : 0;
      const auto rest = static_cast<double>(left_over);
      const double seconds = per_second > 0 ? rest / per_second + 0.5 : 0;
      // Nobody waits for 100,000 hours; beyond that the figure stays.
      const auto left = static_cast<unsigned long long>(seconds < 3.6e8 ? seconds : 3.6e8);
      length = std::snprintf(line, sizeof line,
                             "%s %s%5.1f %%  %llu of %llu, %.0f a second, %llu:%02llu left", noun_,
                             bar, 100 * share, number(count_.done), number(count_.total),
                             per_second, left / 60, left % 60);
    }
    if (length < 0) return;
    // "\33[K" wipes what a longer line has left behind.
    std::fprintf(out_, terminal_ ? "\r%s\33[K" : "%s\n", line);
    std::fflush(out_);
    line_open_ = terminal_;
  }

  static void draw_bar(char (&bar)[32], double share) noexcept {
    constexpr int width = 20;
    const int full = static_cast<int>(share * width);
    bar[0] = '[';
    for (int i = 0; i < width; ++i) bar[1 + i] = i < full ? '#' : '.';
    bar[1 + width] = ']';
    bar[2 + width] = ' ';
    bar[3 + width] = '\0';
  }

  static unsigned long long number(std::uint64_t n) noexcept { return n; }

  const char* noun_;
  std::FILE* out_;
  bool terminal_;
  bool line_open_ = false;
  bool complete_written_ = false;
  progress_count count_{};
  clock::time_point start_ = clock::now();
  clock::time_point next_writing_ = start_ + std::chrono::milliseconds(100);
};

} // namespace v0
} // namespace orderly

#endif // ORDERLY_PROGRESS_HPP
