// SPDX-License-Identifier: MIT
//
// Programs read from text: what becomes of a good one, and how and where each mistake is told.
#include "support/catch.hpp"

#include "batch_validator/constants.hpp"
#include "batch_validator/primitive.hpp"
#include "batch_validator/program.hpp"
#include "batch_validator/program_parser.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using arc::operand;
using arc::operand_kind;
using texts = std::vector<std::string>;

constexpr std::array<arc::primitive, 5> primitives{{{"rot90", 1, nullptr},
                                                    {"vmirror", 1, nullptr},
                                                    {"add", 2, nullptr},
                                                    {"fork", 3, nullptr},
                                                    {"objects", 4, nullptr}}};

std::vector<arc::parsed_program> parse(std::string_view text) {
  return arc::parse_programs(text, "a.py", primitives);
}

/// Of all programs, "line:column: message".
texts mistakes(std::string_view text) {
  texts result;
  for (const auto& each : parse(text)) {
    for (const arc::diagnostic& mistake : each.mistakes) {
      result.push_back(std::to_string(mistake.line) + ":" + std::to_string(mistake.column) + ": " +
                       mistake.message);
    }
  }
  return result;
}

/// Of a program whose third line, the second of its body, is this; the others are right.
texts mistakes_in(const std::string& line) {
  return mistakes("def f(I):\n  x1 = rot90(I)\n  " + line + "\n  return x1\n");
}

/// Of a header, with a right body.
texts mistakes_of_header(const std::string& line) { return mistakes(line + "\n  return I\n"); }

/// The only program of the text, which is good.
arc::program good(std::string_view text) {
  auto all = parse(text);
  REQUIRE(all.size() == 1);
  CHECK(mistakes(text) == texts{});
  return std::move(all[0].code);
}

/// Names, "-" for a bad program's.
texts names(std::string_view text) {
  texts result;
  for (const auto& each : parse(text)) {
    result.push_back(each.is_good() ? each.code.name : "-" + each.code.name);
  }
  return result;
}

std::string repeated(std::size_t times, std::string_view text) {
  std::string result;
  for (; times > 0; --times) result += text;
  return result;
}

constexpr operand input{};
constexpr operand line(std::uint16_t index) { return {operand_kind::line, index}; }
constexpr operand primitive(std::uint16_t index) { return {operand_kind::primitive, index}; }
operand constant(std::string_view name) {
  std::uint16_t index = 0;
  while (arc::constants.at(index).name != name) ++index;
  return {operand_kind::constant, index};
}

} // namespace

TEST_CASE("program parser: operands say where their values are", "[arc][program_parser]") {
  const arc::program p = good("def solve_67a3c6ac(I):\n"
                              "    x1 = fork(add, rot90, vmirror)\n"
                              "    x2 = x1(I)\n"
                              "    O = objects(x2, T, F, x1)\n"
                              "    return x2\n");
  CHECK(p.name == "solve_67a3c6ac");
  CHECK(p.source_line == 1);
  CHECK(p.result == line(1));
  REQUIRE(p.lines.size() == 3);
  CHECK(p.lines[0].callee == primitive(3));
  CHECK(p.lines[0].argument_count == 3);
  CHECK(p.lines[0].arguments == std::array<operand, 4>{primitive(2), primitive(0), primitive(1)});
  CHECK(p.lines[0].source_line == 2);
  CHECK(p.lines[0].column == 10);
  CHECK(p.lines[1].callee == line(0));
  CHECK(p.lines[1].argument_count == 1);
  CHECK(p.lines[1].arguments == std::array<operand, 4>{input});
  CHECK(p.lines[2].arguments ==
        std::array<operand, 4>{line(1), constant("T"), constant("F"), line(0)});
  CHECK(p.lines[2].source_line == 4);
  CHECK(p.lines[2].column == 9);
}

TEST_CASE("program parser: anything known may be returned", "[arc][program_parser]") {
  CHECK(good("def f(I):\n return I\n").result == input);
  CHECK(good("def f(I):\n return ORIGIN\n").result == constant("ORIGIN"));
  CHECK(good("def f(I):\n return add\n").result == primitive(2));
}

