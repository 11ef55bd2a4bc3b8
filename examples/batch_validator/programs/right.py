# SPDX-License-Identifier: MIT
#
# One program for each of the tasks beside, all right: AC.
from dsl import *


# The grid and its mirror image, side by side.
def solve_a0000001(I):
    x1 = vmirror(I)
    O = hconcat(I, x1)
    return O


# Colours 1 and 2 change places.
def solve_a0000002(I):
    O = switch(I, ONE, TWO)
    return O


# What lies around the largest object.
def solve_a0000003(I):
    x1 = objects(I, T, F, T)
    x2 = argmax(x1, size)
    O = subgrid(x2, I)
    return O


# As many cells as there are objects.
def solve_a0000004(I):
    x1 = objects(I, T, F, T)
    x2 = size(x1)
    x3 = astuple(ONE, x2)
    O = canvas(THREE, x3)
    return O


# Background that does not reach the border is enclosed: it is filled.
def solve_a0000005(I):
    x1 = objects(I, T, F, F)
    x2 = colorfilter(x1, ZERO)
    x3 = rbind(bordering, I)
    x4 = compose(flip, x3)
    x5 = mfilter(x2, x4)
    O = fill(I, FOUR, x5)
    return O


# Lost cells come from the other half of a symmetric picture.
def solve_a0000006(I):
    x1 = ofcolor(I, ZERO)
    x2 = vmirror(I)
    x3 = toobject(x1, x2)
    O = paint(I, x3)
    return O


# The inside of the frame.
def solve_a0000007(I):
    x1 = ofcolor(I, FIVE)
    x2 = subgrid(x1, I)
    O = trim(x2)
    return O


# Two by two copies.
def solve_a0000008(I):
    x1 = hconcat(I, I)
    O = vconcat(x1, x1)
    return O
