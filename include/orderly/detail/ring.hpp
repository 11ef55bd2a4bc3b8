// SPDX-License-Identifier: MIT
//
// orderly/detail/ring.hpp: a first-in first-out ring of raw slots, any capacity, allocated once.
//
// Not thread-safe: its owner guards it. Slots are sizeof(T) each and hold no object until one is
// put in; T needs no default constructor, and its moves may throw.
#ifndef ORDERLY_DETAIL_RING_HPP
#define ORDERLY_DETAIL_RING_HPP

#include <cstddef> // size_t
#include <new>     // aligned storage
#include <utility> // forward, move

namespace orderly {
inline namespace v0 {
namespace detail {

template <class T>
class ring {
 public:
  explicit ring(std::size_t capacity)
      : slots_(
            static_cast<T*>(::operator new (capacity * sizeof(T), std::align_val_t{alignof(T)}))),
        capacity_(capacity) {}
  ring(const ring&) = delete;
  ring& operator=(const ring&) = delete;
  ~ring() {
    for (; size_ > 0; drop_front()) {
    }
    ::operator delete (slots_, std::align_val_t{alignof(T)});
  }

  std::size_t capacity() const noexcept { return capacity_; }
  std::size_t size() const noexcept { return size_; }
  bool empty() const noexcept { return size_ == 0; }
  bool full() const noexcept { return size_ == capacity_; }

  // Precondition: not full. If the constructor throws, the ring is as before.
  template <class... Args>
  void emplace_back(Args&&... args) {
    void* const slot = slots_ + wrap(head_ + size_);
    ::new (slot) T(std::forward<Args>(args)...);
    ++size_;
  }

  // Precondition: not empty.
  T& front() noexcept { return slots_[head_]; }

  void drop_front() noexcept {
    slots_[head_].~T();
    head_ = wrap(head_ + 1);
    --size_;
  }

 private:
  // capacity_ is at most half of the address space in bytes, so position never overflows.
  std::size_t wrap(std::size_t position) const noexcept {
    return position >= capacity_ ? position - capacity_ : position;
  }

  T* slots_;
  std::size_t capacity_;
  std::size_t head_ = 0;
  std::size_t size_ = 0;
};

} // namespace detail
} // namespace v0
} // namespace orderly

#endif // ORDERLY_DETAIL_RING_HPP
