// SPDX-License-Identifier: MIT
//
// A folder of its own for a test that writes files, removed with all that is in it.
#ifndef ORDERLY_TESTS_EXAMPLES_TEMPORARY_FOLDER_HPP
#define ORDERLY_TESTS_EXAMPLES_TEMPORARY_FOLDER_HPP

#include <chrono>     // a name that differs between processes
#include <filesystem> // folders
#include <fstream>    // contents of files
#include <iterator>   // istreambuf_iterator
#include <string>     // names

class temporary_folder {
 public:
  temporary_folder() {
    const auto now = std::chrono::steady_clock::now().time_since_epoch().count();
    do {
      path_ = std::filesystem::temp_directory_path() /
              ("orderly_test_" + std::to_string(now) + "_" + std::to_string(tries_++));
    } while (!std::filesystem::create_directory(path_));
  }
  ~temporary_folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  temporary_folder(const temporary_folder&) = delete;
  temporary_folder& operator=(const temporary_folder&) = delete;

  std::string file(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
  int tries_ = 0;
};

inline std::string read_file(const std::string& name) {
  std::ifstream in(name, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

inline void write_file(const std::string& name, const std::string& text) {
  std::ofstream(name, std::ios::binary) << text;
}

#endif