TEST_CASE("program parser: annotations, blanks, tabs, comments and line ends",
          "[arc][program_parser]") {
  const std::string_view plain = "def f(I):\n x = rot90(I)\n return x\n";
  for (const std::string_view text :
       {plain, std::string_view("def f(I: Grid) -> Grid:\n x = rot90(I)\n return x\n"),
        std::string_view("def f(I: Grid):\n x = rot90(I)\n return x\n"),
        std::string_view("def f(I) -> Grid:\n x = rot90(I)\n return x\n"),
        std::string_view("def f(I):\r\n x = rot90(I)\r\n return x\r\n"),
        std::string_view("def f(I):\n\tx = rot90(I)\n\treturn x"),
        std::string_view("def\tf ( I ) : \n \t x=rot90( I\t)  \n \t return\tx"),
        std::string_view(
            "\n# \xc3\xa9\ndef f(I):# (\n\n  # =\n x = rot90(I) #\x01\n\t\n return x#"),
        std::string_view("\xef\xbb\xbf"
                         "def f(I):\n x = rot90(I)\n return x\n"),
        std::string_view("from dsl import *\nfrom .a.b import * # all\r\n"
                         "def f(I):\nfrom constants import *\n x = rot90(I)\n return x\n")}) {
    const arc::program p = good(text);
    CHECK(p.name == "f");
    CHECK(p.lines.size() == 1);
    CHECK(p.result == line(0));
  }
}

TEST_CASE("program parser: programs come in order, names may repeat", "[arc][program_parser]") {
  CHECK(names("").empty());
  CHECK(names("\n# nothing\nfrom dsl import *").empty());
  CHECK(names("def g(I):\n return I\n\n\ndef f(I):\n\treturn I\ndef g(I):\n  return I") ==
        texts{"g", "f", "g"});
}

TEST_CASE("program parser: a program's name binds it to a task", "[arc][program_parser]") {
  const auto task = [](std::string name) {
    arc::program p;
    p.name = std::move(name);
    return std::string(p.task().value_or("any"));
  };
  CHECK(task("solve_67a3c6ac") == "67a3c6ac");
  CHECK(task("verify_00d62c1b") == "00d62c1b");
  CHECK(task("solve_67a3c6a") == "any");
  CHECK(task("solve_67a3c6acd") == "any");
  CHECK(task("solve_67a3c6ag") == "any");
  CHECK(task("solver_67a3c6ac") == "any");
  CHECK(task("Solve_67a3c6ac") == "any");
  CHECK(task("67a3c6ac") == "any");
  CHECK(task("") == "any");
  arc::program p;
  CHECK(p.runs_on("00d62c1b"));
  p.name = "verify_67a3c6ac";
  CHECK(p.runs_on("67a3c6ac"));
  CHECK_FALSE(p.runs_on("00d62c1b"));
}

TEST_CASE("program parser: unknown identifiers, with the nearest name", "[arc][program_parser]") {
  CHECK(mistakes_in("x2 = rot9O(I)") ==
        texts{"3:8: unknown identifier 'rot9O' (did you mean rot90?)"});
  CHECK(mistakes_in("x2 = add(x11, ORIGN)") ==
        texts{"3:12: unknown identifier 'x11' (did you mean x1?)",
              "3:17: unknown identifier 'ORIGN' (did you mean ORIGIN?)"});
  CHECK(mistakes_in("x2 = something(x1)") == texts{"3:8: unknown identifier 'something'"});
  CHECK(mistakes("def f(I):\n  answer = rot90(I)\n  return answr\n") ==
        texts{"3:10: unknown identifier 'answr' (did you mean answer?)"});
}

TEST_CASE("program parser: what is assigned later is not suggested", "[arc][program_parser]") {
  CHECK(mistakes("def f(I):\n a = rot90(ansswer)\n answer = rot90(I)\n return answer\n") ==
        texts{"2:12: unknown identifier 'ansswer'"});
}

TEST_CASE("program parser: only the first unknown identifiers are compared",
          "[arc][program_parser]") {
  const std::string text = "def f(I):\n" + repeated(17, "  x = rot9O(I)\n") + "  return I\n";
  std::size_t compared = 0;
  std::size_t unknown = 0;
  for (const std::string& each : mistakes(text)) {
    unknown += each.find("unknown") != each.npos ? 1U : 0U;
    compared += each.find("did you mean") != each.npos ? 1U : 0U;
  }
  CHECK(unknown == 17);
  CHECK(compared == 16);
}

