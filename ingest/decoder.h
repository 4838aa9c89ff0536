#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/options.h"
#include "base/result.h"
#include "ingest/example_batch.h"
#include "ingest/record.h"
#include "ladders/ladder.h"

namespace gradus {

/// Turns the bytes of one record into one example, straight into the columns of a batch.
/// Threads: owned by one; the ingest thread has one, the prober another.
class Decoder {
 public:
  virtual ~Decoder() = default;
  /// Appends one example and gives kNone, or leaves `out` as it was and says why. Never throws,
  /// whatever the bytes.
  virtual Reject decode(const RawRecord& record, ExampleBatch& out) = 0;
  /// What exactly is wrong with a record that `decode` refused for `reason`: which field, task or
  /// character; never a value of the record beyond those. Off the hot path.
  virtual std::string explain(const RawRecord& /*record*/, Reject reason) {
    return std::string(reject_hint(reason));
  }
};

/// A record format by name.
struct FormatKind {
  std::string_view name;
  std::string_view about;
  /// `ladder` may be null (a stream without tasks); it must outlive the decoder. Reads its own keys
  /// from `options` (the section `stream.<name>`) and refuses others.
  Result<std::unique_ptr<Decoder>> (*make)(const InputSpec& input, const Ladder* ladder,
                                           Options& options);
  /// The keys of its section that `make` reads.
  std::span<const OptionSpec> (*options)();
};

/// All formats, sorted by name.
std::span<const FormatKind> format_kinds();
const FormatKind* find_format(std::string_view name);

}  // namespace gradus
