// SPDX-License-Identifier: MIT
//
// A stack of its own and the switch to it: what a modelled thread runs on. All fibers share one
// operating-system thread; exactly one runs at a time.
//
// The body never returns: it is a loop that switches away when one piece of work is done and finds the
// next when somebody switches back, so that one stack serves many runs. The switch also changes
// what the language keeps for each thread: the exceptions that are being handled or thrown (library
// code switches inside catch blocks and destructors).
//
// A fiber that is thrown away while something still lives on its stack is simply forgotten; nothing on
// it is destroyed.
#ifndef ORDERLY_TESTS_SUPPORT_INTERLEAVING_FIBER_HPP
#define ORDERLY_TESTS_SUPPORT_INTERLEAVING_FIBER_HPP

#include <csetjmp>    // _setjmp: the switch, without the system calls of swapcontext
#include <cstddef>    // size_t
#include <cstring>    // memcpy
#include <cxxabi.h>   // __cxa_get_globals
#include <new>        // bad_alloc
#include <sys/mman.h> // stacks
#include <ucontext.h> // the first step onto a stack

#if defined(__SANITIZE_ADDRESS__)
#define INTERLEAVING_ADDRESS_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define INTERLEAVING_ADDRESS_SANITIZER 1
#endif
#endif
#if defined(INTERLEAVING_ADDRESS_SANITIZER)
#include <sanitizer/asan_interface.h>        // what was a stack may become something else
#include <sanitizer/common_interface_defs.h> // __sanitizer_start_switch_fiber
#endif

namespace interleaving {

class fiber {
 public:
  // The context of the caller: no stack of its own, to be switched back to.
  fiber() = default;

  explicit fiber(void (*body)()) : body_(body), bottom_(map_stack()), size_(stack_size) {
    if (::getcontext(&first_) != 0) throw std::bad_alloc();
    first_.uc_stack.ss_sp = bottom_;
    first_.uc_stack.ss_size = stack_size;
    first_.uc_link = nullptr;
    ::makecontext(&first_, &fiber::enter, 0);
  }

  fiber(const fiber&) = delete;
  fiber& operator=(const fiber&) = delete;

  ~fiber() {
    if (body_ == nullptr) return;
#if defined(INTERLEAVING_ADDRESS_SANITIZER)
    __asan_unpoison_memory_region(bottom_, stack_size);
#endif
    ::munmap(static_cast<char*>(bottom_) - guard_size, guard_size + stack_size);
  }

  // Leaves `from`, the running fiber, for `to`. Returns when somebody switches to `from`.
  [[gnu::noinline]] static void change(fiber& from, fiber& to) noexcept {
    exceptions saved(*__cxxabiv1::__cxa_get_globals());
    leaving() = &from;
    entering() = &to;
#if defined(INTERLEAVING_ADDRESS_SANITIZER)
    __sanitizer_start_switch_fiber(&from.fake_stack_, to.bottom_, to.size_);
#endif
    from.jump_to(to);
    arrived(from);
    saved.restore();
  }

 private:
  // The two members of the structure that the C++ ABI keeps for each thread: the exceptions being
  // handled, and the number of those being thrown.
  class exceptions {
   public:
    explicit exceptions(__cxxabiv1::__cxa_eh_globals& place) noexcept : place_(&place) {
      std::memcpy(bytes_, place_, sizeof bytes_);
      std::memset(static_cast<void*>(place_), 0, sizeof bytes_); // what a new fiber begins with
    }
    void restore() const noexcept {
      std::memcpy(static_cast<void*>(place_), bytes_, sizeof bytes_);
    }

   private:
    void* place_;
    char bytes_[sizeof(void*) + sizeof(unsigned)];
  };

  static constexpr std::size_t stack_size = std::size_t{256} << 10;
  static constexpr std::size_t guard_size = std::size_t{64} << 10; // a multiple of every page size

  static fiber*& leaving() noexcept {
    static fiber* value = nullptr;
    return value;
  }
  static fiber*& entering() noexcept {
    static fiber* value = nullptr;
    return value;
  }

  static void* map_stack() {
    void* const memory = ::mmap(nullptr, guard_size + stack_size, PROT_READ | PROT_WRITE,
                                MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED) throw std::bad_alloc();
    ::mprotect(memory, guard_size, PROT_NONE); // an overflow shall stop here
    return static_cast<char*>(memory) + guard_size;
  }

  static void enter() {
    arrived(*entering());
    entering()->body_();
  }

  // Tells the address sanitizer, if there is one, that the stack has changed; from it we learn the
  // bounds of the stack that we left, which is how the caller's own become known.
  static void arrived([[maybe_unused]] fiber& here) noexcept {
#if defined(INTERLEAVING_ADDRESS_SANITIZER)
    const void* bottom = nullptr;
    std::size_t size = 0;
    __sanitizer_finish_switch_fiber(here.fake_stack_, &bottom, &size);
    leaving()->bottom_ = const_cast<void*>(bottom);
    leaving()->size_ = size;
#endif
  }

#if defined(_FORTIFY_SOURCE) && _FORTIFY_SOURCE > 0
  // The checked longjmp takes a jump to another stack for an error.
  void jump_to(fiber& to) noexcept { ::swapcontext(&first_, &to.first_); }
#else
  void jump_to(fiber& to) noexcept {
    if (_setjmp(place_) != 0) return;
    if (to.started_ || to.body_ == nullptr) _longjmp(to.place_, 1);
    to.started_ = true;
    ::setcontext(&to.first_);
  }
  std::jmp_buf place_;
  bool started_ = false;
#endif

  void (*body_)() = nullptr;
  ucontext_t first_;
  void* bottom_ = nullptr;
  std::size_t size_ = 0;
  void* fake_stack_ = nullptr; // the address sanitizer's
};

} // namespace interleaving

#endif // ORDERLY_TESTS_SUPPORT_INTERLEAVING_FIBER_HPP
