#pragma once

#include <algorithm>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/options.h"
#include "ingest/dead_letters.h"
#include "ingest/decoder.h"
#include "ingest/source.h"
#include "ladders/ladder.h"

namespace gradus::test {

/// One record that owns its bytes.
struct OwnedRecord {
  std::string bytes;
  std::int64_t offset = 0;
  std::int32_t partition = 0;
  bool tombstone = false;
  std::int64_t timestamp_ms = -1;
  std::int64_t unreadable_before = 0;
};

/// The texts as records of partition 0 with offsets 0, 1, 2, ...
inline std::vector<OwnedRecord> numbered(const std::vector<std::string>& texts) {
  std::vector<OwnedRecord> records;
  for (const std::string& text : texts) {
    records.push_back({.bytes = text, .offset = static_cast<std::int64_t>(records.size())});
  }
  return records;
}

/// A stream held in memory; `portions` are the most records that each poll gives, the last one for
/// ever. It goes by position as a real one does, and ends after its last record.
class MemorySource final : public Source {
 public:
  explicit MemorySource(std::vector<OwnedRecord> records, std::deque<std::size_t> portions = {1000})
      : records_(std::move(records)), portions_(std::move(portions)) {}

  std::string identity() const override { return "memory"; }
  std::string topic() const override { return "examples"; }
  Result<void> open(const StreamPosition& from) override {
    const PartitionPosition* position = from.find(0);
    next_ = 0;
    while (position != nullptr && next_ < records_.size() &&
           records_[next_].offset < position->next) {
      ++next_;
    }
    return {};
  }
  Result<std::span<const RawRecord>> poll(std::size_t limit, Duration) override {
    limits.push_back(limit);
    const std::size_t portion = portions_.front();
    if (portions_.size() > 1) portions_.pop_front();
    views_.clear();
    while (views_.size() < std::min(limit, portion) && next_ < records_.size()) {
      const OwnedRecord& record = records_[next_++];
      views_.push_back({.bytes = record.bytes,
                        .key = {},
                        .tombstone = record.tombstone,
                        .partition = record.partition,
                        .offset = record.offset,
                        .timestamp_ms = record.timestamp_ms,
                        .unreadable_before = record.unreadable_before});
    }
    return views_;
  }
  bool ended() const override { return next_ == records_.size(); }
  SourceFacts facts() const override { return {}; }
  std::span<const PartitionPosition> starts() const override { return begun; }
  void commit(const StreamPosition& position) override { commits.push_back(position); }

  /// The mark of partition 0 is the number of records given.
  void mark(StreamPosition& position) override {
    position.at(0).last = {.at = static_cast<std::int64_t>(next_), .digest = 1};
  }
  Result<bool> confirm(Duration) override { return confirmed; }

  Result<bool> confirmed = true;
  std::vector<PartitionPosition> begun;  ///< where the partitions are said to begin

  std::vector<StreamPosition> commits;
  std::vector<std::size_t> limits;  ///< of every poll

 private:
  std::vector<OwnedRecord> records_;
  std::deque<std::size_t> portions_;
  std::size_t next_ = 0;
  std::vector<RawRecord> views_;
};

/// Dead letters held in memory; `outages` flushes fail before one succeeds.
class MemoryDeadLetters final : public DeadLetters {
 public:
  struct Letter {
    std::string bytes;
    std::int64_t offset;
    Reject reason;
    bool operator==(const Letter&) const = default;
  };
  Result<void> write(const RawRecord& record, std::string_view, Reject reason) override {
    letters.push_back({std::string(record.bytes), record.offset, reason});
    return {};
  }
  Result<void> flush(Duration) override {
    ++flushes;
    if (outages > 0) {
      --outages;
      return fail(ErrorCode::kUnavailable, "no broker answers");
    }
    delivered_ = letters.size();
    return {};
  }
  std::uint64_t delivered() const override { return delivered_; }
  std::uint64_t failed() const override { return 0; }

  std::vector<Letter> letters;
  int outages = 0;
  int flushes = 0;

 private:
  std::uint64_t delivered_ = 0;
};

/// A ladder with a free task `add1` and the choice task `odd`.
inline Ladder small_ladder() {
  Ladder ladder;
  ladder.name = "small";
  ladder.tiers = {{.name = "first", .title = "First", .tasks = {0, 1}}};
  ladder.tasks.resize(2);
  ladder.tasks[0].name = "add1";
  ladder.tasks[1].name = "odd";
  ladder.tasks[1].choices = {"0", "1"};
  return ladder;
}

/// The JSON decoder; `ladder` must outlive it.
inline std::unique_ptr<Decoder> json_decoder(const InputSpec& input, const Ladder* ladder) {
  Options options("stream.json");
  return std::move(*find_format("json")->make(input, ladder, options));
}

}  // namespace gradus::test
