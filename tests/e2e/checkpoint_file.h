#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "base/step.h"
#include "ingest/stream_position.h"

namespace gradus::test {

/// A checkpoint as it lies on disk, whatever run it belongs to.
struct CheckpointFile {
  std::string run;
  Step step = 0;
  StreamPosition position;
  std::uint64_t examples = 0, correct = 0;
  double loss = 0;
  std::string state;
};

/// The newest checkpoint of a data directory; of step 0 where there is none.
CheckpointFile read_checkpoint(const std::filesystem::path& directory);

}  // namespace gradus::test
