#include "learner/checkpoint.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <span>
#include <string>

#include "base/bytes.h"
#include "base/hash.h"
#include "learner/checkpoint_body.h"
#include "tests/support/temp_dir.h"

namespace gradus {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

Checkpoint sample() {
  Checkpoint checkpoint;
  checkpoint.run = "fraud-eu";
  checkpoint.learner = "linear";
  checkpoint.config_hash = 0xfeedbeef;
  checkpoint.step = 12345;
  checkpoint.own_steps = {10000, 2345};
  checkpoint.position.stream = "kafka:examples";
  checkpoint.position.origin = "cluster-1";
  checkpoint.position.at(0) = {0, 777, 1700000000000, {776, 0xfeed}, {700, 0xbeef}};
  checkpoint.position.at(3) = {3, 99, -1};
  checkpoint.sums.examples = 12345;
  checkpoint.sums.updates = 12000;
  checkpoint.sums.correct = 9000;
  checkpoint.sums.loss = 4321.125;
  checkpoint.sums.log_loss = 4320.0625;
  checkpoint.sums.non_finite_inputs = 1;
  checkpoint.sums.non_finite_losses = 2;
  checkpoint.sums.non_finite_gradients = 3;
  checkpoint.sums.non_finite_weights = 4;
  checkpoint.events_from = 345;
  checkpoint.events.of(Reject::kMalformed) = 5;
  checkpoint.events.of(Reject::kTombstone) = 6;
  checkpoint.events.gaps = 7;
  checkpoint.events.duplicates = 8;
  checkpoint.state.assign("\0state\xff", 7);
  checkpoint.state.append(5000, 'w');
  checkpoint.configuration = "learner.bits=10\nlearner.seed=1\n";
  return checkpoint;
}

class CheckpointFile : public testing::Test {
 protected:
  Result<std::optional<Checkpoint>> load() const {
    return store_.load("fraud-eu", "linear", 0xfeedbeef, "learner.bits=10\nlearner.seed=1\n");
  }
  Error refusal() const {
    const auto loaded = load();
    EXPECT_FALSE(loaded.has_value());
    return loaded ? Error{} : loaded.error();
  }
  std::string bytes() const { return test::read_file(store_.file()); }
  /// Replaces the file's content, with a checksum that fits it.
  void forge(std::string content) const {
    const std::uint32_t crc = crc32(content);
    content.append(reinterpret_cast<const char*>(&crc), sizeof crc);
    directory_.write("checkpoint.gradus", content);
  }
  std::string name() const { return store_.file().string(); }

