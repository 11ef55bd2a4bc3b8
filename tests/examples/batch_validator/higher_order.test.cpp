// SPDX-License-Identifier: MIT
//
// Primitives that make functions.
#include "function_language.hpp"
#include "support/catch.hpp"

namespace {
using test::function_language::calls;
using test::function_language::language;
} // namespace

TEST_CASE("compose: the last function first", "[arc][higher_order]") {
  language call;
  CHECK(call(call.made("compose", {"double", "increment"}), {"3"}) == "8");
  CHECK(call(call.made("compose", {"increment", "double"}), {"3"}) == "7");
  const arc::value inner = call.made("compose", {"double", "increment"});
  CHECK(call(call.made("compose", {inner, inner}), {"3"}) == "18");
}

TEST_CASE("compose: what is no function fails when called", "[arc][higher_order]") {
  language call;
  CHECK(call("compose", {"1", "none"}) == "function");
  CHECK(call(call.made("compose", {"1", "double"}), {"3"}) == "error: type");
  CHECK(call(call.made("compose", {"double", "(1, 2)"}), {"3"}) == "error: type");
}

TEST_CASE("compose: takes one argument", "[arc][higher_order]") {
  language call;
  const arc::value f = call.made("compose", {"double", "increment"});
  CHECK(call.arity(f) == 1);
  CHECK(call(f, {"1", "2"}) == "error: type");
  CHECK(call(call.made("compose", {"add", "increment"}), {"3"}) == "error: type");
  CHECK(call(call.made("compose", {"increment", "add"}), {"3"}) == "error: type");
}

TEST_CASE("compose: a function equals only itself", "[arc][higher_order]") {
  language call;
  const arc::value f = call.made("compose", {"double", "increment"});
  const arc::value g = call.made("compose", {"double", "increment"});
  CHECK(call("equality", {f, f}) == "1");
  CHECK(call("equality", {f, g}) == "0");
  CHECK(call("equality", {"double", f}) == "0");
  CHECK(call("flip", {f}) == "0");
  CHECK(call("greater", {f, g}) == "error: type");
}

TEST_CASE("compose: errors inside are the call's", "[arc][higher_order]") {
  language call;
  const arc::value divide = call.made("lbind", {"divide", "6"});
  CHECK(call(call.made("compose", {"double", divide}), {"0"}) == "error: zero_division");
  CHECK(call(call.made("compose", {"even", divide}), {"(1, 0)"}) == "error: zero_division");
  CHECK(call(call.made("compose", {"even", divide}), {"(1, 1)"}) == "error: type");
}

TEST_CASE("chain: three functions, the last one first", "[arc][higher_order]") {
  language call;
  CHECK(call(call.made("chain", {"double", "increment", "invert"}), {"3"}) == "-4");
  CHECK(call(call.made("chain", {"increment", "double", "invert"}), {"3"}) == "-5");
  CHECK(call(call.made("chain", {"invert", "double", "increment"}), {"3"}) == "-8");
}

TEST_CASE("chain: what is no function fails when called", "[arc][higher_order]") {
  language call;
  CHECK(call("chain", {"1", "2", "3"}) == "function");
  CHECK(call(call.made("chain", {"1", "double", "double"}), {"3"}) == "error: type");
  CHECK(call(call.made("chain", {"double", "()", "double"}), {"3"}) == "error: type");
  CHECK(call(call.made("chain", {"double", "double", "none"}), {"3"}) == "error: type");
}

TEST_CASE("chain: takes one argument, and so must its functions", "[arc][higher_order]") {
  language call;
  CHECK(call.arity(call.made("chain", {"double", "double", "double"})) == 1);
  CHECK(call(call.made("chain", {"double", "double", "double"}), {"1", "2"}) == "error: type");
  CHECK(call(call.made("chain", {"double", "add", "double"}), {"1"}) == "error: type");
}

TEST_CASE("chain: its functions are called in turn", "[arc][higher_order]") {
  language call;
  CHECK(call(call.made("chain", {"noted", "noted", "noted"}), {"3"}) == "24");
  CHECK(calls == "3 6 12 ");
}

TEST_CASE("chain: of functions that were made", "[arc][higher_order]") {
  language call;
  const arc::value add = call.made("lbind", {"add", "5"});
  const arc::value is_eight = call.made("matcher", {"identity", "8"});
  CHECK(call(call.made("chain", {is_eight, add, "double"}), {"1"}) == "0");
  CHECK(call(call.made("chain", {is_eight, "increment", add}), {"2"}) == "1");
}

TEST_CASE("matcher: whether the result equals a value", "[arc][higher_order]") {
  language call;
  const arc::value f = call.made("matcher", {"double", "6"});
  CHECK(call(f, {"3"}) == "1");
  CHECK(call(f, {"4"}) == "0");
  CHECK(call(f, {"(3, 3)"}) == "0");
  CHECK(call.arity(f) == 1);
  CHECK(call(f, {"3", "3"}) == "error: type");
}

