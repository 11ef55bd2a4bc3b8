// SPDX-License-Identifier: MIT
//
// The pthread_create behind thread_faults.hpp. std::thread calls it from the standard library's
// shared object, which finds the program's own definition first.
#include "fault/thread_faults.hpp"

#include <atomic>    // threads are created by any thread
#include <cerrno>    // EAGAIN
#include <cstdlib>   // malloc
#include <dlfcn.h>   // dlsym
#include <new>       // placement new
#include <pthread.h> // pthread_create

namespace {

std::atomic<bool> armed{false};
std::atomic<std::uint64_t> failing{0};
std::atomic<std::uint64_t> counter{0};
std::atomic<std::size_t> running{0};

using start_routine = void* (*)(void*);
using create_function = int (*)(pthread_t*, const pthread_attr_t*, start_routine, void*);

} // namespace

// What a sanitizer that is linked into the program itself puts before the system's; absent otherwise.
extern "C" __attribute__((weak)) int __interceptor_pthread_create(pthread_t*, const pthread_attr_t*,
                                                                  start_routine, void*);

namespace {

create_function next_in_line() noexcept {
  if (__interceptor_pthread_create != nullptr) return __interceptor_pthread_create;
  return reinterpret_cast<create_function>(::dlsym(RTLD_NEXT, "pthread_create"));
}

// What a thread is to run, on its way there.
struct beginning {
  start_routine start;
  void* argument;
};

void* run_counted(void* memory) {
  const beginning work = *static_cast<beginning*>(memory);
  std::free(memory);
  void* const result = work.start(work.argument);
  --running;
  return result;
}

} // namespace

extern "C" int pthread_create(pthread_t* thread, const pthread_attr_t* attributes,
                              start_routine start, void* argument) noexcept {
  static const create_function next = next_in_line();
  if (armed && ++counter == failing) return EAGAIN;
  void* const memory = std::malloc(sizeof(beginning)); // not new, whose failures are counted
  if (memory == nullptr) return EAGAIN;
  ::new (memory) beginning{start, argument};
  ++running;
  const int error = next(thread, attributes, run_counted, memory);
  if (error == 0) return 0;
  --running;
  std::free(memory);
  return error;
}

namespace test {

thread_fault::thread_fault(std::uint64_t kth) noexcept {
  counter = 0;
  failing = kth;
  armed = true;
}
thread_fault::~thread_fault() { armed = false; }

bool thread_fault::injected() noexcept { return counter >= failing; }
std::uint64_t thread_fault::counted() noexcept { return counter; }

std::size_t running_threads() noexcept { return running; }

} // namespace test
