#include "ingest/sources/line_source.h"

#include <unistd.h>
#include <zlib.h>

#include <array>
#include <fstream>

#include "tests/support/temp_dir.h"

namespace gradus {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr Duration kWait = std::chrono::milliseconds(10);

StreamPosition at_line(std::int64_t next, std::string stream = {}) {
  StreamPosition position{.stream = std::move(stream), .partitions = {}};
  position.at(0).next = next;
  return position;
}

void gzip(const std::filesystem::path& path, const std::string& text) {
  gzFile file = gzopen(path.c_str(), "wb");
  gzwrite(file, text.data(), static_cast<unsigned>(text.size()));
  gzclose(file);
}

std::vector<std::string> drain(Source& source) {
  std::vector<std::string> lines;
  while (!source.ended()) {
    const auto records = source.poll(3, kWait);
    EXPECT_TRUE(records) << records.error().message;
    if (!records) break;
    for (const RawRecord& record : *records) lines.emplace_back(record.bytes);
  }
  return lines;
}

class FileSource : public testing::Test {
 protected:
  std::unique_ptr<Source> make(const std::filesystem::path& path,
                               std::string_view follow = "false") {
    Options options("stream.file");
    options.set("path", path.string(), "test:1");
    options.set("follow", std::string(follow), "test:2");
    auto made = make_file_source(options, setup_);
    EXPECT_TRUE(made);
    return std::move(*made);
  }
  test::TempDir folder_;
  ManualClock clock_;
  SourceSetup setup_{.clock = &clock_};
};

TEST_F(FileSource, ReadsAPlainFileToItsEnd) {
  const auto source = make(folder_.write("a.jsonl", "one\ntwo\nthree"));
  ASSERT_TRUE(source->open({}));
  EXPECT_THAT(drain(*source), ElementsAre("one", "two", "three"));
}

TEST_F(FileSource, ReadsAGzipFile) {
  gzip(folder_ / "a.jsonl.gz", "one\ntwo\n");
  const auto source = make(folder_ / "a.jsonl.gz");
  ASSERT_TRUE(source->open({}));
  EXPECT_THAT(drain(*source), ElementsAre("one", "two"));
}

TEST_F(FileSource, RefusesAGzipFileThatIsCutOff) {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += std::to_string(i * 7919) + "\n";
  gzip(folder_ / "a.gz", text);
  std::filesystem::resize_file(folder_ / "a.gz", std::filesystem::file_size(folder_ / "a.gz") / 2);
  const auto source = make(folder_ / "a.gz");
  ASSERT_TRUE(source->open({}));
  Result<std::span<const RawRecord>> records = std::span<const RawRecord>();
  while (records && !source->ended()) records = source->poll(1000, kWait);
  ASSERT_FALSE(records);
  EXPECT_EQ(records.error().code, ErrorCode::kBadData);
  EXPECT_THAT(records.error().message, HasSubstr("a.gz"));
}

TEST_F(FileSource, IsCalledByItsAbsolutePathAndItsName) {
  const auto path = folder_.write("a.jsonl", "");
  const auto source = make(path);
  EXPECT_EQ(source->identity(), "file:" + path.string());
  EXPECT_EQ(source->topic(), "a.jsonl");
}

TEST_F(FileSource, GoesOnAtTheLineOfThePosition) {
  const auto path = folder_.write("a.jsonl", "zero\none\ntwo\n");
  const auto source = make(path);
  ASSERT_TRUE(source->open(at_line(2, "file:" + path.string())));
  const auto records = source->poll(10, kWait);
  ASSERT_TRUE(records);
  ASSERT_EQ(records->size(), 1u);
  EXPECT_EQ((*records)[0].bytes, "two");
  EXPECT_EQ((*records)[0].offset, 2);
}

TEST_F(FileSource, GivesNothingMoreWhenThePositionIsItsEnd) {
  const auto source = make(folder_.write("a.jsonl", "zero\none"));
  ASSERT_TRUE(source->open(at_line(2)));
  EXPECT_THAT(drain(*source), IsEmpty());
}

TEST_F(FileSource, SkipsMoreLinesThanItReadsAtOnce) {
  std::string text;
  for (int i = 0; i < 10'000; ++i) text += std::to_string(i) + "\n";
  const auto source = make(folder_.write("a.jsonl", text));
  ASSERT_TRUE(source->open(at_line(9'998)));
  EXPECT_THAT(drain(*source), ElementsAre("9998", "9999"));
}

TEST_F(FileSource, SaysSoWhenTheLinesOfThePositionAreGone) {
  const auto source = make(folder_.write("a.jsonl", "zero\none\n"));
  const auto opened = source->open(at_line(3));
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::kPositionGone);
  EXPECT_THAT(opened.error().message, testing::AllOf(HasSubstr("line 3"), HasSubstr("2 lines")));
}

TEST_F(FileSource, RefusesThePositionOfAnotherStream) {
  const auto source = make(folder_.write("a.jsonl", "zero\n"));
  const auto opened = source->open(at_line(0, "stdin"));
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::kForeign);
}

TEST_F(FileSource, NamesAFileThatIsNotThere) {
  const auto opened = make(folder_ / "none.jsonl")->open({});
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::kNotFound);
  EXPECT_THAT(opened.error().message, HasSubstr("none.jsonl"));
}

TEST_F(FileSource, RefusesAFolder) {
  const auto opened = make(folder_.path())->open({});
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::kIo);
}

TEST_F(FileSource, NeedsAPath) {
  Options options("stream.file");
  const auto made = make_file_source(options, setup_);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, ErrorCode::kBadConfig);
  EXPECT_THAT(made.error().message, HasSubstr("stream.file.path"));
}

