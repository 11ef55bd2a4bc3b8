// SPDX-License-Identifier: MIT
//
// What tests need to know about threads: whether one sleeps, how often it did, and a few ways to run
// them. The states and counts are the kernel's own (Linux); elsewhere a thread passes for asleep at
// once, so tests may use them to make a situation likely but stay correct without.
#ifndef ORDERLY_TESTS_SUPPORT_THREAD_STATE_HPP
#define ORDERLY_TESTS_SUPPORT_THREAD_STATE_HPP

#include <atomic>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#if defined(__linux__)
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>
#endif

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define ORDERLY_TESTS_SLOWDOWN 10
#endif
#elif defined(__SANITIZE_THREAD__)
#define ORDERLY_TESTS_SLOWDOWN 10
#endif
#ifndef ORDERLY_TESTS_SLOWDOWN
#define ORDERLY_TESTS_SLOWDOWN 1
#endif

namespace test {

// A number of repetitions, less where every one of them costs ten times as much.
template <class N>
constexpr N scaled(N repetitions) {
  return repetitions / ORDERLY_TESTS_SLOWDOWN;
}

#if defined(__linux__)

inline pid_t this_tid() noexcept { return static_cast<pid_t>(::syscall(SYS_gettid)); }

// A file of /proc about a thread of this process; empty when the thread has ended.
inline std::string proc_text(pid_t tid, const char* file) {
  const std::string path = "/proc/self/task/" + std::to_string(tid) + "/" + file;
  std::FILE* const in = std::fopen(path.c_str(), "re");
  if (in == nullptr) return {};
  char text[4096];
  const std::size_t length = std::fread(text, 1, sizeof text, in);
  std::fclose(in);
  return std::string(text, length);
}

// Whether the thread sleeps in the kernel now, or has ended.
inline bool asleep(pid_t tid) {
  const std::string stat = proc_text(tid, "stat"); // "TID (name) STATE ..."
  const std::size_t name_end = stat.rfind(") ");
  return name_end == std::string::npos || stat[name_end + 2] == 'S';
}

// How often the thread went to sleep since it was started.
inline std::uint64_t voluntary_switches(pid_t tid) {
  const std::string status = proc_text(tid, "status");
  const char* const label = "\nvoluntary_ctxt_switches:";
  const std::size_t at = status.find(label);
  unsigned long long count = 0;
  if (at == std::string::npos ||
      std::sscanf(status.c_str() + at + std::strlen(label), "%llu", &count) != 1)
    return 0;
  return count;
}

#else

using pid_t = int;
inline pid_t this_tid() noexcept { return 1; }
inline bool asleep(pid_t) { return true; }
inline std::uint64_t voluntary_switches(pid_t) { return 0; }

#endif

inline void wait_until_asleep(pid_t tid) {
  while (!asleep(tid)) std::this_thread::yield();
}

// A thread that runs f(), and whose sleep can be watched.
class watched_thread {
 public:
  template <class F>
  explicit watched_thread(F f)
      : thread_([this, f = std::move(f)]() mutable {
          tid_.store(test::this_tid());
          f();
          done_.store(true);
        }) {}
  ~watched_thread() { join(); }

  void join() {
    if (thread_.joinable()) thread_.join();
  }

  bool done() const { return done_.load(); }

  pid_t tid() const {
    while (tid_.load() == 0) std::this_thread::yield();
    return tid_.load();
  }

  void wait_until_asleep() const {
    const pid_t id = tid();
    while (!done() && !asleep(id)) std::this_thread::yield();
  }

  // Whether f() comes to its end by itself. False if the thread is found asleep again and again: so
  // that a lost wake-up fails a test rather than hangs it. Only after whatever was to wake it.
  bool comes_to_an_end() const {
    const pid_t id = tid();
    for (int sightings = 0; !done() && sightings < 1000; std::this_thread::yield())
      sightings = asleep(id) ? sightings + 1 : 0;
    return done();
  }

 private:
  std::atomic<pid_t> tid_{0};
  std::atomic<bool> done_{false};
  std::thread thread_; // last: it uses the others
};

// Runs f(0) ... f(count - 1), each on a thread of its own, all at the same time.
template <class F>
void run_on_threads(std::size_t count, F f) {
  std::atomic<std::size_t> started{0};
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < count; ++i)
    threads.emplace_back([&, i] {
      ++started;
      while (started < count) std::this_thread::yield();
      f(i);
    });
  for (std::thread& thread : threads) thread.join();
}

// Meets the others there; returns when all `count` have come.
inline void rendezvous(std::atomic<std::size_t>& arrived, std::size_t count) {
  ++arrived;
  while (arrived < count) std::this_thread::yield();
}

#if defined(__linux__)
// What int f() gives in a forked child; 1000 + signal if that ended it. The child is killed (signal
// 14) when it hangs. Only while this process has a single thread.
template <class F>
int result_in_child(F f) {
  std::fflush(nullptr);
  const pid_t child = ::fork();
  if (child == 0) {
    std::signal(SIGABRT, SIG_DFL); // the test framework's handler has no business here
    ::alarm(20);
    ::_exit(f());
  }
  int status = 0;
  if (child < 0 || ::waitpid(child, &status, 0) != child) return -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
}
#endif

} // namespace test

#endif // ORDERLY_TESTS_SUPPORT_THREAD_STATE_HPP