TEST_CASE("matcher: of any values", "[arc][higher_order]") {
  language call;
  CHECK(call(call.made("matcher", {"identity", "none"}), {"none"}) == "1");
  CHECK(call(call.made("matcher", {"identity", "{(1, 2)}"}), {"((1, 2))"}) == "0");
  CHECK(call(call.made("matcher", {"double", "(2, 4)"}), {"(1, 2)"}) == "1");
  CHECK(call(call.made("matcher", {"identity", "()"}), {"{}"}) == "0");
}

TEST_CASE("matcher: of functions as values", "[arc][higher_order]") {
  language call;
  CHECK(call(call.made("matcher", {"identity", "double"}), {"double"}) == "1");
  CHECK(call(call.made("matcher", {"identity", "double"}), {"halve"}) == "0");
}

TEST_CASE("matcher: true and false are numbers", "[arc][higher_order]") {
  language call;
  const arc::value is_odd = call.made("matcher", {"even", "0"});
  CHECK(call(is_odd, {"3"}) == "1");
  CHECK(call(call.made("compose", {"increment", is_odd}), {"3"}) == "2");
}

TEST_CASE("matcher: what is no function fails when called", "[arc][higher_order]") {
  language call;
  CHECK(call("matcher", {"5", "5"}) == "function");
  CHECK(call(call.made("matcher", {"5", "5"}), {"5"}) == "error: type");
  CHECK(call(call.made("matcher", {"add", "5"}), {"5"}) == "error: type");
}

TEST_CASE("rbind: fixes the last argument", "[arc][higher_order]") {
  language call;
  CHECK(call(call.made("rbind", {"subtract", "1"}), {"5"}) == "4");
  CHECK(call(call.made("rbind", {"astuple", "()"}), {"5"}) == "(5, ())");
  const arc::value otherwise = call.made("rbind", {"branch", "9"});
  CHECK(call(otherwise, {"0", "7"}) == "9");
  CHECK(call(otherwise, {"1", "7"}) == "7");
  const arc::value choose = call.made("rbind", {otherwise, "8"});
  CHECK(call(choose, {"1"}) == "8");
  CHECK(call(choose, {"0"}) == "9");
}

TEST_CASE("lbind: fixes the first argument", "[arc][higher_order]") {
  language call;
  CHECK(call(call.made("lbind", {"subtract", "1"}), {"5"}) == "-4");
  CHECK(call(call.made("lbind", {"astuple", "()"}), {"5"}) == "((), 5)");
  const arc::value second = call.made("lbind", {"branch", "0"});
  CHECK(call(second, {"7", "9"}) == "9");
  const arc::value fixed = call.made("lbind", {second, "7"});
  CHECK(call(fixed, {"8"}) == "8");
}

TEST_CASE("rbind: the arity is 1 for 2, 2 for 3, else 3", "[arc][higher_order]") {
  language call;
  for (const char* const bind : {"rbind", "lbind"}) {
    INFO(bind);
    const arc::value of_one = call.made(bind, {"double", "1"});
    CHECK(call.arity(of_one) == 3);
    CHECK(call.arity(call.made(bind, {"add", "1"})) == 1);
    CHECK(call.arity(call.made(bind, {"branch", "1"})) == 2);
    CHECK(call.arity(call.made(bind, {"four", "1"})) == 3);
    CHECK(call.arity(call.made(bind, {of_one, "1"})) == 2);
    CHECK(call.arity(call.made(bind, {call.made("compose", {"double", "double"}), "1"})) == 3);
  }
}

TEST_CASE("rbind: binding the only argument fails when called", "[arc][higher_order]") {
  language call;
  for (const char* const bind : {"rbind", "lbind"}) {
    INFO(bind);
    const arc::value f = call.made(bind, {"double", "1"});
    CHECK(call(f, {}) == "error: type");
    CHECK(call(f, {"2"}) == "error: type");
    CHECK(call(f, {"2", "3", "4"}) == "error: type");
  }
}

TEST_CASE("rbind: a function of four takes the other three", "[arc][higher_order]") {
  language call;
  CHECK(call(call.made("rbind", {"four", "9"}), {"1", "2", "3"}) == "(1, 2, 3, 9)");
  CHECK(call(call.made("lbind", {"four", "9"}), {"1", "2", "3"}) == "(9, 1, 2, 3)");
  CHECK(call(call.made("lbind", {"four", "9"}), {"1", "2", "3", "4"}) == "error: type");
  // What takes three can be bound once more, by the rule for three.
  const arc::value ends = call.made("lbind", {call.made("rbind", {"four", "9"}), "8"});
  CHECK(call(ends, {"1", "2"}) == "(8, 1, 2, 9)");
}

TEST_CASE("rbind: needs a function at once", "[arc][higher_order]") {
  language call;
  for (const char* const bind : {"rbind", "lbind"}) {
    INFO(bind);
    CHECK(call(bind, {"1", "2"}) == "error: type");
    CHECK(call(bind, {"none", "double"}) == "error: type");
    CHECK(call(bind, {"(1, 2)", "3"}) == "error: type");
    CHECK(call(bind, {"double", "none"}) == "function");
  }
}

