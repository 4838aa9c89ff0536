// A file is appended to, cut in the middle of a line, completed, written over, truncated, replaced
// and rotated at random, between the attempts of a run and during them. A run learns every line of
// one text once and in order, or it ends because the position is gone.

#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

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

constexpr int kLinesOfAText = 10'000;

/// Line `number` of text `text`; its label names both.
std::string line_of(int text, int number) {
  return R"({"x":[1],"y":)" + std::to_string(text * kLinesOfAText + number) + "}";
}

/// The file as the world sees it.
class ChangingFile {
 public:
  explicit ChangingFile(const test::TempDir& folder) : path_(folder / "a.jsonl") { write_over(); }

  void change() {
    switch (*rc::gen::inRange(0, 9)) {
      case 0:
      case 1:
      case 2:
        return append_lines();
      case 3:
        return append_half();
      case 4:
        return append_without_feed();
      case 5:
        return write_over();
      case 6:
        return replace();
      case 7:
        return rotate();
      default:
        return;
    }
  }

  const std::filesystem::path& path() const { return path_; }
  int text() const { return text_; }
  /// Lines whose last byte but the line feed is there.
  int lines() const { return lines_; }

 private:
  enum class End { kFeed, kHalf, kNoFeed };

  std::string begin_line() {
    switch (std::exchange(end_, End::kFeed)) {
      case End::kFeed:
        return {};
      case End::kHalf:
        return line_of(text_, lines_++).substr(half_) + "\n";
      case End::kNoFeed:
        return "\n";
    }
    return {};
  }
  std::string some_lines() {
    std::string lines;
    for (int left = *rc::gen::inRange(0, 30); left > 0; --left)
      lines += line_of(text_, lines_++) + "\n";
    return lines;
  }
  void append(const std::string& bytes) const { std::ofstream(path_, std::ios::app) << bytes; }

  void append_lines() {
    const std::string begin = begin_line();
    append(begin + some_lines());
  }
  void append_half() {
    const std::string begin = begin_line();
    const std::string line = line_of(text_, lines_);
    half_ = *rc::gen::inRange<std::size_t>(1, line.size());
    append(begin + line.substr(0, half_));
    end_ = End::kHalf;
  }
  void append_without_feed() {
    const std::string begin = begin_line();
    append(begin + line_of(text_, lines_++));
    end_ = End::kNoFeed;
  }
  std::string another_text() {
    ++text_;
    lines_ = 0;
    end_ = End::kFeed;
    return some_lines();
  }
  void write_over() {
    const std::string text = another_text();
    std::ofstream(path_, std::ios::trunc) << text;
  }
  void replace() {
    const auto fresh = path_.string() + ".new";
    std::ofstream(fresh) << another_text();
    std::filesystem::rename(fresh, path_);
  }
  void rotate() {
    std::filesystem::rename(path_, path_.string() + ".1");
    write_over();
  }

  std::filesystem::path path_;
  int text_ = 0;
  int lines_ = 0;
  End end_ = End::kFeed;
  std::size_t half_ = 0;  // bytes of the last line
};

/// What a run has learned, over its attempts: what a checkpoint holds.
struct Learned {
  StreamPosition position;
  std::vector<int> labels;
};

/// One attempt, stopped after some steps where the file is followed; `file` changes meanwhile.
Result<void> attempt(ChangingFile& file, bool follow, Learned& learned) {
  ManualClock clock;
  Options options("stream.file");
  options.set("path", file.path().string(), "test");
  options.set("follow", follow ? "true" : "false", "test");
  auto source = std::move(*make_file_source(options, {.clock = &clock}));
  if (const auto opened = source->open(learned.position); !opened) return opened;
  std::string lines;
  Log log(LogFormat::kText, LogLevel::kDebug, clock, lines);
  const auto decoder = test::json_decoder({}, nullptr);
  BoundedQueue<ExampleBatch> queue(1000);
  Latest<StreamPosition> committed;
  Latest<IngestStats> stats;
  IngestLoop loop({.on_error = OnError::kSkip,
                   .minibatch = *rc::gen::inRange<std::size_t>(0, 4),
                   .max_batch = *rc::gen::inRange<std::size_t>(1, 20)},
                  *source, *decoder, nullptr, learned.position, queue, committed, stats, clock,
                  log);
  Result<bool> more = true;
  for (int left = follow ? *rc::gen::inRange(0, 20) : 1000; more && *more && left > 0; --left) {
    if (*rc::gen::inRange(0, 3) == 0) file.change();
    more = loop.step({});
    while (const auto batch = queue.try_pop()) {
      for (const float label : batch->label) learned.labels.push_back(static_cast<int>(label));
      learned.position = batch->next;
    }
  }
  return more ? Result<void>{} : tl::unexpected(more.error());
}