  test::TempDir directory_;
  CheckpointStore store_{directory_.path()};
};

TEST_F(CheckpointFile, IsNothingInANewDirectory) {
  const auto loaded = load();
  ASSERT_TRUE(loaded.has_value());
  EXPECT_FALSE(loaded->has_value());
}

TEST_F(CheckpointFile, ComesBackAsItWasSaved) {
  const Checkpoint saved = sample();
  const auto size = store_.save(saved);
  ASSERT_TRUE(size.has_value());
  EXPECT_EQ(*size, fs::file_size(store_.file()));
  const auto loaded = load();
  ASSERT_TRUE(loaded.has_value() && loaded->has_value());
  const Checkpoint& found = **loaded;
  EXPECT_EQ(found.step, saved.step);
  EXPECT_EQ(found.own_steps, saved.own_steps);
  EXPECT_EQ(found.position, saved.position);
  EXPECT_EQ(found.events_from, saved.events_from);
  EXPECT_EQ(found.events, saved.events);
  EXPECT_EQ(found.state, saved.state);
  EXPECT_EQ(found.configuration, saved.configuration);
  EXPECT_EQ(found.sums.examples, saved.sums.examples);
  EXPECT_EQ(found.sums.updates, saved.sums.updates);
  EXPECT_EQ(found.sums.correct, saved.sums.correct);
  EXPECT_EQ(found.sums.loss.value(), saved.sums.loss.value());
  EXPECT_EQ(found.sums.log_loss.value(), saved.sums.log_loss.value());
  EXPECT_EQ(found.sums.non_finite_inputs, saved.sums.non_finite_inputs);
  EXPECT_EQ(found.sums.non_finite_losses, saved.sums.non_finite_losses);
  EXPECT_EQ(found.sums.non_finite_gradients, saved.sums.non_finite_gradients);
  EXPECT_EQ(found.sums.non_finite_weights, saved.sums.non_finite_weights);
}

/// The file as an older gradus wrote it: sums of losses as doubles, no events of the stream, and in
/// format 1 no marks.
std::string older_file(const Checkpoint& checkpoint, std::uint32_t version) {
  ByteWriter body;
  body.put_string(checkpoint.run);
  body.put_string(checkpoint.learner);
  body.put(checkpoint.config_hash);
  body.put(checkpoint.step);
  body.put_all(std::span<const Step>(checkpoint.own_steps));
  checkpoint.position.save(body);
  for (const std::uint64_t count : {12345, 12000, 9000, 1, 2, 3, 4}) body.put(count);
  body.put(checkpoint.sums.loss.value());
  body.put(checkpoint.sums.log_loss.value());
  body.put_string(checkpoint.state);
  body.put_string(checkpoint.configuration);
  if (version >= 2) checkpoint.position.save_marks(body);
  ByteWriter file;
  for (const char c : std::string_view("GRADUSCP")) file.put(c);
  file.put(version);
  file.put_string(body.bytes());
  return file.take();
}

TEST_F(CheckpointFile, OfOlderFormatsIsStillRead) {
  const Checkpoint saved = sample();
  for (const std::uint32_t version : {1U, 2U}) {
    forge(older_file(saved, version));
    const auto loaded = load();
    ASSERT_TRUE(loaded.has_value() && loaded->has_value()) << version;
    Checkpoint expected = saved;
    // What happened before is not known.
    expected.events_from = saved.step;
    expected.events = {};
    if (version < 2) {
      expected.position.origin.clear();
      for (PartitionPosition& entry : expected.position.partitions) entry.last = entry.proved = {};
    }
    EXPECT_TRUE(encode_checkpoint(**loaded) == encode_checkpoint(expected)) << version;
  }
}

TEST_F(CheckpointFile, KeepsTheOneBeforeIt) {
  Checkpoint checkpoint = sample();
  ASSERT_TRUE(store_.save(checkpoint).has_value());
  const std::string first = bytes();
  EXPECT_FALSE(fs::exists(store_.previous()));
  checkpoint.step = 20000;
  ASSERT_TRUE(store_.save(checkpoint).has_value());
  EXPECT_EQ(test::read_file(store_.previous()), first);
  checkpoint.step = 30000;
  ASSERT_TRUE(store_.save(checkpoint).has_value());
  EXPECT_NE(test::read_file(store_.previous()), first);
}

TEST_F(CheckpointFile, GoesOnFromThePreviousOneOnceThatIsRenamed) {
  Checkpoint checkpoint = sample();
  ASSERT_TRUE(store_.save(checkpoint).has_value());
  checkpoint.step = 20000;
  ASSERT_TRUE(store_.save(checkpoint).has_value());
  fs::rename(store_.previous(), store_.file());
  EXPECT_EQ((**load()).step, 12345U);
}

TEST_F(CheckpointFile, LeavesNoOtherFilesBehind) {
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(store_.save(sample()).has_value());
  int files = 0;
  for ([[maybe_unused]] const auto& entry : fs::directory_iterator(directory_.path())) ++files;
  EXPECT_EQ(files, 2);
}

TEST_F(CheckpointFile, IsRefusedWhereAnyByteIsChanged) {
  ASSERT_TRUE(store_.save(sample()).has_value());
  const std::string good = bytes();
  for (std::size_t at = 8; at < good.size(); at += 61) {
    std::string bad = good;
    bad[at] = static_cast<char>(bad[at] ^ 0x10);
    directory_.write("checkpoint.gradus", bad);
    const auto loaded = load();
    ASSERT_FALSE(loaded.has_value()) << at;
    EXPECT_THAT(loaded.error().message, HasSubstr(name()));
  }
}

TEST_F(CheckpointFile, IsRefusedAsDamagedWhereItsChecksumFails) {
  ASSERT_TRUE(store_.save(sample()).has_value());
  std::string bad = bytes();
  bad[bad.size() / 2] ^= 1;
  directory_.write("checkpoint.gradus", bad);
  EXPECT_EQ(refusal().code, ErrorCode::kCorrupt);
  EXPECT_THAT(refusal().message, AllOf(HasSubstr("damaged"), HasSubstr("another data directory")));
}

TEST_F(CheckpointFile, IsRefusedAsCutOffAtEveryLength) {
  ASSERT_TRUE(store_.save(sample()).has_value());
  const std::string good = bytes();
  for (std::size_t length = 1; length < good.size(); length += 97) {
    directory_.write("checkpoint.gradus", good.substr(0, length));
    EXPECT_EQ(refusal().code, ErrorCode::kCorrupt) << length;
    EXPECT_THAT(refusal().message, HasSubstr("cut off"));
  }
}

TEST_F(CheckpointFile, NamesThePreviousOneAsAWayOutWhereThereIsOne) {
  ASSERT_TRUE(store_.save(sample()).has_value());
  ASSERT_TRUE(store_.save(sample()).has_value());
  directory_.write("checkpoint.gradus", bytes().substr(0, 100));
  EXPECT_THAT(refusal().message, HasSubstr(store_.previous().string()));
}

// To begin at 0 there would throw away what was learned.
TEST_F(CheckpointFile, IsRefusedWhereOnlyThePreviousOneIsLeft) {
  ASSERT_TRUE(store_.save(sample()).has_value());
  ASSERT_TRUE(store_.save(sample()).has_value());
  fs::remove(store_.file());
  EXPECT_EQ(refusal().code, ErrorCode::kCorrupt);
  EXPECT_THAT(refusal().message,
              AllOf(HasSubstr(name() + " is missing"), HasSubstr(store_.previous().string()),
                    HasSubstr("another data directory")));
}

TEST_F(CheckpointFile, IsRefusedWhereItIsNoCheckpoint) {
  for (const std::string content :
       {"", "hello", "PK\x03\x04 something else entirely, and longer"}) {
    directory_.write("checkpoint.gradus", content);
    EXPECT_EQ(refusal().code, ErrorCode::kForeign);
    EXPECT_THAT(refusal().message, AllOf(HasSubstr(name()), HasSubstr("not a checkpoint")));
  }
}

TEST_F(CheckpointFile, IsRefusedWhereItIsOfANewerVersion) {
  ASSERT_TRUE(store_.save(sample()).has_value());
  std::string newer = bytes();
  newer[8] = 9;  // the version follows the eight bytes of the magic
  forge(newer.substr(0, newer.size() - 4));
  EXPECT_EQ(refusal().code, ErrorCode::kForeign);
  EXPECT_THAT(refusal().message, AllOf(HasSubstr("newer"), HasSubstr("format 9")));
}

TEST_F(CheckpointFile, IsRefusedWhereItsBodyIsNotWhatTheFormatSays) {
  ASSERT_TRUE(store_.save(sample()).has_value());
  std::string odd = bytes();
  odd[20] = 120;  // length of the run's name, the first field of the body
  forge(odd.substr(0, odd.size() - 4));
  EXPECT_EQ(refusal().code, ErrorCode::kCorrupt);
}

TEST_F(CheckpointFile, IsRefusedToAnotherRunByBothNames) {
  ASSERT_TRUE(store_.save(sample()).has_value());
  const auto loaded = store_.load("fraud-us", "linear", 0xfeedbeef);
  ASSERT_FALSE(loaded.has_value());
  EXPECT_EQ(loaded.error().code, ErrorCode::kForeign);
  EXPECT_THAT(loaded.error().message,
              AllOf(HasSubstr(name()), HasSubstr("'fraud-eu'"), HasSubstr("'fraud-us'")));
}

TEST_F(CheckpointFile, IsRefusedToAnotherLearnerByBothNames) {
  ASSERT_TRUE(store_.save(sample()).has_value());
  const auto loaded = store_.load("fraud-eu", "transformer", 0xfeedbeef);
  ASSERT_FALSE(loaded.has_value());
  EXPECT_EQ(loaded.error().code, ErrorCode::kForeign);
  EXPECT_THAT(loaded.error().message, AllOf(HasSubstr("'linear'"), HasSubstr("'transformer'")));
}

TEST_F(CheckpointFile, IsRefusedToAnotherConfiguration) {
  ASSERT_TRUE(store_.save(sample()).has_value());
  const auto loaded = store_.load("fraud-eu", "linear", 1);
  ASSERT_FALSE(loaded.has_value());
  EXPECT_EQ(loaded.error().code, ErrorCode::kForeign);
  EXPECT_THAT(loaded.error().message, HasSubstr("configuration"));
}

TEST_F(CheckpointFile, NamesTheKeysOfAConfigurationThatDiffer) {
  ASSERT_TRUE(store_.save(sample()).has_value());
  const auto loaded =
      store_.load("fraud-eu", "linear", 1, "learner.bits=11\nlearner.seed=1\nladder=a\n");
  ASSERT_FALSE(loaded.has_value());
  EXPECT_THAT(loaded.error().message,
              AllOf(HasSubstr("learner.bits was '10' and is '11'"),
                    HasSubstr("ladder was nothing and is 'a'"), Not(HasSubstr("learner.seed"))));
}

TEST_F(CheckpointFile, IsNotTouchedByARefusal) {
  ASSERT_TRUE(store_.save(sample()).has_value());
  const std::string good = bytes();
  const auto untouched = [&](const std::string& content) {
    directory_.write("checkpoint.gradus", content);
    const auto written = fs::last_write_time(store_.file());
    EXPECT_FALSE(store_.load("other", "linear", 0xfeedbeef).has_value());
    EXPECT_EQ(bytes(), content);
    EXPECT_EQ(fs::last_write_time(store_.file()), written);
  };
  untouched(good);
  untouched(good.substr(0, good.size() / 2));
  untouched("hello");
}

TEST_F(CheckpointFile, FailsByNameWhereTheDirectoryIsGone) {
  const CheckpointStore nowhere(directory_ / "missing");
  const auto saved = nowhere.save(sample());
  ASSERT_FALSE(saved.has_value());
  EXPECT_EQ(saved.error().code, ErrorCode::kIo);
  EXPECT_THAT(saved.error().message, HasSubstr("missing"));
}

}  // namespace
}  // namespace gradus
