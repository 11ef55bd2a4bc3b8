// SPDX-License-Identifier: MIT
//
// orderly/detail/brief_mutex.hpp: a mutex for critical sections of some ten nanoseconds, which are over
// sooner than a thread can go to sleep.
//
// Whoever finds it taken looks again for about 1 us before it sleeps. Without that, threads that meet in
// such a section again and again spend most of their time in the kernel.
//
//   brief_mutex<Sync> mutex;
//   const std::lock_guard lock(mutex);
#ifndef ORDERLY_DETAIL_BRIEF_MUTEX_HPP
#define ORDERLY_DETAIL_BRIEF_MUTEX_HPP

namespace orderly {
inline namespace v0 {
namespace detail {

template <class Sync>
class brief_mutex {
 public:
  void lock() {
    if constexpr (Sync::state_pauses > 0) {
      for (int i = 0; i < Sync::state_pauses; ++i, Sync::pause())
        if (mutex_.try_lock()) return;
    }
    mutex_.lock();
  }
  void unlock() { mutex_.unlock(); }

 private:
  typename Sync::mutex mutex_;
};

} // namespace detail
} // namespace v0
} // namespace orderly

#endif // ORDERLY_DETAIL_BRIEF_MUTEX_HPP