/// All lines learned are those of one text, from its first on.
bool is_one_text(const std::vector<int>& labels) {
  for (std::size_t i = 0; i < labels.size(); ++i)
    if (labels[i] != labels[0] / kLinesOfAText * kLinesOfAText + static_cast<int>(i)) return false;
  return true;
}

RC_GTEST_PROP(FileIdentity, EveryLineOfOneTextIsLearnedOnceOrThePositionIsGone, ()) {
  const test::TempDir folder;
  ChangingFile file(folder);
  Learned learned;
  for (int attempts = 0; attempts < 6; ++attempts) {
    for (int changes = *rc::gen::inRange(0, 3); changes > 0; --changes) file.change();
    const auto ended = attempt(file, *rc::gen::arbitrary<bool>(), learned);
    RC_ASSERT(is_one_text(learned.labels));
    if (ended) continue;
    RC_ASSERT(ended.error().code == ErrorCode::kPositionGone);
    learned = {};
  }
  // Left alone, the file is read to its end.
  const auto ended = attempt(file, false, learned);
  RC_ASSERT(is_one_text(learned.labels));
  RC_ASSERT(ended || ended.error().code == ErrorCode::kPositionGone);
}

// Attempts that nothing but appending disturbs always succeed.
RC_GTEST_PROP(FileIdentity, AFileThatOnlyGrowsIsLearnedToItsLastLine, ()) {
  const test::TempDir folder;
  std::string text;
  Learned learned;
  const auto path = folder / "a.jsonl";
  ManualClock clock;
  int lines = 0;
  for (int attempts = 0; attempts < 5; ++attempts) {
    for (int more = *rc::gen::inRange(0, 10); more > 0; --more)
      text += line_of(1, lines++) + (more > 1 || *rc::gen::arbitrary<bool>() ? "\n" : "");
    folder.write("a.jsonl", text);
    Options options("stream.file");
    options.set("path", path.string(), "test");
    const auto source = std::move(*make_file_source(options, {.clock = &clock}));
    RC_ASSERT(source->open(learned.position).has_value());
    while (!source->ended()) {
      const auto records = source->poll(*rc::gen::inRange<std::size_t>(1, 5), Duration::zero());
      RC_ASSERT(records.has_value());
      for (const RawRecord& record : *records) {
        RC_ASSERT(record.bytes == line_of(1, static_cast<int>(record.offset)));
        RC_ASSERT(record.offset == static_cast<std::int64_t>(learned.labels.size()));
        learned.labels.push_back(static_cast<int>(record.offset));
        learned.position.at(0).next = record.offset + 1;
      }
      source->mark(learned.position);
    }
    RC_ASSERT(learned.labels.size() == static_cast<std::size_t>(lines));
    if (!text.empty() && text.back() != '\n') text += '\n';
  }
}

/// All lines of a file, or the error.
Result<std::string> read_text(const std::filesystem::path& path) {
  ManualClock clock;
  Options options("stream.file");
  options.set("path", path.string(), "test");
  const auto source = std::move(*make_file_source(options, {.clock = &clock}));
  if (const auto opened = source->open({}); !opened) return tl::unexpected(opened.error());
  std::string text;
  while (!source->ended()) {
    const auto records = source->poll(100, Duration::zero());
    if (!records) return tl::unexpected(records.error());
    for (const RawRecord& record : *records) text.append(record.bytes).append("\n");
  }
  return text;
}

RC_GTEST_PROP(FileIdentity, AGzipFileWithAnyBitFlippedIsReadWholeOrRefused, ()) {
  const test::TempDir folder;
  std::string text, packed;
  for (int members = *rc::gen::inRange(1, 4); members > 0; --members) {
    std::string part;
    for (int i = 0; i < 50; ++i) part += line_of(members, i) + "\n";
    text += part;
    packed += test::gzip_text(part);
  }
  folder.write("whole.gz", packed);
  RC_ASSERT(read_text(folder / "whole.gz").value_or("") == text);
  const auto at = *rc::gen::inRange<std::size_t>(0, packed.size());
  packed[at] = static_cast<char>(packed[at] ^ (1 << *rc::gen::inRange(0, 8)));
  folder.write("damaged.gz", packed);
  const auto read = read_text(folder / "damaged.gz");
  RC_ASSERT(!read || *read == text);
}

}  // namespace
}  // namespace gradus
