// SPDX-License-Identifier: MIT
//
// Verdicts that outlive a run, in a folder that any number of processes may use at once.
//
//   arc::verdict_cache cache("folder");                       // reads what is there
//   if (const auto known = cache.find(key)) use(*known);      // on any thread
//   cache.add(key, judgement);                                // on one thread
//   cache.finish();
//   for (const std::string& warning : cache.take_warnings()) say(warning);
//
// Each process adds to a segment of its own and reads those of all; so nobody waits for anybody. What
// this process adds is for later ones: find() knows what was there at the beginning.
//
// A cache may be damaged, lost, or on a full disk, and nothing but time is lost: reading skips what is
// damaged, and after a failed write no more is written; warnings tell.
#ifndef ORDERLY_EXAMPLES_ARC_VERDICT_CACHE_HPP
#define ORDERLY_EXAMPLES_ARC_VERDICT_CACHE_HPP

#include "../support/output_file.hpp"
#include "segment_writer.hpp"
#include "verdict_folder.hpp"
#include "verdict_key.hpp"
#include "verdict_record.hpp"
#include "verdict_table.hpp"

#include <cstddef>      // size_t
#include <filesystem>   // the folder
#include <optional>     // what is not there
#include <string>       // names, warnings
#include <system_error> // error_code
#include <utility>      // exchange, move
#include <vector>       // segments, warnings

namespace arc {

class verdict_cache {
 public:
  /// Creates the folder if there is none, in a folder that exists. Exceptions: example::open_error for
  /// a folder that cannot be used.
  explicit verdict_cache(const std::string& folder) {
    std::error_code error;
    std::filesystem::create_directory(folder, error);
    if (error) throw example::open_error(folder + ": cannot be created: " + error.message());
    segments_ = read_segments(folder);
    std::size_t count = 0;
    for (const stored_segment& each : segments_) count += each.content().size();
    table_ = verdict_table(count);
    for (const stored_segment& each : segments_) take(each);
    writer_.emplace(folder);
  }

  /// finish(), without a word: verdicts that were found before a failure are kept.
  ~verdict_cache() {
    try {
      finish();
    } catch (...) {
    }
  }
  verdict_cache(const verdict_cache&) = delete;
  verdict_cache& operator=(const verdict_cache&) = delete;

  /// Of a candidate with this key; see fits() in verdict_record.hpp. Thread-safety: any thread, also
  /// while add() is called.
  std::optional<judgement> find(const verdict_key& key) const { return table_.find(key); }

  /// Only what is_storable() is kept. Thread-safety: one thread, as the members below.
  void add(const verdict_key& key, const judgement& j) {
    if (!writer_ || !is_storable(j)) return;
    const verdict_record_bytes bytes = encoded(key, j);
    attempt([&] { writer_->add({bytes.data(), bytes.size()}); });
  }

  /// Writes what was added so far. It happens by itself for every thousand verdicts.
  void flush() {
    if (writer_) attempt([&] { writer_->flush(); });
  }

  /// Writes the rest; nothing can be added any more.
  void finish() {
    if (writer_) attempt([&] { writer_->publish(); });
    writer_.reset();
  }

  /// Keys that find() knows.
  std::size_t size() const { return table_.size(); }
  /// Those since the last call.
  std::vector<std::string> take_warnings() { return std::exchange(warnings_, {}); }

 private:
  void take(const stored_segment& from) {
    const segment_content& content = from.content();
    if (!content.damage.empty()) warnings_.push_back(from.path() + ": " + content.damage);
    for (std::size_t i = 0; i < content.size(); ++i) table_.insert(content.record(i));
  }

  template <class F>
  void attempt(F&& f) {
    try {
      f();
    } catch (const example::open_error& e) {
      give_up(e.what());
    } catch (const example::write_error& e) {
      give_up(e.what());
    }
  }
  void give_up(const std::string& why) {
    warnings_.push_back(why + "; no more verdicts are kept");
    writer_.reset();
  }

  std::vector<stored_segment> segments_; // what the table has lies here
  verdict_table table_;
  std::optional<segment_writer> writer_; // until it fails or is finished
  std::vector<std::string> warnings_;
};

} // namespace arc

#endif