TEST_CASE("program parser: long identifiers are not compared", "[arc][program_parser]") {
  const auto told = [](std::size_t size) {
    const std::string name(size, 'v');
    return mistakes("def f(I):\n  " + name + " = rot90(I)\n  return " + name + "w\n");
  };
  const std::string v23(23, 'v');
  CHECK(told(23) == texts{"3:10: unknown identifier '" + v23 + "w' (did you mean " + v23 + "?)"});
  CHECK(told(24) == texts{"3:10: unknown identifier '" + v23 + "vw'"});
}

TEST_CASE("program parser: a suggestion is at most 2 edits away, or a third of the identifier",
          "[arc][program_parser]") {
  const auto told = [](const std::string& name) {
    return mistakes("def f(I):\n  abcdefghi = rot90(I)\n  return " + name + "\n");
  };
  const std::string suggested = " (did you mean abcdefghi?)";
  CHECK(told("xyzdefghi") == texts{"3:10: unknown identifier 'xyzdefghi'" + suggested});
  CHECK(told("xyzwefghi") == texts{"3:10: unknown identifier 'xyzwefghi'"});
  CHECK(told("badcfeghi") == texts{"3:10: unknown identifier 'badcfeghi'"});
  CHECK(told("abcdefghijkl") == texts{"3:10: unknown identifier 'abcdefghijkl'" + suggested});
  CHECK(told("defghi") == texts{"3:10: unknown identifier 'defghi'"});
}

TEST_CASE("program parser: use before assignment", "[arc][program_parser]") {
  CHECK(mistakes_in("x2 = add(x2, x1)") ==
        texts{"3:12: 'x2' is used before it is assigned in line 3"});
  CHECK(mistakes("def f(I):\n  a = b(c)\n  b = rot90(I)\n\n  c = rot90(I)\n  return a\n") ==
        texts{"2:7: 'b' is used before it is assigned in line 3",
              "2:9: 'c' is used before it is assigned in line 5"});
}

TEST_CASE("program parser: variables are those of their program", "[arc][program_parser]") {
  CHECK(mistakes("def f(I):\n  variable = rot90(I)\n  return I\ndef g(I):\n  return variable\n") ==
        texts{"5:10: unknown identifier 'variable'"});
}

TEST_CASE("program parser: assignments that are refused", "[arc][program_parser]") {
  CHECK(mistakes_in("x1 = rot90(I)") == texts{"3:3: 'x1' was assigned in line 2"});
  CHECK(mistakes_in("I = rot90(I)") == texts{"3:3: cannot assign to 'I', the input"});
  CHECK(mistakes_in("add = rot90(I)") == texts{"3:3: cannot assign to 'add', a primitive"});
  CHECK(mistakes_in("TEN = rot90(I)") == texts{"3:3: cannot assign to 'TEN', a constant"});
}

TEST_CASE("program parser: the number of arguments", "[arc][program_parser]") {
  CHECK(mistakes_in("x2 = rot90(x1, I)") == texts{"3:8: 'rot90' takes 1 argument, found 2"});
  CHECK(mistakes_in("x2 = add(x1)") == texts{"3:8: 'add' takes 2 arguments, found 1"});
  CHECK(mistakes_in("x2 = objects(I, I, I, I, I)") ==
        texts{"3:8: 'objects' takes 4 arguments, found 5"});
  CHECK(mistakes_in("x2 = x1(I, I, I, I)") == texts{});
  CHECK(mistakes_in("x2 = x1(I, I, I, I, I)") ==
        texts{"3:8: 'x1' is called with 5 arguments, at most 4 are possible"});
  CHECK(mistakes_in("x2 = x1(" + repeated(255, "I,") + "I)") ==
        texts{"3:8: 'x1' is called with 256 arguments, at most 4 are possible"});
  CHECK(mistakes_in("x2 = rot90()") == texts{"3:14: a call has at least 1 argument"});
}

TEST_CASE("program parser: what cannot be called", "[arc][program_parser]") {
  CHECK(mistakes_in("x2 = I(x1)") == texts{"3:8: 'I' is no function"});
  CHECK(mistakes_in("x2 = ONE(x1, I)") == texts{"3:8: 'ONE' is no function"});
}

