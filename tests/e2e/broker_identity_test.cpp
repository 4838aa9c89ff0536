// Topics that are deleted and created again under a reader, at rest and at random: all records have
// one timestamp, so that only what is in them tells one incarnation from the other.

#include <gmock/gmock.h>

#include <algorithm>

#include "base/random.h"
#include "ingest/ingest_loop.h"
#include "tests/e2e/broker_fixture.h"
#include "tests/ingest/fakes.h"

namespace gradus::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using Transaction = KafkaTool::Transaction;

constexpr Duration kEnough = std::chrono::seconds(20);

/// A topic of its own, and what a run has learned of it.
class TopicIdentity : public BrokerFixture<SharedBroker> {
 protected:
  /// Creates the topic, for the second time in place of the first.
  void create(const std::map<std::string, std::string>& configuration = {}) {
    if (incarnation_++ > 0) tool().delete_topic(topic_);
    // The deletion may take a moment longer than its answer.
    ASSERT_TRUE(eventually_created(configuration));
    records_ = 0;
  }
  bool eventually_created(const std::map<std::string, std::string>& configuration) {
    for (const Duration end = clock_.elapsed() + kEnough; clock_.elapsed() < end;) {
      try {
        tool().create_topic(topic_, 1, configuration);
        return true;
      } catch (const std::runtime_error&) {
        clock_.sleep(std::chrono::milliseconds(50));
      }
    }
    return false;
  }
  /// Appends `n` records, "incarnation/number".
  void append(int n) {
    std::vector<KafkaMessage> messages;
    for (int i = 0; i < n; ++i) {
      messages.push_back({.key = {},
                          .value = std::to_string(incarnation_) + "/" + std::to_string(records_++),
                          .timestamp_ms = timestamp_ms_,
                          .headers = {}});
    }
    tool().send(topic_, messages);
  }
  void create_again(int n) {
    create();
    append(n);
  }

  Result<void> open(const SourceSetup& how, const std::map<std::string, std::string>& more = {}) {
    source_.reset();
    source_ = make(section_of(topic_, more), how);
    return source_->open(position_);
  }
  /// Polls until `count` more are learned, the stream ends or fails, or a time has passed.
  Result<void> learn(std::size_t count, Duration within = kEnough) {
    const std::size_t enough = learned_.size() + count;
    const Duration end = clock_.elapsed() + within;
    while (learned_.size() < enough && !source_->ended() && clock_.elapsed() < end) {
      const auto records = source_->poll(enough - learned_.size(), std::chrono::milliseconds(20));
      if (!records) return tl::unexpected(records.error());
      for (const RawRecord& record : *records) {
        learned_.emplace_back(record.bytes);
        position_.at(record.partition).next = record.offset + 1;
      }
      source_->mark(position_);
    }
    return {};
  }
  /// Records of the topic, as it is now, that lie behind the position.
  std::size_t left() const {
    const PartitionPosition* at = position_.find(0);
    return static_cast<std::size_t>(
        std::max<std::int64_t>(0, records_ - (at != nullptr ? at->next : 0)));
  }
  Result<void> learn_to_the_end() {
    if (auto opened = open(setup_until_end()); !opened) return opened;
    if (auto read = learn(SIZE_MAX - learned_.size()); !read) return read;
    return confirm();
  }
  Result<void> confirm() {
    for (const Duration end = clock_.elapsed() + kEnough; clock_.elapsed() < end;) {
      const auto known = source_->confirm(std::chrono::milliseconds(100));
      if (!known) return tl::unexpected(known.error());
      if (*known) return {};
    }
    return fail(ErrorCode::kUnavailable, "no answer came");
  }
  void begin_a_new_run() {
    learned_.clear();
    position_ = {};
  }
  /// The records learned are those of one incarnation, each once, from its first on.
  void expect_one_incarnation() const {
    if (learned_.empty()) return;
    const std::string prefix = learned_[0].substr(0, learned_[0].find('/') + 1);
    for (std::size_t i = 0; i < learned_.size(); ++i)
      ASSERT_EQ(learned_[i], prefix + std::to_string(i));
  }
  static void expect_gone(const Result<void>& result, const std::string& what) {
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::kPositionGone);
    EXPECT_THAT(result.error().message, AllOf(HasSubstr(what), HasSubstr("new data directory")));
  }

  int incarnation_ = 0;
  int records_ = 0;
  const std::int64_t timestamp_ms_ = static_cast<std::int64_t>(1000 * unix_seconds(clock_.now()));
  std::unique_ptr<Source> source_;
  StreamPosition position_;
  std::vector<std::string> learned_;
};

TEST_F(TopicIdentity, IsRefusedAtTheStartWhereTheTopicWasCreatedAgainWithTheSameTimestamps) {
  create_again(200);
  ASSERT_TRUE(learn_to_the_end());
  create_again(500);
  expect_gone(learn_to_the_end(), topic_ + "/0: record 199 is not the one that was learned");
  EXPECT_EQ(learned_.size(), 200U);
}

TEST_F(TopicIdentity, IsToldAtTheEndOfAReaderThatSawNoSignOfTheChange) {
  create_again(200);
  ASSERT_TRUE(open(setup()));
  ASSERT_TRUE(learn(200));
  create_again(500);
  auto ended = learn(300);
  if (ended) ended = confirm();
  expect_gone(ended, topic_ + "/0: record ");
  // So it stays: what was learned of the new topic does not pass for the old one.
  expect_gone(learn_to_the_end(), topic_ + "/0: record ");
}

