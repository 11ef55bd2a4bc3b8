# SPDX-License-Identifier: MIT
#
# One program for each of the tasks beside, each with another mistake: CE.
from dsl import *


# An unknown identifier.
def solve_a0000001(I):
    x1 = vmiror(I)
    O = hconcat(I, x1)
    return O


# A number: constants have names.
def solve_a0000002(I):
    O = switch(I, 1, TWO)
    return O


# A call inside a call.
def solve_a0000003(I):
    x1 = argmax(objects(I, T, F, T), size)
    O = subgrid(x1, I)
    return O


# An argument too few.
def solve_a0000004(I):
    x1 = objects(I, T, F)
    x2 = size(x1)
    x3 = astuple(ONE, x2)
    O = canvas(THREE, x3)
    return O


# A second assignment.
def solve_a0000005(I):
    O = replace(I, ZERO, FOUR)
    O = replace(O, FOUR, ZERO)
    return O


# Used before it is assigned.
def solve_a0000006(I):
    x1 = vmirror(x2)
    x2 = hmirror(I)
    O = hconcat(I, x1)
    return O


# A primitive's name for a variable.
def solve_a0000007(I):
    trim = ofcolor(I, FIVE)
    O = subgrid(trim, I)
    return O


# No return.
def solve_a0000008(I):
    x1 = hconcat(I, I)
    O = vconcat(x1, x1)
