#include "tests/e2e/checkpoint_file.h"

#include <gtest/gtest.h>

#include "base/bytes.h"
#include "learner/checkpoint_body.h"
#include "tests/support/temp_dir.h"

namespace gradus::test {

Checkpoint read_checkpoint(const std::filesystem::path& directory) {
  const std::string bytes = read_file(directory / "checkpoint.gradus");
  if (bytes.empty()) return {};
  ByteReader file(bytes);
  for (int i = 0; i < 8; ++i) file.get<char>();  // magic
  const auto version = file.get<std::uint32_t>();
  auto checkpoint = decode_checkpoint(file.get_string(), version);
  EXPECT_TRUE(checkpoint.has_value()) << directory;
  if (!checkpoint) return {};
  // Which record was read again by then is a matter of time.
  for (PartitionPosition& entry : checkpoint->position.partitions) entry.proved = {};
  return std::move(*checkpoint);
}

}  // namespace gradus::test