TEST_F(FileSource, FollowsWhatIsAppended) {
  const auto path = folder_.write("a.jsonl", "one\ntw");
  const auto source = make(path, "true");
  ASSERT_TRUE(source->open({}));
  EXPECT_EQ(source->poll(10, kWait)->size(), 1u);
  EXPECT_THAT(*source->poll(10, kWait), IsEmpty());
  EXPECT_FALSE(source->ended());
  std::ofstream(path, std::ios::app) << "o\n";
  const auto records = source->poll(10, kWait);
  ASSERT_EQ(records->size(), 1u);
  EXPECT_EQ((*records)[0].bytes, "two");
}

TEST_F(FileSource, FollowsNothingWhenToldToStopAtTheEnd) {
  setup_.until_end = true;
  const auto source = make(folder_.write("a.jsonl", "one\n"), "true");
  ASSERT_TRUE(source->open({}));
  EXPECT_THAT(drain(*source), ElementsAre("one"));
}

// A pipe in place of descriptor 0.
class PipeSource : public testing::Test {
 protected:
  PipeSource() {
    EXPECT_EQ(::pipe(ends_.data()), 0);
    source_ = make_line_source(
        {.identity = "stdin", .topic = "stdin", .sent_again = true, .open = [this] {
           return make_descriptor_input(ends_[0]);
         }});
  }
  ~PipeSource() override {
    ::close(ends_[0]);
    finish();
  }
  void send(std::string_view text) {
    ASSERT_EQ(::write(ends_[1], text.data(), text.size()), static_cast<ssize_t>(text.size()));
  }
  void finish() {
    if (ends_[1] >= 0) ::close(ends_[1]);
    ends_[1] = -1;
  }
  std::array<int, 2> ends_{};
  std::unique_ptr<Source> source_;
};

TEST_F(PipeSource, GivesNothingWhileThePipeIsIdleAndDoesNotEnd) {
  ASSERT_TRUE(source_->open({}));
  EXPECT_THAT(*source_->poll(10, kWait), IsEmpty());
  EXPECT_FALSE(source_->ended());
}

TEST_F(PipeSource, GivesWhatWasSentAndEndsWithThePipe) {
  ASSERT_TRUE(source_->open({}));
  send("one\ntwo\nthr");
  EXPECT_EQ(source_->poll(10, kWait)->size(), 2u);
  send("ee");
  EXPECT_THAT(*source_->poll(10, kWait), IsEmpty());
  finish();
  const auto records = source_->poll(10, kWait);
  ASSERT_EQ(records->size(), 1u);
  EXPECT_EQ((*records)[0].bytes, "three");
  EXPECT_TRUE(source_->ended());
}

TEST_F(PipeSource, LeavesOutTheLinesBeforeThePositionAsTheyCome) {
  ASSERT_TRUE(source_->open(at_line(2, "stdin")));
  send("zero\n");
  EXPECT_THAT(*source_->poll(10, kWait), IsEmpty());
  send("one\ntwo\n");
  auto records = source_->poll(10, kWait);
  if (records->empty()) records = source_->poll(10, kWait);
  ASSERT_EQ(records->size(), 1u);
  EXPECT_EQ((*records)[0].bytes, "two");
  EXPECT_EQ((*records)[0].offset, 2);
}

TEST_F(PipeSource, RefusesAnotherTextThanTheOneOfThePosition) {
  ASSERT_TRUE(source_->open({}));
  send("one\ntwo\n");
  ASSERT_EQ(source_->poll(10, kWait)->size(), 2u);
  StreamPosition position = at_line(2, "stdin");
  source_->mark(position);
  ASSERT_TRUE(source_->open(position));
  send("one\ntoo\nthree\n");
  auto records = source_->poll(10, kWait);
  if (records) records = source_->poll(10, kWait);
  ASSERT_FALSE(records);
  EXPECT_EQ(records.error().code, ErrorCode::kPositionGone);
  EXPECT_THAT(records.error().message, HasSubstr("the first 2 lines are not those"));
}

TEST_F(PipeSource, SaysSoWhenThePipeEndsBeforeThePosition) {
  ASSERT_TRUE(source_->open(at_line(2, "stdin")));
  send("zero\n");
  finish();
  auto records = source_->poll(10, kWait);
  if (records) records = source_->poll(10, kWait);
  ASSERT_FALSE(records);
  EXPECT_EQ(records.error().code, ErrorCode::kPositionGone);
}

TEST(StdinSource, HasNoKeys) {
  Options options("stream.stdin");
  options.set("path", "-", "test:1");
  EXPECT_FALSE(make_stdin_source(options, {}));
}

}  // namespace
}  // namespace gradus