TEST_CASE("rbind: binds what binds", "[arc][higher_order]") {
  language call;
  const arc::value from = call.made(call.made("lbind", {"lbind", "subtract"}), {"5"});
  CHECK(call(from, {"2"}) == "3");
  const arc::value less_one = call.made(call.made("lbind", {"rbind", "subtract"}), {"1"});
  CHECK(call(less_one, {"5"}) == "4");
  const arc::value forked = call.made("rbind", {"fork", "increment"});
  CHECK(call.arity(forked) == 2);
  CHECK(call(call.made(forked, {"multiply", "double"}), {"3"}) == "24");
}

TEST_CASE("lbind: wrong numbers of arguments", "[arc][higher_order]") {
  language call;
  const arc::value f = call.made("lbind", {"add", "1"});
  CHECK(call(f, {}) == "error: type");
  CHECK(call(f, {"1", "2"}) == "error: type");
  CHECK(call(call.made("lbind", {"branch", "1"}), {"2"}) == "error: type");
}

TEST_CASE("power: applies a function many times", "[arc][higher_order]") {
  language call;
  CHECK(call(call.made("power", {"double", "3"}), {"1"}) == "8");
  CHECK(call(call.made("power", {"increment", "14"}), {"0"}) == "14");
  CHECK(call(call.made("power", {"noted", "2"}), {"5"}) == "20");
  CHECK(calls == "5 10 ");
  CHECK(call.arity(call.made("power", {"double", "2"})) == 1);
}

TEST_CASE("power: once is the function itself", "[arc][higher_order]") {
  language call;
  const arc::value f = call.made("compose", {"double", "double"});
  CHECK(call("equality", {call.made("power", {f, "1"}), f}) == "1");
  CHECK(call("equality", {call.made("power", {"add", "1"}), "add"}) == "1");
  CHECK(call(call.made("power", {"add", "1"}), {"2", "3"}) == "5");
  CHECK(call("power", {"7", "1"}) == "7");
}

TEST_CASE("power: less than once never ends", "[arc][higher_order]") {
  language call;
  CHECK(call("power", {"double", "0"}) == "error: depth");
  CHECK(call("power", {"double", "-3"}) == "error: depth");
}

TEST_CASE("power: what is no function fails when called", "[arc][higher_order]") {
  language call;
  CHECK(call("power", {"7", "2"}) == "function");
  CHECK(call(call.made("power", {"7", "2"}), {"1"}) == "error: type");
  CHECK(call(call.made("power", {"add", "2"}), {"1"}) == "error: type");
  CHECK(call(call.made("power", {"double", "2"}), {"1", "2"}) == "error: type");
}

TEST_CASE("power: the number must be one", "[arc][higher_order]") {
  language call;
  CHECK(call("power", {"double", "(1, 2)"}) == "error: type");
  CHECK(call("power", {"double", "none"}) == "error: type");
}

TEST_CASE("fork: two functions of one argument, joined", "[arc][higher_order]") {
  language call;
  CHECK(call(call.made("fork", {"add", "double", "increment"}), {"3"}) == "10");
  CHECK(call(call.made("fork", {"subtract", "double", "increment"}), {"3"}) == "2");
  CHECK(call(call.made("fork", {"multiply", "identity", "identity"}), {"-3"}) == "9");
  CHECK(call.arity(call.made("fork", {"add", "double", "increment"})) == 1);
}

TEST_CASE("fork: the second function is called before the third", "[arc][higher_order]") {
  language call;
  const arc::value second = call.made("compose", {"noted", "increment"});
  CHECK(call(call.made("fork", {"noted_pair", "noted", second}), {"3"}) == "(6, 8)");
  CHECK(calls == "3 4 6,8 ");
  const arc::value divide = call.made("lbind", {"divide", "1"});
  CHECK(call(call.made("fork", {"add", divide, "even"}), {"(0, 1)"}) == "error: zero_division");
  CHECK(call(call.made("fork", {"add", "even", divide}), {"(0, 1)"}) == "error: type");
}

TEST_CASE("fork: what is no function fails when called", "[arc][higher_order]") {
  language call;
  CHECK(call("fork", {"1", "2", "3"}) == "function");
  CHECK(call(call.made("fork", {"1", "double", "double"}), {"3"}) == "error: type");
  CHECK(call(call.made("fork", {"add", "1", "double"}), {"3"}) == "error: type");
  CHECK(call(call.made("fork", {"add", "double", "1"}), {"3"}) == "error: type");
}

TEST_CASE("fork: numbers of arguments", "[arc][higher_order]") {
  language call;
  CHECK(call(call.made("fork", {"double", "double", "double"}), {"3"}) == "error: type");
  CHECK(call(call.made("fork", {"add", "add", "double"}), {"3"}) == "error: type");
  CHECK(call(call.made("fork", {"add", "double", "double"}), {"3", "3"}) == "error: type");
}

TEST_CASE("fork: makes functions", "[arc][higher_order]") {
  language call;
  const arc::value binder = call.made("lbind", {"lbind", "add"});
  const arc::value made = call.made("fork", {"compose", binder, binder});
  CHECK(call(call.made(made, {"3"}), {"10"}) == "16");
}
