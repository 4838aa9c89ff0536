#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gradus {

struct RawRecord;

/// One header of a record; the value may be null, which is not the same as empty.
struct RecordHeader {
  std::string name;
  std::optional<std::string> value;
};

/// Reads the headers of a record when they are asked for: only dead letters do.
class RecordHeaders {
 public:
  virtual ~RecordHeaders() = default;
  /// In their order; `record` must be of this source and not yet outdated.
  virtual std::vector<RecordHeader> headers_of(const RawRecord& record) const = 0;
};

/// One message of the stream; a view into its source, valid until the source's next poll.
struct RawRecord {
  std::string_view bytes{};
  std::string_view key{};
  bool tombstone = false;  ///< the value is null, which is not the same as empty
  bool whole = true;       ///< false: the text ended before the line did; more may be written to it
  std::int32_t partition = 0;
  std::int64_t offset = 0;
  std::int64_t timestamp_ms = -1;          ///< event time; -1 where unknown
  std::int64_t unreadable_before = 0;      ///< offsets right before it that hold no record to read
  const RecordHeaders* headers = nullptr;  ///< null where the source has none
};

/// Why a record did not become an example: the closed set of the metric label `reason`.
enum class Reject : std::uint8_t {
  kNone,       ///< it did
  kEmpty,      ///< no bytes, or only blanks
  kTooLarge,   ///< more bytes than stream.max_record_bytes
  kMalformed,  ///< not JSON, or cut off
  kInvalidUtf8,
  kTooDeep,  ///< nested deeper than the parser allows
  kFraming,  ///< begins with byte 0: looks like schema-registry framing
  kMissingField,
  kWrongType,
  kNotFinite,   ///< NaN, an infinity, or a number too large for a float
  kOutOfRange,  ///< a label, weight or index outside what the learner takes
  kUnknownTask,
  kUnknownCharacter,  ///< a character that the learner's vocabulary lacks
  kTooLong,           ///< more tokens than the learner takes
  kTombstone,         ///< skipped, not an error
};
inline constexpr int kRejectCount = 15;

/// The label value, in snake case: "invalid_utf8".
std::string_view reject_name(Reject reason);
/// The reason of that name.
std::optional<Reject> find_reject(std::string_view name);
/// One sentence for people: what a record rejected for this reason should have been.
std::string_view reject_hint(Reject reason);

}  // namespace gradus
