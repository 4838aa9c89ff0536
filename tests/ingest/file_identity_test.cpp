#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "ingest/ingest_loop.h"
#include "ingest/sources/line_source.h"
#include "tests/ingest/fakes.h"
#include "tests/ingest/gzip_text.h"
#include "tests/support/temp_dir.h"

namespace gradus {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr Duration kPause = std::chrono::milliseconds(10);

/// Lines of a file, read in attempts that go on where the one before stood.
class FileIdentityTest : public testing::Test {
 protected:
  std::filesystem::path path() const { return folder_ / name_; }
  void write(std::string_view text) const { folder_.write(name_, text); }
  void append(std::string_view text) const { std::ofstream(path(), std::ios::app) << text; }
  /// Another file under the name, as an editor or a rotation leaves it.
  void replace(std::string_view text) const {
    std::filesystem::rename(folder_.write("fresh", text), path());
  }

  Result<void> open(std::string_view follow = "false") {
    Options options("stream.file");
    options.set("path", path().string(), "test:1");
    options.set("follow", std::string(follow), "test:2");
    source_ = std::move(*make_file_source(options, {.clock = &clock_}));
    return source_->open(position_);
  }
  /// One poll; the position moves behind what it gave.
  std::vector<std::string> poll() {
    const auto records = source_->poll(100, kPause);
    failure_ = records ? Result<void>{} : tl::unexpected(records.error());
    std::vector<std::string> lines;
    if (!records) return lines;
    for (const RawRecord& record : *records) {
      lines.emplace_back(record.bytes);
      position_.at(record.partition).next = record.offset + 1;
    }
    source_->mark(position_);
    return lines;
  }
  /// What is read up to a failure, or until twice nothing came.
  std::vector<std::string> poll_all() {
    std::vector<std::string> all;
    for (int idle = 0; idle < 2;) {
      const auto lines = poll();
      if (!failure_) break;
      idle = lines.empty() ? idle + 1 : 0;
      all.insert(all.end(), lines.begin(), lines.end());
    }
    return all;
  }
  void learn(std::string_view text) {
    write(text);
    ASSERT_TRUE(open());
    poll_all();
  }
  static void expect_gone(const Result<void>& result, const std::string& what) {
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::kPositionGone);
    EXPECT_THAT(result.error().message, AllOf(HasSubstr(what), HasSubstr("new data directory"),
                                              HasSubstr("put the file back")));
  }

  test::TempDir folder_;
  std::string name_ = "a.jsonl";
  ManualClock clock_;
  StreamPosition position_;
  std::unique_ptr<Source> source_;
  Result<void> failure_;
};

TEST_F(FileIdentityTest, RefusesAnotherTextUnderTheName) {
  learn("one\ntwo\n");
  const std::string before = position_.origin;
  replace("uno\ndue\ntre\n");
  const auto opened = open();
  expect_gone(opened, "the first 2 lines are not those");
  EXPECT_THAT(opened.error().message, HasSubstr("then " + before + "; now device "));
}

TEST_F(FileIdentityTest, RefusesATextThatChangedBeforeThePosition) {
  learn("one\ntwo\n");
  write("One\ntwo\nthree\n");
  expect_gone(open(), "the first 2 lines are not those");
}

TEST_F(FileIdentityTest, GoesOnInACopyOfTheFile) {
  learn("one\ntwo\n");
  replace("one\ntwo\nthree\n");
  ASSERT_TRUE(open());
  EXPECT_THAT(poll_all(), ElementsAre("three"));
}

TEST_F(FileIdentityTest, GoesOnFromAPositionThatHasNoMarkAndMarksItFromThenOn) {
  position_.at(0).next = 1;
  learn("one\ntwo\n");
  write("One\ntwo\nthree\n");
  expect_gone(open(), "the first 2 lines are not those");
}

TEST_F(FileIdentityTest, TakesTheLineFeedThatALastLineGetsLater) {
  learn("one\ntwo");
  append("\nthree\n");
  ASSERT_TRUE(open());
  EXPECT_THAT(poll_all(), ElementsAre("three"));
}

TEST_F(FileIdentityTest, RefusesALastLineThatGrewAfterItWasLearned) {
  learn("one\ntwo");
  append("fold\nthree\n");
  expect_gone(open(), "the first 2 lines are not those");
}

