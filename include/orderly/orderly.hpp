// SPDX-License-Identifier: MIT
//
// orderly/orderly.hpp: all of the library but its opt-in headers (submit.hpp).
#ifndef ORDERLY_ORDERLY_HPP
#define ORDERLY_ORDERLY_HPP

#include "orderly/accumulators.hpp"
#include "orderly/available_parallelism.hpp"
#include "orderly/bounded_queue.hpp"
#include "orderly/broken_state.hpp"
#include "orderly/concepts.hpp"
#include "orderly/conqueue_status.hpp"
#include "orderly/index_range.hpp"
#include "orderly/ordered_for_each.hpp"
#include "orderly/ordered_merge.hpp"
#include "orderly/ordered_options.hpp"
#include "orderly/ordered_pipeline.hpp"
#include "orderly/ordered_reduce.hpp"
#include "orderly/ordered_transform.hpp"
#include "orderly/per_worker.hpp"
#include "orderly/pool_statistics.hpp"
#include "orderly/progress.hpp"
#include "orderly/random_stream.hpp"
#include "orderly/seed_range.hpp"
#include "orderly/version.hpp"
#include "orderly/worker_pool.hpp"

#endif // ORDERLY_ORDERLY_HPP
