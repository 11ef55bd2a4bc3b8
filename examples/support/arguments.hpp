// SPDX-License-Identifier: MIT
//
// A strict reader of command lines: every mistake is named, none is guessed around.
//
// Options are `--name value` or `--name=value`; a flag is `--name`. Unknown names (with the nearest
// known one), options given twice, missing values, stray words and numbers out of range are
// `usage_error`s whose text names the option, or quotes the stray word.
//
//   const example::option_spec known[] = {{"--sessions"}, {"--quiet", false}};
//   const example::arguments given({"--sessions", "1000"}, known);
//   given.whole("--sessions", 1, 1'000'000);      // 1000
//   given.has("--quiet");                         // false
#ifndef ORDERLY_EXAMPLES_SUPPORT_ARGUMENTS_HPP
#define ORDERLY_EXAMPLES_SUPPORT_ARGUMENTS_HPP

#include <algorithm>        // min, find_if
#include <charconv>         // from_chars
#include <cstddef>          // size_t
#include <cstdint>          // whole numbers
#include <initializer_list> // the words of a choice
#include <map>              // options given
#include <optional>         // options that may be absent
#include <span>             // the known options
#include <stdexcept>        // runtime_error
#include <string>           // messages
#include <string_view>      // names and values
#include <system_error>     // errc
#include <vector>           // words, distances

namespace example {

/// The command line asks for something that cannot be done; the text says what and why.
class usage_error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// An option the program knows: its name with the dashes, and whether a value follows.
struct option_spec {
  std::string_view name;
  bool takes_value = true;
};

/// How many letters must be changed, added or removed to turn one word into the other.
inline std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j < row.size(); ++j) row[j] = j;
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t changed = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = (std::min)({row[j] + 1, row[j + 1] + 1, changed});
    }
  }
  return row.back();
}

/// " (did you mean WORD?)" for the nearest of the words, or nothing if none is near.
template <class Words>
std::string suggestion(std::string_view wrong, const Words& words) {
  std::string_view best;
  std::size_t least = (std::max)(std::size_t{2}, wrong.size() / 3) + 1;
  for (const std::string_view word : words) {
    const std::size_t distance = edit_distance(wrong, word);
    if (distance < least) least = distance, best = word;
  }
  return best.empty() ? std::string() : " (did you mean " + std::string(best) + "?)";
}

/// The options of one command line.
class arguments {
 public:
  arguments(std::span<const std::string_view> words, std::span<const option_spec> known) {
    for (std::size_t i = 0; i < words.size(); ++i) i += read(words, i, known);
  }

  bool has(std::string_view name) const { return given_.count(name) != 0; }

  /// The value as text; absent if the option was not given. It cannot be empty.
  std::optional<std::string_view> text(std::string_view name) const {
    const auto found = given_.find(name);
    if (found == given_.end()) return std::nullopt;
    if (found->second.empty()) throw usage_error(std::string(name) + ": the value is empty");
    return found->second;
  }

  /// A whole number in [low, high]; absent if the option was not given.
  std::optional<std::uint64_t> optional_whole(std::string_view name, std::uint64_t low,
                                              std::uint64_t high) const {
    const auto value = text(name);
    if (!value) return std::nullopt;
    std::uint64_t number = 0;
    const char* const end = value->data() + value->size();
    const auto [stop, error] = std::from_chars(value->data(), end, number);
    if (error != std::errc() || stop != end || number < low || number > high) {
      throw usage_error(std::string(name) + ": '" + std::string(*value) +
                        "' is not a whole number from " + std::to_string(low) + " to " +
                        std::to_string(high));
    }
    return number;
  }

  /// The same for an option that must be given.
  std::uint64_t whole(std::string_view name, std::uint64_t low, std::uint64_t high) const {
    const auto number = optional_whole(name, low, high);
    if (!number) throw usage_error(std::string(name) + ": this option is required");
    return *number;
  }

  /// One of the words; the first if the option was not given.
  std::string_view choice(std::string_view name,
                          std::initializer_list<std::string_view> words) const {
    const auto value = text(name);
    if (!value) return *words.begin();
    for (const std::string_view word : words) {
      if (word == *value) return word;
    }
    std::string allowed;
    for (const std::string_view word : words) {
      allowed += (allowed.empty() ? "" : ", ") + std::string(word);
    }
    throw usage_error(std::string(name) + ": '" + std::string(*value) + "' is not one of " +
                      allowed);
  }

 private:
  /// Reads the option at words[i]; the result is how many further words it used.
  std::size_t read(std::span<const std::string_view> words, std::size_t i,
                   std::span<const option_spec> known) {
    const std::string_view name = words[i].substr(0, words[i].find('='));
    const bool joined = name.size() < words[i].size();
    const option_spec& option = find(words[i], name, known);
    if (!option.takes_value) {
      if (joined) throw usage_error(std::string(name) + ": this option takes no value");
      enter(option.name, "");
      return 0;
    }
    if (joined) {
      enter(option.name, words[i].substr(name.size() + 1));
      return 0;
    }
    if (i + 1 == words.size() || words[i + 1].substr(0, 2) == "--") {
      throw usage_error(std::string(name) + ": a value is missing");
    }
    enter(option.name, words[i + 1]);
    return 1;
  }

  /// The option of that name; the word it was read from is quoted if it is no option at all.
  static const option_spec& find(std::string_view word, std::string_view name,
                                 std::span<const option_spec> known) {
    const auto found = std::find_if(known.begin(), known.end(),
                                    [&](const option_spec& option) { return option.name == name; });
    if (found != known.end()) return *found;
    if (name.substr(0, 1) != "-") {
      throw usage_error("unexpected argument '" + std::string(word) + "'");
    }
    std::vector<std::string_view> names;
    for (const option_spec& option : known) names.push_back(option.name);
    throw usage_error("unknown option " + std::string(name) + suggestion(name, names));
  }

  void enter(std::string_view name, std::string_view value) {
    if (!given_.emplace(name, value).second) {
      throw usage_error(std::string(name) + ": given more than once");
    }
  }

  std::map<std::string_view, std::string_view> given_; // views of the caller's words
};

} // namespace example

#endif
