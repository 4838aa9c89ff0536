#include "run/record_output.h"

#include <zlib.h>

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <utility>

#include "base/options.h"

namespace gradus {
namespace {

constexpr int kWriteAttempts =
    60;  // of a second each: brokers that are away for longer end the command
constexpr auto kFlushSlice = std::chrono::milliseconds(200);  // between two looks at the stop
constexpr int kFlushSlices = 300;
constexpr int kFlushSlicesAfterStop = 10;

class LineOutput final : public RecordOutput {
 public:
  LineOutput(std::FILE* file, std::string name) : file_(file), name_(std::move(name)) {}
  ~LineOutput() override {
    if (file_ != stdout) std::fclose(file_);
  }
  LineOutput(const LineOutput&) = delete;
  LineOutput& operator=(const LineOutput&) = delete;

  Result<void> write(std::string_view record, const StopAsked&) override {
    if (std::fwrite(record.data(), 1, record.size(), file_) != record.size() ||
        std::fputc('\n', file_) == EOF)
      return refuse();
    return {};
  }
  Result<void> flush(const StopAsked&) override {
    if (std::fflush(file_) != 0) return refuse();
    return {};
  }

 private:
  Result<void> refuse() const {
    return fail(ErrorCode::kIo, "cannot write to " + name_ + ": " + std::strerror(errno));
  }
  std::FILE* file_;
  std::string name_;
};

/// Lines through gzip; whole once the output is closed.
class GzipOutput final : public RecordOutput {
 public:
  GzipOutput(gzFile file, std::string name) : file_(file), name_(std::move(name)) {}
  ~GzipOutput() override {
    if (file_ != nullptr) gzclose(file_);
  }
  GzipOutput(const GzipOutput&) = delete;
  GzipOutput& operator=(const GzipOutput&) = delete;

  Result<void> write(std::string_view record, const StopAsked&) override {
    const auto bytes = static_cast<unsigned>(record.size());
    // An empty write would read as a failure.
    const bool written = bytes == 0 || gzwrite(file_, record.data(), bytes) != 0;
    if (!written || gzputc(file_, '\n') == -1) return refuse();
    return {};
  }
  Result<void> flush(const StopAsked&) override {
    if (file_ == nullptr) return {};
    return gzclose(std::exchange(file_, nullptr)) == Z_OK ? Result<void>() : refuse();
  }

 private:
  Result<void> refuse() const {
    return fail(ErrorCode::kIo, "cannot write to " + name_ + ": " + std::strerror(errno));
  }
  gzFile file_;
  std::string name_;
};

class TopicOutput final : public RecordOutput {
 public:
  explicit TopicOutput(std::unique_ptr<KafkaWriter> writer) : writer_(std::move(writer)) {}

  Result<void> write(std::string_view record, const StopAsked& stop) override {
    for (int attempt = 1;; ++attempt) {
      auto taken = writer_->write(record);
      if (taken || taken.error().code != ErrorCode::kUnavailable) return taken;
      if (attempt == kWriteAttempts || stop()) return taken;
    }
  }
  Result<void> flush(const StopAsked& stop) override {
    Result<void> flushed;
    int slices = 0, after_stop = 0;
    do {
      flushed = writer_->flush(kFlushSlice);
      after_stop += stop() ? 1 : 0;
    } while (!flushed && flushed.error().code == ErrorCode::kUnavailable &&
             ++slices < kFlushSlices && after_stop < kFlushSlicesAfterStop);
    if (flushed && writer_->failed() > 0)
      return fail(ErrorCode::kUnavailable,
                  "the brokers refused " + std::to_string(writer_->failed()) + " records");
    return flushed;
  }

 private:
  std::unique_ptr<KafkaWriter> writer_;
};

}  // namespace

Result<std::unique_ptr<RecordOutput>> open_line_output(const std::string& file) {
  if (file.empty()) return std::make_unique<LineOutput>(stdout, "stdout");
  if (file.ends_with(".gz")) {
    gzFile opened = gzopen(file.c_str(), "wb");
    if (opened == nullptr)
      return fail(ErrorCode::kIo, "cannot write to " + file + ": " + std::strerror(errno));
    return std::make_unique<GzipOutput>(opened, file);
  }
  std::FILE* opened = std::fopen(file.c_str(), "wb");
  if (opened == nullptr)
    return fail(ErrorCode::kIo, "cannot write to " + file + ": " + std::strerror(errno));
  return std::make_unique<LineOutput>(opened, file);
}

std::unique_ptr<RecordOutput> make_topic_output(std::unique_ptr<KafkaWriter> writer) {
  return std::make_unique<TopicOutput>(std::move(writer));
}

Result<std::unique_ptr<KafkaWriter>> open_topic(const std::string& brokers,
                                                const std::string& topic, int partitions,
                                                Log& log) {
  Options options("stream.kafka");
  options.set("brokers", brokers, "--brokers");
  options.set("topic", topic, "--topic");
  return KafkaWriter::open(options, partitions, log);
}

}  // namespace gradus
