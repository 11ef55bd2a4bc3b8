// SPDX-License-Identifier: MIT
//
// A strict reader of command lines: every mistake is named, none is guessed around.
//
// Options are `--name value` or `--name=value`; a flag is `--name`. Unknown names (with the nearest
// known one), options given twice, missing values, stray words and numbers out of range are
// `usage_error`s whose text names the option, or quotes the stray word.
//
// Settings of a config file (config_file.hpp) may be laid under the command line, which wins. Their
// keys are the options' names without the dashes; their errors name file, line, column and key.
//
//   const example::option_spec known[] = {{"--sessions"}, {"--quiet", false}};
//   example::arguments given({"--sessions", "1000"}, known);
//   given.whole("--sessions", 1, 1'000'000);      // 1000
//   given.has("--quiet");                         // false
//   given.lay_under(example::read_config_file("game.conf"));
//   given.whole("--hands", 1, 9);                 // "game.conf:7:8: hands: 'x' is not a whole..."
#ifndef ORDERLY_EXAMPLES_SUPPORT_ARGUMENTS_HPP
#define ORDERLY_EXAMPLES_SUPPORT_ARGUMENTS_HPP

#include <algorithm>        // min, find_if
#include <charconv>         // from_chars
#include <cstddef>          // size_t
#include <cstdint>          // whole numbers
#include <initializer_list> // the words of a choice
#include <map>              // options given
#include <memory>           // shared_ptr: settings
#include <optional>         // options that may be absent
#include <span>             // the known options
#include <stdexcept>        // runtime_error
#include <string>           // messages
#include <string_view>      // names and values
#include <system_error>     // errc
#include <utility>          // move
#include <vector>           // words, distances

namespace example {

/// The command line asks for something that cannot be done; the text says what and why.
class usage_error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The options are fine, but what they name is not: a file that cannot be read, or has a mistake. The
/// text names the file.
class input_error : public usage_error {
 public:
  using usage_error::usage_error;
};

/// An option the program knows: its name with the dashes, whether a value follows, and whether a
/// config file may set it.
struct option_spec {
  std::string_view name;
  bool takes_value = true;
  bool in_config = true;
};

/// A setting of a config file. Lines and columns count from 1, columns in bytes.
struct setting {
  std::string key;
  std::string value; // empty if there is none, as for a flag
  std::string file;
  std::size_t line = 0; // where the key begins
  std::size_t column = 0;
  std::size_t value_line = 0; // where the value begins, within its quotes if there are any
  std::size_t value_column = 0;
};

/// "game.conf:7:3: ".
inline std::string place_text(std::string_view file, std::size_t line, std::size_t column) {
  return std::string(file) + ":" + std::to_string(line) + ":" + std::to_string(column) + ": ";
}

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
  arguments(std::span<const std::string_view> words, std::span<const option_spec> known)
      : known_(known.begin(), known.end()) {
    for (std::size_t i = 0; i < words.size(); ++i) i += read(words, i);
  }

  /// Takes from the settings what was not given before. A key that is neither a known option's nor
  /// one of `elsewhere`, the options of the program's other commands, is an error.
  void lay_under(std::span<const setting> settings, std::span<const option_spec> elsewhere = {}) {
    for (const setting& each : settings) {
      const option_spec* const option = find_key(each.key, known_);
      if (option == nullptr) {
        if (find_key(each.key, elsewhere) == nullptr) refuse_key(each, elsewhere);
      } else if (option->takes_value || is_set(each)) {
        auto kept = std::make_shared<const setting>(each);
        const std::string_view value = option->takes_value ? kept->value : std::string_view();
        given_.emplace(option->name, entry{value, std::move(kept)});
      }
    }
  }

  /// Whether the option was given; a flag that a config file sets to false was not.
  bool has(std::string_view name) const { return given_.count(name) != 0; }

  /// The value as text; absent if the option was not given. It cannot be empty.
  std::optional<std::string_view> text(std::string_view name) const {
    const auto found = given_.find(name);
    if (found == given_.end()) return std::nullopt;
    if (found->second.value.empty()) fail(name, "the value is empty");
    return found->second.value;
  }