TEST_CASE("program parser: the form of a line", "[arc][program_parser]") {
  CHECK(mistakes_in("x2") == texts{"3:5: expected '=', found the end of the line"});
  CHECK(mistakes_in("x2 rot90(I)") == texts{"3:6: expected '=', found 'rot90'"});
  CHECK(mistakes_in("x2 == rot90(I)") == texts{"3:7: expected a function, found '='"});
  CHECK(mistakes_in("x2 =  # none") ==
        texts{"3:7: expected a function, found the end of the line"});
  CHECK(mistakes_in("x2 = x1") == texts{"3:10: expected '(', found the end of the line"});
  CHECK(mistakes_in("x2 = 10") == texts{"3:8: expected a function, found '10'"});
  CHECK(mistakes_in("x2 = rot90(3)") == texts{"3:14: expected an argument, found '3'"});
  CHECK(mistakes_in("x2 = add(x1,)") == texts{"3:15: expected an argument, found ')'"});
  CHECK(mistakes_in("x2 = add(, x1)") == texts{"3:12: expected an argument, found ','"});
  CHECK(mistakes_in("x2 = add(x1, rot90(I))") == texts{"3:21: expected ',' or ')', found '('"});
  CHECK(mistakes_in("x2 = add(x1 I)") == texts{"3:15: expected ',' or ')', found 'I'"});
  CHECK(mistakes_in("x2 = rot90(I") ==
        texts{"3:15: expected ',' or ')', found the end of the line"});
  CHECK(mistakes_in("x2 = rot90(I))") == texts{"3:16: expected the end of the line, found ')'"});
  CHECK(mistakes_in("x2 = rot90(I); x3 = I") ==
        texts{"3:16: expected the end of the line, found ';'"});
  CHECK(mistakes_in("= rot90(I)") == texts{"3:3: expected a variable or 'return', found '='"});
  CHECK(mistakes_in("2x = rot90(I)") == texts{"3:3: expected a variable or 'return', found '2x'"});
  CHECK(mistakes_in("from dsl import rot90") == texts{"3:8: expected '=', found 'dsl'"});
}

TEST_CASE("program parser: a mistake behind the names hides none of them",
          "[arc][program_parser]") {
  CHECK(mistakes_in("x2 = nothing(x1, x9x9x9, 3)") ==
        texts{"3:8: unknown identifier 'nothing'", "3:20: unknown identifier 'x9x9x9'",
              "3:28: expected an argument, found '3'"});
}

TEST_CASE("program parser: a variable of a wrong line is known thereafter",
          "[arc][program_parser]") {
  CHECK(mistakes("def f(I):\n  a rot90(I)\n  b = add(I)\n  c = add(a, b)\n  return c\n") ==
        texts{"2:5: expected '=', found 'rot90'", "3:7: 'add' takes 2 arguments, found 1"});
}

TEST_CASE("program parser: bytes that are not printable", "[arc][program_parser]") {
  CHECK(mistakes_in("x2 =\xc2\xa0rot90(I)") == texts{"3:7: expected a function, found byte 0xc2"});
  CHECK(mistakes_in(std::string("x2 = rot90(I)\0", 14)) ==
        texts{"3:16: expected the end of the line, found byte 0x00"});
  CHECK(mistakes_in("x2 = rot90(I)\r") == texts{});
  CHECK(mistakes_in("x2 = rot90\r(I)") == texts{"3:13: expected '(', found byte 0x0d"});
  CHECK(mistakes_in("\x7f") == texts{"3:3: expected a variable or 'return', found byte 0x7f"});
  CHECK(mistakes("def f(I):\n  return I\n\x0c\n") ==
        texts{"3:1: outside any program: expected 'def NAME(I):'"});
}

TEST_CASE("program parser: the form of a header", "[arc][program_parser]") {
  CHECK(mistakes_of_header("def") ==
        texts{"1:4: expected the name of a program, found the end of the line"});
  CHECK(mistakes_of_header("def 1f(I):") ==
        texts{"1:5: expected the name of a program, found '1f'"});
  CHECK(mistakes_of_header("def f:") == texts{"1:6: expected '(', found ':'"});
  CHECK(mistakes_of_header("def f():") == texts{"1:7: expected 'I', found ')'"});
  CHECK(mistakes_of_header("def f(x):") == texts{"1:7: expected 'I', found 'x'"});
  CHECK(mistakes_of_header("def f(I, J):") == texts{"1:8: expected ')', found ','"});
  CHECK(mistakes_of_header("def f(I: ):") == texts{"1:10: expected a type, found ')'"});
  CHECK(mistakes_of_header("def f(I)") == texts{"1:9: expected ':', found the end of the line"});
  CHECK(mistakes_of_header("def f(I) ->:") == texts{"1:12: expected a type, found ':'"});
  CHECK(mistakes_of_header("def f(I) - > Grid:") == texts{"1:10: expected ':', found '-'"});
  CHECK(mistakes_of_header("def f(I): return I") ==
        texts{"1:11: expected the end of the line, found 'return'"});
  CHECK(mistakes_of_header(" def f(I):") == texts{"1:2: a header must not be indented"});
}

