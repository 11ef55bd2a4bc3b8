# SPDX-License-Identifier: MIT
#
# Programs of the ARC language that solve tasks, each named by the task's id. The tasks are those of
# the public ARC-AGI-1 set (fchollet/ARC-AGI, training and evaluation).

# The pair of rows thrice, mirrored in the middle.
def solve_00576224(I):
    x1 = hconcat(I, I)
    x2 = hconcat(x1, I)
    x3 = vmirror(x2)
    x4 = vconcat(x2, x3)
    O = vconcat(x4, x2)
    return O

# A copy of the grid for every cell of it that is coloured.
def solve_007bbfb7(I):
    x1 = hconcat(I, I)
    x2 = hconcat(x1, I)
    x3 = vconcat(x2, x2)
    x4 = vconcat(x3, x2)
    x5 = upscale(I, THREE)
    O = cellwise(x4, x5, ZERO)
    return O

# A cell for every field between the lines.
def solve_1190e5a7(I):
    x1 = frontiers(I)
    x2 = sfilter(x1, hline)
    x3 = sfilter(x1, vline)
    x4 = size(x2)
    x5 = size(x3)
    x6 = astuple(x4, x5)
    x7 = increment(x6)
    x8 = mostcolor(I)
    O = canvas(x8, x7)
    return O

# Cells of one colour are joined by lines.
def solve_1f876c06(I):
    x1 = lbind(prapply, connect)
    x2 = fork(x1, toindices, toindices)
    x3 = compose(merge, x2)
    x4 = fork(recolor, color, x3)
    x5 = fgpartition(I)
    x6 = mapply(x4, x5)
    O = paint(I, x6)
    return O

# What is between the arms of a colour is filled with it.
def solve_22168020(I):
    x1 = lbind(prapply, connect)
    x2 = fork(x1, toindices, toindices)
    x3 = compose(merge, x2)
    x4 = fork(recolor, color, x3)
    x5 = fgpartition(I)
    x6 = mapply(x4, x5)
    O = paint(I, x6)
    return O

# Equal ends of a row are joined, those of a column are not.
def solve_22eb0ac0(I):
    x1 = lbind(prapply, connect)
    x2 = fork(x1, toindices, toindices)
    x3 = rbind(mfilter, hline)
    x4 = compose(x3, x2)
    x5 = fork(recolor, color, x4)
    x6 = fgpartition(I)
    x7 = mapply(x5, x6)
    O = paint(I, x7)
    return O

# The smallest rectangle.
def solve_23b5c85d(I):
    x1 = objects(I, T, F, T)
    x2 = argmin(x1, size)
    O = subgrid(x2, I)
    return O

# One step down.
def solve_25ff71a9(I):
    x1 = asobject(I)
    x2 = shift(x1, DOWN)
    x3 = shape(I)
    x4 = canvas(ZERO, x3)
    O = paint(x4, x2)
    return O

# The only shape, twice.
def solve_28bf18c6(I):
    x1 = objects(I, T, T, T)
    x2 = first(x1)
    x3 = subgrid(x2, I)
    O = hconcat(x3, x3)
    return O

# What stands on the ground sinks in.
def solve_3618c87e(I):
    x1 = ofcolor(I, ONE)
    x2 = shift(x1, TWO_BY_ZERO)
    x3 = replace(I, ONE, ZERO)
    O = fill(x3, ONE, x2)
    return O

# The notch of every corner piece.
def solve_3aa6fb7a(I):
    x1 = objects(I, T, F, T)
    x2 = mapply(delta, x1)
    O = fill(I, ONE, x2)
    return O

# Single cells vanish.
def solve_42a50994(I):
    x1 = objects(I, T, T, T)
    x2 = sizefilter(x1, ONE)
    x3 = merge(x2)
    O = fill(I, ZERO, x3)
    return O

# The quarter at the upper left in the colour of the cross, mirrored to all sides.
def solve_47c1f68c(I):
    x1 = shape(I)
    x2 = halve(x1)
    x3 = index(I, x2)
    x4 = crop(I, ORIGIN, x2)
    x5 = asindices(x4)
    x6 = ofcolor(x4, ZERO)
    x7 = difference(x5, x6)
    x8 = fill(x4, x3, x7)
    x9 = vmirror(x8)
    x10 = hconcat(x8, x9)
    x11 = hmirror(x10)
    O = vconcat(x10, x11)
    return O

# The upper half, mirrored.
def solve_496994bd(I):
    x1 = hmirror(I)
    x2 = tophalf(I)
    x3 = bottomhalf(x1)
    O = vconcat(x2, x3)
    return O

