// SPDX-License-Identifier: MIT
#include "use_everything.hpp"

int total_in_other_unit() { return use_everything(); }
