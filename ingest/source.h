#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/log.h"
#include "base/options.h"
#include "base/result.h"
#include "ingest/record.h"
#include "ingest/stream_position.h"
#include "ladders/generator.h"
#include "ladders/ladder.h"

namespace gradus {

/// What a source knows of itself, for metrics and readiness; cheap to ask, never over the network.
struct SourceFacts {
  struct Partition {
    std::int32_t partition = 0;
    std::int64_t high_watermark = -1;  ///< end offset as last seen; -1: unknown
    std::int64_t start = 0;            ///< where reading began
  };
  std::vector<Partition> partitions;
  bool connected = true;  ///< false while no broker answers
  int brokers_up = 0;
  double broker_rtt_p50 = -1;  ///< seconds; -1: unknown
  double broker_rtt_p99 = -1;
  std::uint64_t prefetch_messages = 0;
  std::uint64_t prefetch_bytes = 0;
  std::map<std::string, std::uint64_t> client_errors;  ///< by librdkafka error name
  /// Times that reading went on elsewhere than wanted, because those records were gone.
  std::uint64_t resets = 0;
};

/// Records of a stream in order, from a position on.
/// Threads: owned by the ingest thread.
class Source {
 public:
  virtual ~Source() = default;
  /// The identity that positions of this stream carry, e.g. "kafka:examples".
  virtual std::string identity() const = 0;
  /// What metrics call `topic`: the topic, the file's name, the ladder's name or "stdin".
  virtual std::string topic() const = 0;
  /// Where a record lies, as messages name it: TOPIC/PARTITION/OFFSET, or FILE:LINE of a text.
  virtual std::string place_of(const RawRecord& record) const {
    return topic() + "/" + std::to_string(record.partition) + "/" + std::to_string(record.offset);
  }
  /// Goes to `from`; where that names no partition each starts with the first record that is there,
  /// else one that is missing there starts with its record 0.
  /// Errors: kPositionGone where the stream no longer holds the position; kForeign where it was
  /// taken in another stream; kNotFound for an unknown topic or file.
  virtual Result<void> open(const StreamPosition& from) = 0;
  /// At most `limit` records; waits up to `wait` for the first. Empty: none yet, or ended. Views
  /// live until the next call.
  virtual Result<std::span<const RawRecord>> poll(std::size_t limit, Duration wait) = 0;
  /// True once the last record was given; a live topic never ends unless told to stop at its end.
  virtual bool ended() const = 0;
  /// Where the partitions began to be read, as far as they are known by now; entries are only
  /// added. None where every partition begins with its record 0. Views live until the next call.
  virtual std::span<const PartitionPosition> starts() const { return {}; }
  /// Adds to `position`, which lies behind the last record given (or just before it, where that is
  /// not whole), by what the stream is known again. Nothing where a name says it all.
  virtual void mark(StreamPosition&) {}
  /// At the end of a run or of the stream: whether it still is the stream that was read. Waits up
  /// to `wait`; false while the answer may still come. Errors: kPositionGone where it is another.
  virtual Result<bool> confirm(Duration) { return true; }
  virtual SourceFacts facts() const = 0;
  /// Tells lag tools what a checkpoint holds; advisory, asynchronous, may do nothing.
  virtual void commit(const StreamPosition& position) = 0;
};

/// What every source may need at set-up.
struct SourceSetup {
  std::string run{};
  bool until_end = false;  ///< stop at the end that a live stream has when it is reached
  std::uint64_t seed = 1;
  const Ladder* ladder = nullptr;  ///< for generated streams
  std::vector<StreamChange> changes{};
  Clock* clock = nullptr;
  Log* log = nullptr;
};

/// A source by name; `make` reads its own keys from the options of its section (`stream.kafka`,
/// `stream.file`) and refuses others. Ladder, log and clock of the set-up must outlive the source.
struct SourceKind {
  std::string_view name;
  std::string_view about;
  Result<std::unique_ptr<Source>> (*make)(Options& options, const SourceSetup& setup);
  /// The keys of its section that `make` reads.
  std::span<const OptionSpec> (*options)();
};

/// All sources, sorted by name.
std::span<const SourceKind> source_kinds();
const SourceKind* find_source(std::string_view name);

}  // namespace gradus
