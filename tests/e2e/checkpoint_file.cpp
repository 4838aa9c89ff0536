#include "tests/e2e/checkpoint_file.h"

#include <gtest/gtest.h>

#include "base/bytes.h"
#include "tests/support/temp_dir.h"

namespace gradus::test {

CheckpointFile read_checkpoint(const std::filesystem::path& directory) {
  CheckpointFile found;
  const std::string bytes = read_file(directory / "checkpoint.gradus");
  if (bytes.empty()) return found;
  ByteReader file(bytes);
  for (int i = 0; i < 8; ++i) file.get<char>();  // magic
  file.get<std::uint32_t>();                     // version
  const std::string body = file.get_string();
  ByteReader in(body);
  found.run = in.get_string();
  in.get_string();          // learner
  in.get<std::uint64_t>();  // fingerprint of the configuration
  found.step = in.get<Step>();
  in.get_all<Step>();  // own steps
  found.position = StreamPosition::load(in);
  found.examples = in.get<std::uint64_t>();
  in.get<std::uint64_t>();  // updates
  found.correct = in.get<std::uint64_t>();
  for (int i = 0; i < 4; ++i) in.get<std::uint64_t>();  // what was not finite
  found.loss = in.get<double>();
  in.get<double>();  // log loss
  found.state = in.get_string();
  in.get_string();  // what the fingerprint stands for
  found.position.load_marks(in);
  // Which record was read again by then is a matter of time.
  for (PartitionPosition& entry : found.position.partitions) entry.proved = {};
  EXPECT_TRUE(in.ok() && in.at_end()) << directory;
  return found;
}

}  // namespace gradus::test
