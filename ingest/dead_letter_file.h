#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"
#include "ingest/dead_letters.h"

namespace gradus {

/// Dead letters as JSON Lines at the end of a file: topic, partition, offset, timestamp_ms, reason,
/// message, run, time, and the bytes as `value` where they are UTF-8, as `value_base64` where not
/// (`key` likewise). A record that is read again after a crash is written again: topic, partition
/// and offset tell.
/// Errors: kIo with the path and the system's reason.
/// Threads: owned by the ingest thread. Cost: one write and one fsync a flush.
class DeadLetterFile final : public DeadLetters {
 public:
  /// Opens or makes the file; ends a last line that a crash cut off. `clock` must outlive it.
  static Result<std::unique_ptr<DeadLetterFile>> open(const std::filesystem::path& path,
                                                      std::string run, const Clock& clock);
  ~DeadLetterFile() override;
  DeadLetterFile(const DeadLetterFile&) = delete;
  DeadLetterFile& operator=(const DeadLetterFile&) = delete;

  Result<void> write(const RawRecord& record, std::string_view topic, Reject reason) override;
  Result<void> flush(Duration deadline) override;
  std::uint64_t delivered() const override { return delivered_; }
  std::uint64_t failed() const override { return failed_; }

 private:
  DeadLetterFile(int descriptor, std::string path, std::string run, const Clock& clock);
  Result<void> write_out();
  tl::unexpected<Error> refuse();

  int descriptor_;
  std::string path_;
  std::string run_;
  const Clock& clock_;
  std::string lines_;          // not yet written
  std::uint64_t pending_ = 0;  // records since the last flush
  std::uint64_t delivered_ = 0;
  std::uint64_t failed_ = 0;
};

}  // namespace gradus
