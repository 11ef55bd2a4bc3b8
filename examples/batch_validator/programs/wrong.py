# SPDX-License-Identifier: MIT
#
# One program for each of the tasks beside; each gives a grid, but not the expected one: WA.
from dsl import *


# Mirrored top to bottom.
def solve_a0000001(I):
    x1 = hmirror(I)
    O = hconcat(I, x1)
    return O


# One way only: what was 2 stays.
def solve_a0000002(I):
    O = replace(I, ONE, TWO)
    return O


# The smallest object.
def solve_a0000003(I):
    x1 = objects(I, T, F, T)
    x2 = argmin(x1, size)
    O = subgrid(x2, I)
    return O


# Always three cells, as in both examples: wrong in the test alone.
def solve_a0000004(I):
    x1 = astuple(ONE, THREE)
    O = canvas(THREE, x1)
    return O


# Fills all background.
def solve_a0000005(I):
    O = replace(I, ZERO, FOUR)
    return O


# Leaves what was lost.
def solve_a0000006(I):
    O = identity(I)
    return O


# Leaves the frame around it.
def solve_a0000007(I):
    x1 = ofcolor(I, FIVE)
    O = subgrid(x1, I)
    return O


# Larger cells instead of more of them.
def solve_a0000008(I):
    O = upscale(I, TWO)
    return O