TEST_F(FileIdentityTest, WaitsForTheLineFeedOfTheLastLineLearnedWhereItIsFollowed) {
  learn("one\ntwo");
  ASSERT_TRUE(open("true"));
  EXPECT_THAT(poll_all(), IsEmpty());
  append("\nthree\n");
  EXPECT_THAT(poll_all(), ElementsAre("three"));
}

TEST_F(FileIdentityTest, RefusesToFollowAFileThatHasFewerLinesThanWereLearned) {
  learn("one\ntwo\n");
  write("one\n");
  expect_gone(open("true"), "only 1 lines");
}

TEST_F(FileIdentityTest, RefusesAFileThatIsTruncatedWhileItIsFollowed) {
  write("one\ntwo\n");
  ASSERT_TRUE(open("true"));
  poll_all();
  write("uno\n");
  EXPECT_THAT(poll_all(), IsEmpty());
  expect_gone(failure_, "truncated or written over after 8 bytes");
}

TEST_F(FileIdentityTest, RefusesAFileThatIsWrittenOverWithMoreWhileItIsFollowed) {
  write("one\ntwo\n");
  ASSERT_TRUE(open("true"));
  poll_all();
  write("uno\ndue\ntre\nquattro\n");
  EXPECT_THAT(poll_all(), IsEmpty());
  expect_gone(failure_, "truncated or written over after 8 bytes");
}

TEST_F(FileIdentityTest, ReadsARotatedFileToItsEndBeforeItRefusesTheNewOne) {
  write("one\ntwo\n");
  ASSERT_TRUE(open("true"));
  EXPECT_THAT(poll(), ElementsAre("one", "two"));
  append("three\n");
  std::filesystem::rename(path(), folder_ / "a.jsonl.1");
  write("uno\ndue\ntre\n");
  EXPECT_THAT(poll_all(), ElementsAre("three"));
  expect_gone(failure_, "another file took this name");
}

TEST_F(FileIdentityTest, FollowsAFileWhoseNameIsGoneUntilAnotherHasIt) {
  write("one\n");
  ASSERT_TRUE(open("true"));
  poll_all();
  std::filesystem::rename(path(), folder_ / "a.jsonl.1");
  EXPECT_THAT(poll_all(), IsEmpty());
  ASSERT_TRUE(failure_);
  std::filesystem::rename(folder_ / "a.jsonl.1", path());
  append("two\n");
  EXPECT_THAT(poll_all(), ElementsAre("two"));
}

TEST_F(FileIdentityTest, ReadsTheFileItOpenedToTheEndWhereItIsNotFollowed) {
  std::string text;
  for (int i = 0; i < 200'000; ++i) text += std::to_string(i) + "\n";
  write(text);
  ASSERT_TRUE(open());
  ASSERT_EQ(poll().size(), 100u);
  replace("uno\n");
  EXPECT_EQ(poll_all().size(), 199'900u);
  EXPECT_TRUE(source_->ended());
}

class GzipIdentity : public FileIdentityTest {
 protected:
  GzipIdentity() { name_ = "a.jsonl.gz"; }
  std::vector<std::string> read(std::string_view packed) {
    write(packed);
    position_ = {};
    EXPECT_TRUE(open());
    return poll_all();
  }
};

TEST_F(GzipIdentity, ReadsOneMemberAfterTheOther) {
  EXPECT_THAT(
      read(test::gzip_text("one\ntw") + test::gzip_text("") + test::gzip_text("o\nthree\n")),
      ElementsAre("one", "two", "three"));
  EXPECT_TRUE(failure_);
}

// More text than fits one buffer, from less than one: the unpacker has output left without input.
TEST_F(GzipIdentity, UnpacksMuchFromLittle) {
  const std::string text(40'000'000, 'x');
  const auto lines = read(test::gzip_text(text + "\nend\n"));
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0].size(), text.size());
  EXPECT_EQ(lines[1], "end");
}

TEST_F(GzipIdentity, RefusesWhatIsNotAMemberBehindTheLast) {
  EXPECT_THAT(read(test::gzip_text("one\n") + "\x1e\x8b two\n"), ElementsAre("one"));
  ASSERT_FALSE(failure_);
  EXPECT_EQ(failure_.error().code, ErrorCode::kBadData);
  EXPECT_THAT(failure_.error().message, HasSubstr("damaged gzip data"));
}

TEST_F(GzipIdentity, RefusesATextThatIsNamedGzip) {
  EXPECT_THAT(read("one\ntwo\n"), IsEmpty());
  ASSERT_FALSE(failure_);
  EXPECT_THAT(failure_.error().message, HasSubstr("is named .gz, but does not begin as gzip data"));
}

