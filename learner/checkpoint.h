#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "base/step.h"
#include "ingest/stream_events.h"
#include "ingest/stream_position.h"
#include "learner/learner.h"

namespace gradus {

/// Learner state and stream position together, with the prequential sums up to that step.
struct Checkpoint {
  std::string run;      ///< name of the run
  std::string learner;  ///< kind
  std::uint64_t config_hash =
      0;  ///< fingerprint of what must not change between attempts: learner, ladder, stream, seed
  Step step = 0;
  std::vector<Step> own_steps;
  StreamPosition position;
  LearnSums sums;
  /// Step from which on `events` are counted: above 0 in a run that an older gradus began.
  Step events_from = 0;
  StreamEvents events;  ///< as far as `position`
  std::string state;    ///< Learner::save
  /// What config_hash stands for, as lines "key=value", so that a difference can be named; empty in
  /// files from before it was kept.
  std::string configuration;
};

/// The checkpoint of one run in its data directory: a versioned file with a checksum, replaced
/// atomically, the one before it kept. Holds no lock: the run owns its directory through FileLock.
/// Threads: owned by the learner thread.
class CheckpointStore {
 public:
  explicit CheckpointStore(std::filesystem::path directory) : directory_(std::move(directory)) {}

  /// Writes the file; the old one stays until the new one is safe. Gives its size in bytes. Errors:
  /// kIo.
  Result<std::uint64_t> save(const Checkpoint& checkpoint) const;
  /// The newest checkpoint, or nothing in a new directory. Errors, files untouched: kCorrupt
  /// (checksum, cut off, missing beside the previous one); kForeign (not a checkpoint, a newer
  /// version, another run, another learner or configuration), each by name with a way out; of a
  /// configuration the keys that differ.
  Result<std::optional<Checkpoint>> load(const std::string& run, const std::string& learner,
                                         std::uint64_t config_hash,
                                         std::string_view configuration = {}) const;

  /// When the newest checkpoint was written, as the file system says; nothing without one.
  std::optional<Timestamp> saved_at() const;

  std::filesystem::path file() const { return directory_ / "checkpoint.gradus"; }
  /// The checkpoint before the newest one: a sound file of the same format.
  std::filesystem::path previous() const { return directory_ / "checkpoint.previous"; }

 private:
  std::filesystem::path directory_;
};

}  // namespace gradus