TEST_CASE("program parser: returns", "[arc][program_parser]") {
  CHECK(mistakes("def f(I):\n") == texts{"1:1: the program has no return"});
  CHECK(mistakes("def f(I):\n  x1 = rot90(I)\n\ndef g(I):\n  return I") ==
        texts{"1:1: the program has no return"});
  CHECK(mistakes("def f(I):\n  return\n") ==
        texts{"2:9: expected a variable, found the end of the line"});
  CHECK(mistakes("def f(I):\n  return I, I\n") ==
        texts{"2:11: expected the end of the line, found ','"});
  CHECK(mistakes("def f(I):\n  return rot90(I)\n") ==
        texts{"2:15: expected the end of the line, found '('"});
  CHECK(mistakes("def f(I):\n  return I\n\n  x = rot90(I)\n  return x\n") ==
        texts{"4:3: text after the return"});
}

TEST_CASE("program parser: the lines of a program are indented alike", "[arc][program_parser]") {
  CHECK(mistakes("def f(I):\n  x = rot90(I)\n    y = rot90(x)\n\treturn y\n") ==
        texts{"3:5: the indentation is not that of line 2",
              "4:2: the indentation is not that of line 2"});
  CHECK(mistakes("def f(I):\nx = rot90(I)\nreturn x\n") == texts{"2:1: expected an indented line"});
}

TEST_CASE("program parser: text outside any program is a program without a name",
          "[arc][program_parser]") {
  const std::string text =
      "x = 1\ny = 2\ndef f(I):\n  return I\n```\n  more\ndef g(I):\n  return I\n";
  CHECK(names(text) == texts{"-", "f", "-", "g"});
  CHECK(mistakes(text) == texts{"1:1: outside any program: expected 'def NAME(I):'",
                                "5:1: outside any program: expected 'def NAME(I):'"});
  CHECK(parse(text)[2].code.source_line == 5);
}

TEST_CASE("program parser: a bad program does not touch the next", "[arc][program_parser]") {
  const std::string text = "def a(I):\n  xyz = rot90(\n"
                           "def b(J):\n  return xyz\n"
                           "def c(I):\n  x = rot90(I)\n  return x\n";
  CHECK(names(text) == texts{"-a", "-b", "c"});
  CHECK(mistakes(text) == texts{"1:1: the program has no return",
                                "2:15: expected an argument, found the end of the line",
                                "3:7: expected 'I', found 'J'", "4:10: unknown identifier 'xyz'"});
  const auto all = parse(text);
  CHECK(all[0].code.lines.empty());
  CHECK(all[1].code.source_line == 3);
  CHECK(all[2].code.lines.size() == 1);
}

TEST_CASE("program parser: the mistakes of a program are sorted by place",
          "[arc][program_parser]") {
  CHECK(mistakes("def f(I):\n  x = nothing(y)\n  y = 1\n  z = rot90(I,)\n") ==
        texts{"1:1: the program has no return", "2:7: unknown identifier 'nothing'",
              "2:15: 'y' is used before it is assigned in line 3",
              "3:7: expected a function, found '1'", "4:15: expected an argument, found ')'"});
}

TEST_CASE("program parser: identifiers have 64 bytes at most", "[arc][program_parser]") {
  const std::string longest(64, 'x');
  const std::string body = "  " + longest + " = rot90(I)\n  return " + longest + "\n";
  CHECK(good("def " + longest + "(I):\n" + body).name == longest);
  const std::string too_long = "the identifier has more than 64 bytes";
  CHECK(mistakes_in(longest + "x = rot90(I)") == texts{"3:3: " + too_long});
  CHECK(mistakes_in("x2 = " + longest + "x(I)") == texts{"3:8: " + too_long});
  CHECK(mistakes_in("x2 = rot90(" + longest + "x)") == texts{"3:14: " + too_long});
  CHECK(mistakes_of_header("def " + longest + "x(I):") == texts{"1:5: " + too_long});
  CHECK(mistakes_in("x2 = rot90 " + std::string(66, 'y')) ==
        texts{"3:14: expected '(', found '" + std::string(64, 'y') + "...'"});
}