# The shape that has a mark, without the mark.
def solve_5117e062(I):
    x1 = objects(I, F, T, T)
    x2 = rbind(colorcount, EIGHT)
    x3 = extract(x1, x2)
    x4 = mostcolor(x3)
    x5 = subgrid(x3, I)
    O = replace(x5, EIGHT, x4)
    return O

# The most frequent colour everywhere.
def solve_5582e5ca(I):
    x1 = mostcolor(I)
    O = canvas(x1, THREE_BY_THREE)
    return O

# A cell shines along its diagonals.
def solve_623ea044(I):
    x1 = leastcolor(I)
    x2 = ofcolor(I, x1)
    x3 = first(x2)
    x4 = lbind(shoot, x3)
    x5 = ineighbors(ORIGIN)
    x6 = mapply(x4, x5)
    O = fill(I, x1, x6)
    return O

# The largest room and the smallest ones.
def solve_6455b5f5(I):
    x1 = objects(I, T, F, F)
    x2 = colorfilter(x1, ZERO)
    x3 = argmax(x2, size)
    x4 = valmin(x2, size)
    x5 = sizefilter(x2, x4)
    x6 = merge(x5)
    x7 = fill(I, ONE, x3)
    O = fill(x7, EIGHT, x6)
    return O

# Colours by size.
def solve_6e82a1ae(I):
    x1 = objects(I, T, F, T)
    x2 = sizefilter(x1, FOUR)
    x3 = sizefilter(x1, THREE)
    x4 = sizefilter(x1, TWO)
    x5 = merge(x2)
    x6 = merge(x3)
    x7 = merge(x4)
    x8 = fill(I, ONE, x5)
    x9 = fill(x8, TWO, x6)
    O = fill(x9, THREE, x7)
    return O

# The only rectangle, mirrored.
def solve_7468f01a(I):
    x1 = objects(I, F, F, T)
    x2 = first(x1)
    x3 = subgrid(x2, I)
    O = vmirror(x3)
    return O

# A copy of the shape for every cell of it.
def solve_8f2ea7aa(I):
    x1 = fgpartition(I)
    x2 = first(x1)
    x3 = subgrid(x2, I)
    x4 = hconcat(x3, x3)
    x5 = hconcat(x4, x3)
    x6 = vconcat(x5, x5)
    x7 = vconcat(x6, x5)
    x8 = upscale(x3, THREE)
    O = cellwise(x7, x8, ZERO)
    return O

# All but the most frequent colour become grey.
def solve_9565186b(I):
    x1 = mostcolor(I)
    x2 = ofcolor(I, x1)
    x3 = shape(I)
    x4 = canvas(FIVE, x3)
    O = fill(x4, x1, x2)
    return O

# Rows become columns.
def solve_9dfd6313(I):
    O = dmirror(I)
    return O

# Side by side.
def solve_a416b8f3(I):
    O = hconcat(I, I)
    return O

# Four quarters, one upon the other.
def solve_a68b268e(I):
    x1 = tophalf(I)
    x2 = bottomhalf(I)
    x3 = lefthalf(x1)
    x4 = righthalf(x1)
    x5 = lefthalf(x2)
    x6 = righthalf(x2)
    x7 = ofcolor(x5, EIGHT)
    x8 = ofcolor(x4, FOUR)
    x9 = ofcolor(x3, SEVEN)
    x10 = fill(x6, EIGHT, x7)
    x11 = fill(x10, FOUR, x8)
    O = fill(x11, SEVEN, x9)
    return O

# One step down, in another colour.
def solve_a79310a0(I):
    x1 = ofcolor(I, EIGHT)
    x2 = replace(I, EIGHT, ZERO)
    x3 = shift(x1, DOWN)
    O = fill(x2, TWO, x3)
    return O

# As many times larger as cells are coloured.
def solve_ac0a08a4(I):
    x1 = colorcount(I, ZERO)
    x2 = subtract(NINE, x1)
    O = upscale(I, x2)
    return O

# As many times larger as there are colours.
def solve_b91ae062(I):
    x1 = numcolors(I)
    x2 = decrement(x1)
    O = upscale(I, x2)
    return O

# The broken beam comes to lie on top.
def solve_ba97ae07(I):
    x1 = fgpartition(I)
    x2 = compose(size, delta)
    x3 = sfilter(x1, x2)
    x4 = fork(recolor, color, backdrop)
    x5 = mapply(x4, x3)
    O = paint(I, x5)
    return O

