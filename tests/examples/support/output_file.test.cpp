// SPDX-License-Identifier: MIT
//
// Output files: whole or absent, written in place where they are no regular files, no error missed.
#include "support/catch.hpp"

#include "support/output_file.hpp"

#include "examples/temporary_folder.hpp"

#include <filesystem>
#include <string>

#if defined(__unix__) || defined(__APPLE__)
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

using example::output_file;
namespace fs = std::filesystem;

namespace {

std::string refusal(const std::string& path) {
  try {
    output_file file(path);
  } catch (const example::open_error& error) {
    return error.what();
  }
  return "opened";
}

} // namespace

TEST_CASE("output_file: appears under its name when published, replacing the old one",
          "[examples][output_file]") {
  const temporary_folder folder;
  const std::string name = folder.file("rows.csv");
  write_file(name, "old");
  {
    output_file file(name);
    CHECK_FALSE(file.in_place());
    file.write("new");
    CHECK(read_file(name) == "old");
    CHECK(file.partial_path() == name + ".partial");
    file.publish();
  }
  CHECK(read_file(name) == "new");
  CHECK_FALSE(fs::exists(name + ".partial"));
}

TEST_CASE("output_file: abandoned it leaves nothing, kept it leaves the partial file",
          "[examples][output_file]") {
  const temporary_folder folder;
  const std::string name = folder.file("rows.csv");
  { output_file(name).write("lost"); }
  CHECK_FALSE(fs::exists(name));
  CHECK_FALSE(fs::exists(name + ".partial"));
  {
    output_file file(name);
    file.write("kept");
    file.keep();
  }
  CHECK_FALSE(fs::exists(name));
  CHECK(read_file(name + ".partial") == "kept");
  output_file(name).write("a new run empties what an old one left");
}

TEST_CASE("output_file: goes on behind the bytes of another run that are to be kept",
          "[examples][output_file]") {
  const temporary_folder folder;
  const std::string name = folder.file("rows.csv");
  write_file(name + ".partial", "one\ntwo\nthr");
  { const output_file unused(name, example::earlier_bytes::kept); }
  CHECK(read_file(name + ".partial") == "one\ntwo\nthr");
  {
    output_file file(name, example::earlier_bytes::kept);
    file.cut(8);
    file.write("three\n");
  }
  CHECK(read_file(name + ".partial") == "one\ntwo\nthree\n");
  output_file file(name, example::earlier_bytes::kept);
  file.write("four\n");
  file.publish();
  CHECK(read_file(name) == "one\ntwo\nthree\nfour\n");
  CHECK_FALSE(fs::exists(name + ".partial"));
  { const output_file nothing_kept(name, example::earlier_bytes::kept); }
  CHECK_FALSE(fs::exists(name + ".partial"));
}

TEST_CASE("output_file: what cannot be opened is refused and nothing changes",
          "[examples][output_file]") {
  const temporary_folder folder;
  CHECK(refusal(folder.file("no/such/folder")).find("cannot be written") != std::string::npos);
  CHECK(refusal(folder.file("")).find("cannot be written") != std::string::npos); // a folder
  const std::string blocked = folder.file("blocked");
  fs::create_directory(blocked + ".partial");
  CHECK(refusal(blocked) != "opened");
  CHECK(fs::is_directory(blocked + ".partial"));
}

#if defined(__unix__) || defined(__APPLE__)

TEST_CASE("output_file: a full disk is a write_error and the device stays",
          "[examples][output_file]") {
  if (!fs::exists("/dev/full")) return;
  CHECK_THROWS_WITH(output_file("/dev/full", example::earlier_bytes::kept),
                    "/dev/full: cannot be continued: no regular file");
  output_file file("/dev/full");
  CHECK(file.in_place());
  CHECK_THROWS_AS(file.write("x"), example::write_error);
  CHECK_FALSE(fs::exists("/dev/full.partial"));
  CHECK(fs::is_character_file("/dev/full"));
}

TEST_CASE("output_file: a FIFO is written in place and never renamed", "[examples][output_file]") {
  const temporary_folder folder;
  const std::string name = folder.file("pipe");
  REQUIRE(::mkfifo(name.c_str(), 0600) == 0);
  const int reader = ::open(name.c_str(), O_RDONLY | O_NONBLOCK);
  REQUIRE(reader >= 0);
  {
    output_file file(name);
    CHECK(file.in_place());
    file.write("through");
    file.publish();
  }
  char text[16] = {};
  CHECK(::read(reader, text, sizeof text) == 7);
  CHECK(std::string(text) == "through");
  ::close(reader);
  CHECK(fs::is_fifo(name));
  CHECK_FALSE(fs::exists(name + ".partial"));
}

TEST_CASE("output_file: a link keeps pointing where it did", "[examples][output_file]") {
  const temporary_folder folder;
  write_file(folder.file("target"), "old");
  fs::create_symlink("target", folder.file("link"));
  output_file file(folder.file("link"));
  file.write("new");
  file.publish();
  CHECK(fs::is_symlink(folder.file("link")));
  CHECK(read_file(folder.file("target")) == "new");
}

TEST_CASE("output_file: a partial file that is a link or a FIFO is not written through",
          "[examples][output_file]") {
  const temporary_folder folder;
  write_file(folder.file("precious"), "precious");
  fs::create_symlink("precious", folder.file("a.partial"));
  CHECK(refusal(folder.file("a")).find("not a regular file") != std::string::npos);
  CHECK(read_file(folder.file("precious")) == "precious");
  REQUIRE(::mkfifo(folder.file("b.partial").c_str(), 0600) == 0);
  CHECK(refusal(folder.file("b")).find("not a regular file") != std::string::npos);
}

TEST_CASE("output_file: two writers of one file do not mix", "[examples][output_file]") {
  const temporary_folder folder;
  output_file first(folder.file("rows"));
  first.write("first");
  CHECK(refusal(folder.file("rows")).find("another process") != std::string::npos);
  first.publish();
  CHECK(read_file(folder.file("rows")) == "first");
}

TEST_CASE("output_file: keeps the permissions of the file it replaces", "[examples][output_file]") {
  const temporary_folder folder;
  const std::string name = folder.file("rows");
  write_file(name, "old");
  fs::permissions(name, fs::perms::owner_read | fs::perms::owner_write);
  output_file file(name);
  file.publish();
  CHECK(fs::status(name).permissions() == (fs::perms::owner_read | fs::perms::owner_write));
}

#endif