TEST_CASE("program parser: lines have 4,096 bytes at most, without the comment",
          "[arc][program_parser]") {
  const std::string call = "x2 = rot90(I)";
  const auto blanks = [](std::size_t count) { return std::string(count, ' '); };
  const std::string widest = "x2 =" + blanks(4096 - 2 - 4 - 8) + "rot90(I)";
  CHECK(mistakes_in(widest) == texts{});
  CHECK(mistakes_in(call + blanks(5000) + "#" + blanks(5000)) == texts{});
  CHECK(mistakes_in(" " + widest) == texts{"3:4: the indentation is not that of line 2",
                                           "3:4097: the line has more than 4096 bytes"});
  CHECK(mistakes_of_header("def f(I)" + blanks(4096) + ":") ==
        texts{"1:4097: the line has more than 4096 bytes"});
  const arc::program p = good("def f(I):\n x =" + blanks(4096 - 4 - 8) + "rot90(I)\n return x\n");
  CHECK(p.lines.at(0).column == 4096 - 7);
}

TEST_CASE("program parser: programs have 4,096 lines at most", "[arc][program_parser]") {
  std::string text = "def f(I):\n";
  for (unsigned i = 0; i < 4095; ++i) {
    text += "\n  x" + std::to_string(i) + " = rot90(I)\n";
  }
  const arc::program p = good(text + "  return x4094\n");
  CHECK(p.lines.size() == 4095);
  CHECK(p.result == line(4094));
  CHECK(mistakes(text + "  x = rot90(I)\n  return x\n  y\ndef g(I):\n  return I\n") ==
        texts{"8193:3: the program has more than 4096 lines"});
}

TEST_CASE("program parser: a mistake is shown with its line and a caret", "[arc][program_parser]") {
  const auto shown = [](std::string_view text) {
    const auto all = parse(text);
    return arc::text_of(all.at(0).mistakes.at(0));
  };
  CHECK(shown("def f(I):\n  x = rot9O(I)  # turn\n  return x\n") ==
        "a.py:2:7: unknown identifier 'rot9O' (did you mean rot90?)\n"
        "  x = rot9O(I)  # turn\n"
        "      ^");
  CHECK(shown("def f(I):\r\n\tx\t= \trot90(I\r\n\treturn x\r\n") ==
        "a.py:2:14: expected ',' or ')', found the end of the line\n"
        "\tx\t= \trot90(I\n"
        "\t \t  \t       ^");
  CHECK(shown("def f(I):\n x = rot90(I) \x1b[1m # \xc3\xa9\n return x\n") ==
        "a.py:2:15: expected the end of the line, found byte 0x1b\n"
        " x = rot90(I) ?[1m # ??\n"
        "              ^");
}

TEST_CASE("program parser: of a long line the part around the mistake is shown",
          "[arc][program_parser]") {
  const auto shown = [](const std::string& text) {
    const auto all = parse("def f(I):\n" + text + "\n return I\n");
    return arc::text_of(all.at(0).mistakes.at(0));
  };
  const std::string wide(200, ' ');
  CHECK(shown(" 1 =" + wide + "I") == "a.py:2:2: expected a variable or 'return', found '1'\n"
                                      " 1 =" +
                                          wide.substr(0, 92) +
                                          "...\n"
                                          " ^");
  CHECK(shown(" x = rot90(" + wide + "1" + wide + ")") ==
        "a.py:2:212: expected an argument, found '1'\n"
        "..." +
            wide.substr(0, 64) + "1" + wide.substr(0, 31) + "...\n" + wide.substr(0, 67) + "^");
  CHECK(shown(" x = rot90(" + wide + "I") ==
        "a.py:2:213: expected ',' or ')', found the end of the line\n"
        "..." +
            wide.substr(0, 95) + "I\n" + wide.substr(0, 99) + "^");
}