TEST_F(TopicIdentity, GoesOnWhereRetentionTookAllThatWasLearned) {
  create_again(200);
  ASSERT_TRUE(learn_to_the_end());
  tool().delete_records(topic_, 0, 200);
  append(10);
  const auto ended = learn_to_the_end();
  ASSERT_TRUE(ended) << ended.error().message;
  EXPECT_EQ(learned_.size(), 210U);
  EXPECT_THAT(lines_, HasSubstr("no longer held"));
}

// In the new topic the marker of a transaction has the offset of the record that was learned last.
TEST_F(TopicIdentity, IsForTheConfigurationToSayWhereTheRecordIsMissingBetweenOthers) {
  create();
  append(3);
  ASSERT_TRUE(learn_to_the_end());
  create();
  tool().send_in(Transaction::kCommit, topic_, messages_of({"a", "b"}));
  tool().send_in(Transaction::kCommit, topic_, messages_of({"c"}));
  const StreamPosition before = position_;
  expect_gone(learn_to_the_end(), "missing_offsets: skip");
  position_ = before;
  ASSERT_TRUE(open(setup_until_end(), {{"missing_offsets", "skip"}}));
  const auto read = learn(1);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(learned_.back(), "c");
}

TEST_F(TopicIdentity, IsRefusedOnAnotherCluster) {
  create_again(5);
  ASSERT_TRUE(learn_to_the_end());
  EXPECT_FALSE(position_.origin.empty());
  position_.origin = "another";
  expect_gone(learn_to_the_end(), "was read from the cluster another");
}

/// Offsets that are passed over as gap_policy: fail sees them.
class Gaps : public TopicIdentity {
 protected:
  Result<void> learn_without_gaps() {
    EXPECT_TRUE(open(setup_until_end()));
    const auto decoder = json_decoder({}, nullptr);
    BoundedQueue<ExampleBatch> queue(1000);
    Latest<StreamPosition> committed;
    Latest<IngestStats> stats;
    IngestLoop loop({.gap_policy = GapPolicy::kFail}, *source_, *decoder, nullptr, {}, queue,
                    committed, stats, clock_, log_);
    const auto ended = loop.run({});
    examples_ = stats.get()->examples;
    return ended;
  }
  void send_transactions() {
    const auto records = messages_of({R"({"x":[1],"y":1})", R"({"x":[1],"y":2})"});
    for (const Transaction end : {Transaction::kCommit, Transaction::kAbort, Transaction::kAbort,
                                  Transaction::kCommit, Transaction::kCommit})
      tool().send_in(end, topic_, records);
  }

  std::uint64_t examples_ = 0;
};

TEST_F(Gaps, AreNotTheMarkersAndAbortedRecordsOfTransactions) {
  create();
  send_transactions();
  const auto ended = learn_without_gaps();
  ASSERT_TRUE(ended) << ended.error().message;
  EXPECT_EQ(examples_, 6U);
}

TEST_F(Gaps, AreCountedWhereCompactionMayHaveRemovedRecords) {
  create({{"cleanup.policy", "compact"}});
  std::vector<KafkaMessage> records;
  for (const char* value : {R"({"x":[1],"y":1})", R"({"x":[1],"y":2})"})
    records.push_back({.key = "a", .value = value, .headers = {}});
  tool().send_in(Transaction::kCommit, topic_, records);
  tool().send_in(Transaction::kCommit, topic_, records);
  const auto ended = learn_without_gaps();
  ASSERT_FALSE(ended);
  EXPECT_THAT(ended.error().message, HasSubstr("gap_policy: count goes on"));
}

TEST_F(TopicIdentity, HoldsThroughRandomChangesOrThePositionIsGone) {
  // With --gtest_shuffle --gtest_random_seed=N other changes come.
  SplitMix64 random(14 +
                    static_cast<std::uint64_t>(testing::UnitTest::GetInstance()->random_seed()));
  const auto chance = [&](int percent) { return random.between(1, 100) <= percent; };
  create_again(20);
  int refused = 0, finished = 0;
  for (int attempt = 0; attempt < 16; ++attempt) {
    if (chance(50)) append(static_cast<int>(random.between(1, 30)));
    if (chance(25)) create_again(static_cast<int>(random.between(0, 150)));
    const bool bounded = chance(50);
    auto ended = open(bounded ? setup_until_end() : setup());
    if (ended) ended = learn(std::min<std::size_t>(left(), random.between(1, 60)));
    // Nothing is polled meanwhile, as in a process that is stopped.
    if (ended && chance(30)) create_again(static_cast<int>(random.between(0, 150)));
    if (ended && chance(50)) append(static_cast<int>(random.between(1, 30)));
    if (ended) ended = learn(left());
    const bool killed = ended && chance(30);
    if (ended && !killed) ended = confirm();
    if (!ended) {
      ASSERT_EQ(ended.error().code, ErrorCode::kPositionGone) << ended.error().message;
      begin_a_new_run();
      ++refused;
    } else if (!killed) {
      expect_one_incarnation();
      ++finished;
    }
  }
  const auto ended = learn_to_the_end();
  if (ended) expect_one_incarnation();
  EXPECT_GT(refused, 0);
  EXPECT_GT(finished, 0);
}

}  // namespace
}  // namespace gradus::test
