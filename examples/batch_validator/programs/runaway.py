# SPDX-License-Identifier: MIT
#
# One program for each of the tasks beside; none would end soon, or fit, without the limits. Each goes
# beyond one in another way, named before it: FUEL, MEM or DEPTH.
from dsl import *


# FUEL: power with a huge number. 10,000,000,000 calls of a function that does nothing.
def solve_a0000001(I):
    x1 = rbind(multiply, TEN)
    x2 = power(x1, TEN)
    x3 = x2(ONE)
    x4 = power(identity, x3)
    O = x4(I)
    return O


# MEM: exponential growth. The grid beside itself, a hundred times over.
def solve_a0000002(I):
    x1 = fork(hconcat, identity, identity)
    x2 = multiply(TEN, TEN)
    x3 = power(x1, x2)
    O = x3(I)
    return O


# MEM: a giant canvas, 2,000 by 2,000.
def solve_a0000003(I):
    x1 = multiply(TEN, TEN)
    x2 = multiply(TEN, x1)
    x3 = double(x2)
    x4 = astuple(x3, x3)
    O = canvas(ONE, x4)
    return O


# DEPTH: deep recursion. From f to "f of each element", 600 times: functions inside functions, still
# allowed, but a call of the outermost needs two calls inside calls for each of them.
def solve_a0000004(I):
    x1 = multiply(TEN, TEN)
    x2 = multiply(SIX, x1)
    x3 = lbind(lbind, apply)
    x4 = power(x3, x2)
    x5 = x4(identity)
    x6 = power(initset, x2)
    x7 = x6(I)
    O = x5(x7)
    return O


# DEPTH: nested values. The set of the set of the set ...
def solve_a0000005(I):
    x1 = multiply(TEN, TEN)
    x2 = multiply(TEN, x1)
    x3 = double(x2)
    x4 = power(initset, x3)
    O = x4(I)
    return O


# FUEL: prapply of prapply. Each of 1,000 rows with each other, and in them each of 1,000 numbers with
# each other.
def solve_a0000006(I):
    x1 = multiply(TEN, TEN)
    x2 = multiply(TEN, x1)
    x3 = interval(ZERO, x2, ONE)
    x4 = repeat(x3, x2)
    x5 = lbind(prapply, greater)
    O = prapply(x5, x4, x4)
    return O


# FUEL: an interval of 9,000,000,000 numbers.
def solve_a0000007(I):
    x1 = rbind(multiply, TEN)
    x2 = power(x1, NINE)
    x3 = x2(NINE)
    x4 = interval(ZERO, x3, ONE)
    O = repeat(x4, ONE)
    return O


# MEM: repeat. Ten times what was repeated ten times: each is short, and all of them are too much.
def solve_a0000008(I):
    x1 = rbind(repeat, TEN)
    x2 = multiply(TEN, TEN)
    x3 = power(x1, x2)
    O = x3(I)
    return O