  /// The setting that the option's value comes from; null if it is not from a config file. It lives
  /// as long as these arguments or a copy of them.
  const setting* from_config(std::string_view name) const {
    const auto found = given_.find(name);
    return found == given_.end() ? nullptr : found->second.from.get();
  }

  /// What a message about the value begins with: "--hands", or "game.conf:7:8: hands".
  std::string origin(std::string_view name) const {
    const setting* const from = from_config(name);
    if (from == nullptr) return std::string(name);
    return place_text(from->file, from->value_line, from->value_column) + from->key;
  }

  /// Refuses the option's value.
  [[noreturn]] void fail(std::string_view name, const std::string& why) const {
    throw usage_error(origin(name) + ": " + why);
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
      fail(name, "'" + std::string(*value) + "' is not a whole number from " + std::to_string(low) +
                     " to " + std::to_string(high));
    }
    return number;
  }

  /// The same for an option that must be given.
  std::uint64_t whole(std::string_view name, std::uint64_t low, std::uint64_t high) const {
    const auto number = optional_whole(name, low, high);
    if (!number) fail(name, "this option is required");
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
    fail(name, "'" + std::string(*value) + "' is not one of " + allowed);
  }

 private:
  struct entry {
    std::string_view value; // of the caller's words, or of the setting
    std::shared_ptr<const setting> from;
  };

  /// Reads the option at words[i]; the result is how many further words it used.
  std::size_t read(std::span<const std::string_view> words, std::size_t i) {
    const std::string_view name = words[i].substr(0, words[i].find('='));
    const bool joined = name.size() < words[i].size();
    const option_spec& option = find(words[i], name);
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
  const option_spec& find(std::string_view word, std::string_view name) const {
    const auto found = std::find_if(known_.begin(), known_.end(),
                                    [&](const option_spec& option) { return option.name == name; });
    if (found != known_.end()) return *found;
    if (name.substr(0, 1) != "-") {
      throw usage_error("unexpected argument '" + std::string(word) + "'");
    }
    std::vector<std::string_view> names;
    for (const option_spec& option : known_) names.push_back(option.name);
    throw usage_error("unknown option " + std::string(name) + suggestion(name, names));
  }

  void enter(std::string_view name, std::string_view value) {
    if (!given_.emplace(name, entry{value, nullptr}).second) {
      throw usage_error(std::string(name) + ": given more than once");
    }
  }

  /// What a config file calls the option; empty if it cannot set it.
  static std::string_view key_of(const option_spec& option) {
    const bool named = option.in_config && option.name.substr(0, 2) == "--";
    return named ? option.name.substr(2) : std::string_view();
  }

  static const option_spec* find_key(std::string_view key, std::span<const option_spec> options) {
    const auto found = std::find_if(options.begin(), options.end(), [&](const option_spec& option) {
      return !key.empty() && key_of(option) == key;
    });
    return found == options.end() ? nullptr : &*found;
  }

  [[noreturn]] void refuse_key(const setting& wrong, std::span<const option_spec> elsewhere) const {
    std::vector<std::string_view> keys;
    for (const std::span<const option_spec> options : {std::span(known_), elsewhere}) {
      for (const option_spec& option : options) {
        if (!key_of(option).empty()) keys.push_back(key_of(option));
      }
    }
    throw usage_error(place_text(wrong.file, wrong.line, wrong.column) + "unknown key '" +
                      wrong.key + "'" + suggestion(wrong.key, keys));
  }

  static bool is_set(const setting& flag) {
    if (flag.value == "false") return false;
    if (flag.value.empty() || flag.value == "true") return true;
    throw usage_error(place_text(flag.file, flag.value_line, flag.value_column) + flag.key + ": '" +
                      flag.value + "' is not one of true, false");
  }

  std::vector<option_spec> known_;
  std::map<std::string_view, entry> given_;
};

} // namespace example

#endif
