// SPDX-License-Identifier: MIT
//
// Puts the candidates of a batch, which come by task, into the order of the report.
//
//   arc::report_order<judged> order;
//   order.add(job, std::move(judged_of_the_job),
//             [&](const arc::candidate_batch& batch, std::size_t entry, judged&& one) { ... });
//
// Whatever follows without a gap is given out at once.
#ifndef ORDERLY_EXAMPLES_ARC_REPORT_ORDER_HPP
#define ORDERLY_EXAMPLES_ARC_REPORT_ORDER_HPP

#include "candidate_batch.hpp"

#include <cstddef>  // size_t
#include <memory>   // the batch at work
#include <optional> // places that wait
#include <span>     // entries of a job
#include <utility>  // move
#include <vector>   // what came

namespace arc {

template <class Judged>
class report_order {
 public:
  /// What the entries of a job have become. Calls put(batch, number of the entry, judged) for all that
  /// follow without a gap. Preconditions: jobs of a batch come before those of the next; one judged for
  /// each entry. Thread-safety: one thread at a time. Exceptions: std::bad_alloc, put's.
  template <class Put>
  void add(const batch_job& job, std::vector<Judged>&& all, const Put& put) {
    if (job.batch != batch_) {
      batch_ = job.batch;
      waiting_.clear();
      waiting_.resize(batch_->entries.size());
      next_ = 0;
    }
    const auto entries = job.entries();
    for (std::size_t i = 0; i < entries.size(); ++i) waiting_[entries[i]] = std::move(all[i]);
    for (; next_ < waiting_.size() && waiting_[next_]; ++next_) {
      put(*batch_, next_, std::move(*waiting_[next_]));
    }
  }

 private:
  std::shared_ptr<const candidate_batch> batch_;
  std::vector<std::optional<Judged>> waiting_; // by entry
  std::size_t next_ = 0;                       // the first that was not given out
};

} // namespace arc

#endif
