// SPDX-License-Identifier: MIT
//
// Two files include every public header and use the same things; a function that is not inline, or
// that differs between the two, does not survive the linker.
#include "use_everything.hpp"

int total_in_other_unit();

int main() { return total_in_other_unit() == use_everything() ? 0 : 1; }
