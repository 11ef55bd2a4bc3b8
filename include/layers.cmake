# Every header of the library, by layer. A header may include the standard library and headers of
# strictly lower layers, nothing else; tests/scripts/layering.cmake checks that. The list is also
# what CMake installs, so a header that is missing here cannot be used by anybody.

set(orderly_layers 0a 0b 0c 0d 0e 0f 1 1a 2 3 4 5)

# 0 is the floor, in steps: what stands on nothing, what is built from that, the primitives, the one
# way to sleep above them, and what a pool and a queue do with it. 1a is the two ways in which a queue
# keeps its elements.
set(orderly_layer_0a version detail/cache_line detail/wide_multiply detail/materialize
                    detail/waiter_word detail/small_task detail/brief_mutex detail/claim_size)
set(orderly_layer_0b detail/raw_futex detail/node_monitor detail/ring detail/random_engines
                    detail/exact_integer detail/index_batch detail/stamped_ring)
set(orderly_layer_0c detail/native_sync)
set(orderly_layer_0d detail/native_threads detail/parking)
set(orderly_layer_0e detail/batch_gate detail/sleepers)
set(orderly_layer_0f detail/worker_threads)
set(orderly_layer_1 broken_state concepts conqueue_status available_parallelism index_range
                    random_stream accumulators progress pool_statistics)
set(orderly_layer_1a detail/locked_queue detail/stamped_queue)
set(orderly_layer_2 detail/state_slot seed_range bounded_queue ordered_merge worker_pool
                    ordered_options)
set(orderly_layer_3 per_worker detail/ordered_run)
set(orderly_layer_4 ordered_for_each ordered_transform ordered_reduce ordered_pipeline submit
                    watchdog)
set(orderly_layer_5 orderly)

# Public headers that orderly.hpp leaves out, because what they include is dear.
set(orderly_opt_in submit watchdog)