# The colours of the first row, each as a row, twice.
def solve_bd4472b8(I):
    x1 = width(I)
    x2 = astuple(ONE, x1)
    x3 = crop(I, ORIGIN, x2)
    x4 = dmirror(x3)
    x5 = hupscale(x4, x1)
    x6 = vconcat(x5, x5)
    x7 = asobject(x6)
    x8 = shift(x7, TWO_BY_ZERO)
    O = paint(I, x8)
    return O

# Another colour.
def solve_c8f0f002(I):
    O = replace(I, SEVEN, FIVE)
    return O

# Three parts, one upon the other.
def solve_cf98881b(I):
    x1 = hsplit(I, THREE)
    x2 = first(x1)
    x3 = last(x1)
    x4 = remove(x2, x1)
    x5 = first(x4)
    x6 = ofcolor(x5, NINE)
    x7 = ofcolor(x2, FOUR)
    x8 = fill(x3, NINE, x6)
    O = fill(x8, FOUR, x7)
    return O

# A diagonal as long as there are shapes.
def solve_d0f5fe59(I):
    x1 = objects(I, T, F, T)
    x2 = size(x1)
    x3 = astuple(x2, x2)
    x4 = canvas(ZERO, x3)
    x5 = shoot(ORIGIN, UNITY)
    O = fill(x4, EIGHT, x5)
    return O

# The column in the middle.
def solve_d23f8c26(I):
    x1 = width(I)
    x2 = halve(x1)
    x3 = tojvec(x2)
    x4 = vfrontier(x3)
    x5 = toobject(x4, I)
    x6 = shape(I)
    x7 = canvas(ZERO, x6)
    O = paint(x7, x5)
    return O

# Cells in line with the block are joined to it.
def solve_d43fd935(I):
    x1 = ofcolor(I, THREE)
    x2 = lbind(prapply, connect)
    x3 = rbind(x2, x1)
    x4 = fork(either, hline, vline)
    x5 = rbind(mfilter, x4)
    x6 = chain(x5, x3, toindices)
    x7 = fork(recolor, color, x6)
    x8 = fgpartition(I)
    x9 = mapply(x7, x8)
    x10 = paint(I, x9)
    O = fill(x10, THREE, x1)
    return O

# Two colours change places.
def solve_d511f180(I):
    O = switch(I, FIVE, EIGHT)
    return O

# One step towards the other.
def solve_dc433765(I):
    x1 = ofcolor(I, THREE)
    x2 = ofcolor(I, FOUR)
    x3 = position(x1, x2)
    x4 = recolor(THREE, x1)
    O = move(I, x4, x3)
    return O

# Every other column upside down.
def solve_e9afcf9a(I):
    x1 = hmirror(I)
    x2 = interval(ONE, SIX, TWO)
    x3 = apply(tojvec, x2)
    x4 = mapply(vfrontier, x3)
    x5 = toobject(x4, x1)
    O = paint(I, x5)
    return O

# The rectangle with most of a colour. Some black is added, lest another colour be the background.
def solve_e50d258f(I):
    x1 = shape(I)
    x2 = canvas(ZERO, x1)
    x3 = hconcat(I, x2)
    x4 = objects(x3, F, F, T)
    x5 = rbind(colorcount, TWO)
    x6 = argmax(x4, x5)
    O = subgrid(x6, I)
    return O

# The lower half, mirrored.
def solve_f25ffba3(I):
    x1 = bottomhalf(I)
    x2 = hmirror(x1)
    O = vconcat(x2, x1)
    return O

# The colour takes the place of the grey.
def solve_f76d97a5(I):
    x1 = palette(I)
    x2 = remove(FIVE, x1)
    x3 = first(x2)
    x4 = replace(I, x3, ZERO)
    O = replace(x4, FIVE, x3)
    return O

# The colours of the shapes, by size.
def solve_f8ff0b80(I):
    x1 = objects(I, T, T, T)
    x2 = order(x1, size)
    x3 = rbind(canvas, UNITY)
    x4 = compose(x3, color)
    x5 = mapply(x4, x2)
    O = hmirror(x5)
    return O

# A square around every mark.
def solve_ce22a75a(I):
    x1 = ofcolor(I, FIVE)
    x2 = mapply(neighbors, x1)
    x3 = fill(I, ONE, x2)
    O = replace(x3, FIVE, ONE)
    return O

# As many rows below a block as it has colours.
def solve_fcc82909(I):
    x1 = objects(I, F, T, T)
    x2 = compose(toivec, numcolors)
    x3 = fork(add, lrcorner, x2)
    x4 = rbind(add, DOWN)
    x5 = compose(x4, llcorner)
    x6 = fork(astuple, x5, x3)
    x7 = compose(backdrop, x6)
    x8 = mapply(x7, x1)
    O = fill(I, THREE, x8)
    return O