TEST_F(GzipIdentity, IsReadWholeOrRefusedWhateverBitOfTwoMembersIsFlipped) {
  const std::string packed = test::gzip_text("one\ntwo\n") + test::gzip_text("three\nfour\n");
  int refused = 0;
  for (std::size_t bit = 0; bit < 8 * packed.size(); ++bit) {
    std::string damaged = packed;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << (bit % 8)));
    const auto lines = read(damaged);
    if (failure_) {
      EXPECT_THAT(lines, ElementsAre("one", "two", "three", "four")) << bit;
    } else {
      EXPECT_EQ(failure_.error().code, ErrorCode::kBadData) << bit;
      ++refused;
    }
  }
  // What tells time, system and the like in the headers says nothing of the text.
  EXPECT_GT(refused, static_cast<int>(7 * packed.size()) / 2);
}

TEST_F(GzipIdentity, ReadsAnEmptyFileAsNoText) {
  EXPECT_THAT(read(""), IsEmpty());
  EXPECT_TRUE(failure_);
  EXPECT_TRUE(source_->ended());
}

TEST_F(GzipIdentity, FollowsMembersThatAreAppendedInParts) {
  const std::string second = test::gzip_text("two\n");
  write(test::gzip_text("one\n"));
  ASSERT_TRUE(open("true"));
  EXPECT_THAT(poll_all(), ElementsAre("one"));
  append(second.substr(0, 12));
  EXPECT_THAT(poll_all(), IsEmpty());
  append(second.substr(12));
  EXPECT_THAT(poll_all(), ElementsAre("two"));
}

/// The ingest loop on a file whose last line is cut.
class HalfLine : public FileIdentityTest {
 protected:
  /// One attempt to the end; the labels learned.
  Result<std::vector<float>> attempt(OnError on_error) {
    EXPECT_TRUE(open());
    const auto decoder = test::json_decoder({}, nullptr);
    BoundedQueue<ExampleBatch> queue(100);
    Latest<StreamPosition> committed;
    IngestLoop loop({.on_error = on_error}, *source_, *decoder, &letters_, position_, queue,
                    committed, stats_, clock_, log_);
    const auto ended = loop.run({});
    std::vector<float> labels;
    while (const auto batch = queue.try_pop()) {
      labels.insert(labels.end(), batch->label.begin(), batch->label.end());
      position_ = batch->next;
    }
    if (!ended) return tl::unexpected(ended.error());
    return labels;
  }

  std::string lines_;
  Log log_{LogFormat::kText, LogLevel::kDebug, clock_, lines_};
  test::MemoryDeadLetters letters_;
  Latest<IngestStats> stats_;
};

TEST_F(HalfLine, IsLeftUntilItIsCompleted) {
  for (const OnError on_error : {OnError::kSkip, OnError::kDeadLetter}) {
    position_ = {};
    write("{\"x\":[1],\"y\":1}\n{\"x\":[1],");
    EXPECT_THAT(*attempt(on_error), ElementsAre(1));
    EXPECT_EQ(position_.find(0)->next, 1);
    EXPECT_THAT(letters_.letters, IsEmpty());
    EXPECT_THAT(lines_, HasSubstr("a.jsonl:2: the last line has no line feed"));
    append("\"y\":2}\n");
    EXPECT_THAT(*attempt(on_error), ElementsAre(2));
  }
}

TEST_F(HalfLine, EndsTheRunWhereErrorsDoAndIsLearnedOnceItIsCompleted) {
  write("{\"x\":[1],\"y\":1}\n{\"x\":[1],");
  EXPECT_FALSE(attempt(OnError::kFail));
  append("\"y\":2}\n");
  const auto labels = attempt(OnError::kFail);
  ASSERT_TRUE(labels);
  EXPECT_EQ(labels->back(), 2);
  EXPECT_EQ(position_.find(0)->next, 2);
}

TEST_F(HalfLine, IsLearnedAtOnceWhereItIsAWholeRecord) {
  write("{\"x\":[1],\"y\":1}\n{\"x\":[1],\"y\":2}");
  EXPECT_THAT(*attempt(OnError::kSkip), ElementsAre(1, 2));
  append("\n{\"x\":[1],\"y\":3}\n");
  EXPECT_THAT(*attempt(OnError::kSkip), ElementsAre(3));
}

}  // namespace
}  // namespace gradus
