#include "ingest/sources/line_source.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "ingest/sources/file_reader.h"
#include "ingest/sources/line_reader.h"

namespace gradus {
namespace {

constexpr std::size_t kSkipAtOnce = 4096;

class LineSource final : public Source {
 public:
  explicit LineSource(LineInput input) : input_(std::move(input)) {}

  std::string identity() const override { return input_.identity; }
  std::string topic() const override { return input_.topic; }
  std::string place_of(const RawRecord& record) const override {
    return input_.topic + ":" + std::to_string(record.offset + 1);
  }

  Result<void> open(const StreamPosition& from) override {
    if (auto same = require_stream(from, input_.identity); !same) return same;
    auto bytes = input_.open();
    if (!bytes) return tl::unexpected(bytes.error());
    reader_.emplace(std::move(*bytes));
    if (const PartitionPosition* position = from.find(0)) {
      first_ = position->next;
      expected_ = position->last;
      origin_ = from.origin;
    }
    // A file gets there now; what a pipe has not sent yet is left out as it comes.
    return skip(Duration::zero());
  }

  Result<std::span<const RawRecord>> poll(std::size_t limit, Duration wait) override {
    if (reader_->line() < first_) {
      if (auto skipped = skip(wait); !skipped) return tl::unexpected(skipped.error());
      wait = Duration::zero();
    }
    records_.clear();
    if (reader_->line() >= first_) {
      if (auto read = reader_->poll(limit, wait, records_); !read) {
        return tl::unexpected(read.error());
      }
    }
    return records_;
  }

  bool ended() const override { return reader_ && reader_->ended(); }

  void mark(StreamPosition& position) override {
    if (!reader_ || position.partitions.empty()) return;
    PartitionPosition& entry = position.at(0);
    entry.last = reader_->mark_before(entry.next).value_or(StreamMark{});
    position.origin = reader_->origin();
  }

  SourceFacts facts() const override { return {}; }
  void commit(const StreamPosition&) override {}

 private:
  // Leaves out lines until the first one wanted, or until no more are there yet.
  Result<void> skip(Duration wait) {
    while (reader_->line() < first_) {
      records_.clear();
      const auto missing = static_cast<std::size_t>(first_ - reader_->line());
      auto read = reader_->poll(std::min(missing, kSkipAtOnce), wait, records_);
      if (!read) return read;
      if (records_.empty() && !reader_->ended() && may_still_come(missing)) return {};
      if (records_.empty() || (reader_->ended() && reader_->line() < first_)) return too_short();
      wait = Duration::zero();
    }
    return compare();
  }

  // A file holds at once what it held before; its last line may have been learned before its LF was
  // written.
  bool may_still_come(std::size_t missing) const {
    return input_.sent_again || (missing == 1 && reader_->holds_part_of_a_line());
  }

  Result<void> compare() const {
    const auto found = reader_->mark_before(first_);
    if (first_ == 0 || expected_.at < 0 || found == expected_) return {};
    return fail(ErrorCode::kPositionGone,
                input_.topic + ": the first " + std::to_string(first_) +
                    " lines are not those that the checkpoint was made from" + origins() +
                    ways_out());
  }

  Result<void> too_short() const {
    return fail(ErrorCode::kPositionGone, input_.topic + ": the checkpoint stands at line " +
                                              std::to_string(first_) + ", but there are only " +
                                              std::to_string(reader_->line()) + " lines" +
                                              origins() + ways_out());
  }

  std::string ways_out() const {
    return input_.sent_again
               ? "; start again with a new data directory, or send the same text again"
               : kFileWaysOut;
  }

  // " (then device 1, inode 2, 300 bytes; now ...)"
  std::string origins() const {
    return origin_.empty() ? "" : " (then " + origin_ + "; now " + reader_->origin() + ")";
  }

  LineInput input_;
  std::optional<LineReader> reader_;  // from `open` on
  std::vector<RawRecord> records_;
  std::int64_t first_ = 0;
  StreamMark expected_;  // of the lines before first_
  std::string origin_;   // where those came from
};

}  // namespace

std::unique_ptr<Source> make_line_source(LineInput input) {
  return std::make_unique<LineSource>(std::move(input));
}

namespace {

constexpr OptionSpec kPath =
    text_option("path", "path", "", "a file of lines, plain or gzip; required");
constexpr OptionSpec kFollow =
    flag_option("follow", "false", "wait for more lines at the end of the file");
constexpr std::array kFileOptions = {kPath, kFollow};

}  // namespace

std::span<const OptionSpec> file_options() { return kFileOptions; }

Result<std::unique_ptr<Source>> make_file_source(Options& options, const SourceSetup& setup) {
  const std::filesystem::path path = options.text(kPath);
  const AtEnd at_end = options.flag(kFollow) && !setup.until_end ? AtEnd::kFollow : AtEnd::kStop;
  if (auto finished = options.finish(); !finished) return tl::unexpected(finished.error());
  if (path.empty()) {
    return tl::unexpected(
        options.refused("path", "missing; expected the path of a JSON Lines file"));
  }
  std::error_code ignored;
  const auto absolute = std::filesystem::absolute(path, ignored).lexically_normal();
  return make_line_source(
      {.identity = "file:" + absolute.string(),
       .topic = path.filename().string(),
       .open = [path, at_end, clock = setup.clock] { return open_file(path, at_end, *clock); }});
}

Result<std::unique_ptr<Source>> make_stdin_source(Options& options, const SourceSetup&) {
  if (auto finished = options.finish(); !finished) return tl::unexpected(finished.error());
  return make_line_source({.identity = "stdin", .topic = "stdin", .sent_again = true, .open = [] {
                             return make_descriptor_input(0);
                           }});
}

}  // namespace gradus
