// SPDX-License-Identifier: MIT
#include "orderly/progress.hpp"

#include "support/catch.hpp"

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <thread>

using orderly::progress;
using orderly::progress_count;

namespace {

// A temporary file and what was written to it.
class capture {
 public:
  capture() : file_(std::tmpfile()) { REQUIRE(file_ != nullptr); }
  capture(const capture&) = delete;
  capture& operator=(const capture&) = delete;
  ~capture() { std::fclose(file_); }

  std::FILE* file() const { return file_; }
  std::string text() const {
    std::string all;
    std::rewind(file_);
    for (int c; (c = std::fgetc(file_)) != EOF;) all += static_cast<char>(c);
    return all;
  }

 private:
  std::FILE* file_;
};

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::size_t occurrences(const std::string& text, const std::string& part) {
  std::size_t n = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++n;
  return n;
}

// The rate is unknown to a test; it is cut out.
std::string without_rate(std::string line) {
  const std::size_t end = line.find(" a second");
  const std::size_t begin = line.rfind(' ', end - 1);
  return end == std::string::npos ? line : line.erase(begin, end - begin);
}

// Tells counts until `line` has waited long enough to write one (not a threshold: it ends).
void tell_until_written(progress& line, const capture& out, const progress_count& count) {
  while (out.text().empty()) {
    line(count);
    std::this_thread::yield();
  }
}

} // namespace

TEST_CASE("progress: on a file the last count is a plain line", "[progress]") {
  capture out;
  progress line("sessions", out.file());
  line({200, 200});
  CHECK(without_rate(out.text()) == "sessions 100.0 %  200 of 200, a second, 0:00 left\n");
}

TEST_CASE("progress: the last count is written once, however often it is told", "[progress]") {
  capture out;
  {
    progress line("items", out.file(), false);
    line({1, 3}); // too soon after the start
    line({3, 3});
    line({3, 3});
    line.finish();
  }
  CHECK(occurrences(out.text(), "\n") == 1);
  CHECK(contains(out.text(), "3 of 3"));
}

TEST_CASE("progress: the last count is written even right after another line", "[progress]") {
  capture out;
  progress line("items", out.file(), false);
  tell_until_written(line, out, {1, 4});
  CHECK(contains(out.text(), "items  25.0 %  1 of 4, "));
  line({2, 4}); // the next plain line is 10 s away
  line({4, 4});
  CHECK(occurrences(out.text(), "\n") == 2);
  CHECK_FALSE(contains(out.text(), "2 of 4"));
  CHECK(contains(out.text(), "4 of 4"));
}

TEST_CASE("progress: nothing is written before the first interval, nor without counts",
          "[progress]") {
  capture out;
  { progress line("items", out.file(), false); }
  { progress line("items", out.file(), true); }
  CHECK(out.text().empty());
}

TEST_CASE("progress: an unknown total gives the count alone", "[progress]") {
  capture out;
  progress line("items", out.file(), false);
  tell_until_written(line, out, {7, 0});
  CHECK(without_rate(out.text()) == "items: 7, a second\n");
}

TEST_CASE("progress: on a terminal the line is written over, with a bar, and ended once",
          "[progress][terminal]") {
  capture out;
  {
    progress line("items", out.file(), true);
    line({200, 200});
    CHECK_FALSE(contains(out.text(), "\n"));
    line.finish();
    line.finish();
  }
  CHECK(without_rate(out.text()) ==
        "\ritems [####################] 100.0 %  200 of 200, a second, 0:00 left\33[K\n");
}

TEST_CASE("progress: the bar shows the share", "[progress][terminal]") {
  capture out;
  progress line("items", out.file(), true);
  tell_until_written(line, out, {50, 100});
  CHECK(contains(out.text(), "[##########..........]  50.0 %  50 of 100"));
}

TEST_CASE("progress: the destructor ends the line on a terminal", "[progress][terminal]") {
  capture out;
  {
    progress line("items", out.file(), true);
    line({1, 1});
  }
  CHECK(out.text().back() == '\n');
}

TEST_CASE("progress: it remembers the counts last told", "[progress]") {
  capture out;
  progress line("items", out.file(), false);
  CHECK(line.count().done == 0);
  line({5, 9});
  CHECK(line.count().done == 5);
  CHECK(line.count().total == 9);
}

TEST_CASE("progress: the rate is 0 where no time has passed", "[progress]") {
  capture out;
  progress line("items", out.file(), false);
  line({5, 9});
  CHECK(line.rate(progress::clock::time_point{}) == 0);
  CHECK(line.rate(progress::clock::now() + std::chrono::hours(1)) > 0);
}

TEST_CASE("progress: more done than the total is shown as complete", "[progress]") {
  for (const bool terminal : {false, true}) {
    capture out;
    progress line("items", out.file(), terminal);
    line({300, 200});
    CHECK(contains(out.text(), "300 of 200"));
    CHECK(contains(out.text(), " 0:00 left"));
  }
}

TEST_CASE("progress: the largest counts are shown", "[progress]") {
  const std::uint64_t largest = ~std::uint64_t{0};
  capture out;
  progress line("items", out.file(), true);
  tell_until_written(line, out, {1, largest});
  CHECK(contains(out.text(), "1 of 18446744073709551615"));
  line({largest, largest});
  CHECK(contains(out.text(), "100.0 %  18446744073709551615 of 18446744073709551615"));
}

TEST_CASE("progress: a long noun is cut, not overrun", "[progress]") {
  const std::string noun(500, 'n');
  capture out;
  progress line(noun.c_str(), out.file(), false);
  line({1, 1});
  CHECK(out.text().size() == 160); // 159 characters and the end of the line
}
