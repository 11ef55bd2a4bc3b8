// SPDX-License-Identifier: MIT
//
// fault/thread_faults.hpp: makes the k-th creation of a thread fail, and counts threads (POSIX).
//
// thread_faults.cpp stands before the system's pthread_create for the whole program; link it in,
// together with the library of dlsym.
#ifndef ORDERLY_TESTS_FAULT_THREAD_FAULTS_HPP
#define ORDERLY_TESTS_FAULT_THREAD_FAULTS_HPP

#include <cstddef> // size_t
#include <cstdint> // uint64_t

namespace test {

// As long as it lives, the kth thread (from 1) created after its construction fails with EAGAIN. One
// at a time.
class thread_fault {
 public:
  explicit thread_fault(std::uint64_t kth) noexcept;
  thread_fault(const thread_fault&) = delete;
  thread_fault& operator=(const thread_fault&) = delete;
  ~thread_fault();

  // Whether a creation failed, and how many there were, under the latest one.
  static bool injected() noexcept;
  static std::uint64_t counted() noexcept;
};

// Threads that were created and whose function has not yet returned: those that are joined are not
// among them.
std::size_t running_threads() noexcept;

} // namespace test

#endif // ORDERLY_TESTS_FAULT_THREAD_FAULTS_HPP