namespace {

/// How long each line is, in bytes.
std::vector<std::size_t> line_sizes(std::string_view text) {
  std::vector<std::size_t> sizes{0};
  for (const char c : text) {
    if (c == '\n') {
      sizes.push_back(0);
    } else {
      ++sizes.back();
    }
  }
  return sizes;
}

bool is_inside(const arc::diagnostic& mistake, const std::vector<std::size_t>& sizes) {
  return mistake.line >= 1 && mistake.line <= sizes.size() && mistake.column >= 1 &&
         mistake.column <= sizes[mistake.line - 1] + 1 && mistake.caret <= mistake.excerpt.size() &&
         mistake.excerpt.size() <= 102;
}

bool is_known_before(const operand& each, std::size_t line_number) {
  switch (each.kind) {
  case operand_kind::input:
    return each.index == 0;
  case operand_kind::line:
    return each.index < line_number;
  case operand_kind::constant:
    return each.index < arc::constants.size();
  default:
    return each.index < primitives.size();
  }
}

bool can_run(const arc::program& p) {
  for (std::size_t i = 0; i < p.lines.size(); ++i) {
    const arc::program_line& call = p.lines[i];
    const bool direct = call.callee.kind == operand_kind::primitive;
    if (!direct && call.callee.kind != operand_kind::line) return false;
    if (direct && primitives.at(call.callee.index).arity != call.argument_count) return false;
    if (call.argument_count < 1 || call.argument_count > 4) return false;
    if (!is_known_before(call.callee, i)) return false;
    for (std::size_t k = 0; k < call.argument_count; ++k) {
      if (!is_known_before(call.arguments.at(k), i)) return false;
    }
  }
  return is_known_before(p.result, p.lines.size());
}

struct tally {
  std::size_t good = 0;
  std::size_t bad = 0;
};

/// Reads the text and checks what is true of any.
tally read_any(const std::string& text) {
  const std::vector<std::size_t> sizes = line_sizes(text);
  tally result;
  bool right = true;
  for (const auto& each : parse(text)) {
    ++(each.is_good() ? result.good : result.bad);
    right = right && can_run(each.code) && (each.is_good() || each.code.lines.empty());
    for (const arc::diagnostic& mistake : each.mistakes) {
      right = right && is_inside(mistake, sizes) && arc::text_of(mistake).size() > 10;
    }
  }
  INFO(text);
  REQUIRE(right);
  return result;
}

constexpr std::string_view several = "from dsl import *\n\n"
                                     "def solve_67a3c6ac(I):\n"
                                     "    x1 = fork(add, rot90, vmirror)\n"
                                     "    x2 = x1(I)\n"
                                     "    O = objects(x2, T, F, T)\n"
                                     "    return O\n\n\n"
                                     "def verify_0a1b2c3d(I: Grid) -> Grid:\r\n"
                                     "\tx0 = rot90(I)\r\n"
                                     "\tx1 = add(x0, UNITY) # comment\r\n"
                                     "\treturn x1\r\n"
                                     "def f(I):\n  return I\n";

} // namespace

TEST_CASE("program parser: any bytes give mistakes inside the text", "[arc][program_parser]") {
  constexpr std::string_view letters = "def I():=,x#\r\n\t->*1";
  std::mt19937 random(1);
  std::size_t bad = 0;
  for (unsigned round = 0; round < 2'000; ++round) {
    std::string text(random() % 200, ' ');
    const bool sparse = round % 2 == 0;
    for (char& c : text) {
      c = sparse ? static_cast<char>(random() & 0xFFU) : letters[random() % letters.size()];
    }
    bad += read_any(round % 4 < 2 ? text : "def f(I):\n" + text).bad;
  }
  CHECK(bad > 1'000);
}

TEST_CASE("program parser: changed programs are read to their end", "[arc][program_parser]") {
  std::mt19937 random(2);
  CHECK(read_any(std::string(several)).good == 3);
  tally all;
  for (unsigned round = 0; round < 3'000; ++round) {
    std::string text(several);
    for (auto edits = 1 + random() % 4; edits > 0; --edits) {
      const std::size_t at = random() % text.size();
      const std::size_t size = (std::min)(std::size_t{1} + random() % 8, text.size() - at);
      const std::string part = text.substr(random() % text.size(), random() % 8);
      if (random() % 2 == 0) {
        text.replace(at, size, part);
      } else {
        text[at] = static_cast<char>(random() & 0x7FU);
      }
      if (text.empty()) text = "x";
    }
    const tally found = read_any(text);
    all.good += found.good;
    all.bad += found.bad;
  }
  CHECK(all.good > 1'000);
  CHECK(all.bad > 1'000);
}
