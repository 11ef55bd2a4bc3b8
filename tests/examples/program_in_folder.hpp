// SPDX-License-Identifier: MIT
//
// Starts programs in a folder of their own, and reads what they leave there.
//
//   const temporary_folder folder;
//   CHECK(run_in(folder, "date >today") == 0);
//   content_of(folder, "today");
//
// Needs a POSIX shell: tests include it where there is one.
#ifndef ORDERLY_TESTS_EXAMPLES_PROGRAM_IN_FOLDER_HPP
#define ORDERLY_TESTS_EXAMPLES_PROGRAM_IN_FOLDER_HPP

#include "support/json_reader.hpp"

#include "temporary_folder.hpp"

#include <cstddef>    // positions in texts
#include <cstdlib>    // system
#include <filesystem> // names in a folder
#include <set>        // names in a folder
#include <string>     // commands, contents

#include <sys/wait.h> // the exit code

/// Runs a shell command inside the folder. Output goes to the files "out" and "err" there; the
/// result is the exit code.
inline int run_in(const temporary_folder& folder, const std::string& command) {
  const std::string line = "cd '" + folder.file("") + "' && { " + command + "; } >out 2>err";
  const int status = std::system(line.c_str());
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

inline std::string content_of(const temporary_folder& folder, const std::string& name) {
  return read_file(folder.file(name));
}

inline example::json_value json_file(const temporary_folder& folder, const std::string& name) {
  return example::read_json(content_of(folder, name));
}

/// The names in the folder, but for those of the program's standard streams.
inline std::set<std::string> names_in(const temporary_folder& folder,
                                      const std::string& subfolder = "") {
  std::set<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder.file(subfolder))) {
    names.insert(entry.path().filename().string());
  }
  names.erase("out");
  names.erase("err");
  return names;
}

/// The lines that begin so.
inline std::string lines_with(const std::string& text, const std::string& begin) {
  std::string found;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at) + 1;
    const std::size_t next = end == 0 ? text.size() : end;
    if (text.compare(at, begin.size(), begin) == 0) found += text.substr(at, next - at);
    at = next;
  }
  return found;
}

#endif
