# SPDX-License-Identifier: MIT
#
# One program for each of the tasks beside; each ends with another error: RE.
from dsl import *


# type: a number has no mirror image.
def solve_a0000001(I):
    x1 = height(I)
    O = vmirror(x1)
    return O


# index: a canvas without rows has no first one.
def solve_a0000002(I):
    x1 = ofcolor(I, ONE)
    x2 = canvas(ONE, ORIGIN)
    O = fill(x2, TWO, x1)
    return O


# empty: of no object, none is the largest.
def solve_a0000003(I):
    x1 = objects(I, T, F, T)
    x2 = sizefilter(x1, ZERO)
    x3 = argmax(x2, size)
    O = subgrid(x3, I)
    return O


# no_element: the first of none. What fails is never used.
def solve_a0000004(I):
    x1 = objects(I, T, F, T)
    x2 = sizefilter(x1, ZERO)
    x3 = first(x2)
    x4 = size(x1)
    x5 = astuple(ONE, x4)
    O = canvas(THREE, x5)
    return O


# zero_division
def solve_a0000005(I):
    x1 = height(I)
    x2 = divide(x1, ZERO)
    x3 = astuple(x2, x2)
    O = canvas(FOUR, x3)
    return O


# zero_step
def solve_a0000006(I):
    x1 = width(I)
    x2 = interval(ZERO, x1, ZERO)
    O = repeat(x2, ONE)
    return O


# overflow: 2 doubled a hundred times and more.
def solve_a0000007(I):
    x1 = multiply(TEN, TEN)
    x2 = power(double, x1)
    x3 = x2(TWO)
    x4 = astuple(x3, x3)
    O = canvas(FIVE, x4)
    return O


# type: a function of one argument gets two. Nobody can see this before the program runs.
def solve_a0000008(I):
    x1 = rbind(hconcat, I)
    O = x1(I, I)
    return O
