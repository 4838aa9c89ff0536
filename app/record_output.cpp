#include "app/record_output.h"

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <utility>

#include "base/options.h"
#include "ingest/kafka_writer.h"

namespace gradus {
namespace {

constexpr auto kFlushDeadline = std::chrono::seconds(60);
constexpr int kWriteAttempts =
    60;  // of a second each: brokers that are away for longer end the command

class LineOutput final : public RecordOutput {
 public:
  LineOutput(std::FILE* file, std::string name) : file_(file), name_(std::move(name)) {}
  ~LineOutput() override {
    if (file_ != stdout) std::fclose(file_);
  }
  LineOutput(const LineOutput&) = delete;
  LineOutput& operator=(const LineOutput&) = delete;

  Result<void> write(std::string_view record) override {
    if (std::fwrite(record.data(), 1, record.size(), file_) != record.size() ||
        std::fputc('\n', file_) == EOF)
      return refuse();
    return {};
  }
  Result<void> flush() override {
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

class TopicOutput final : public RecordOutput {
 public:
  explicit TopicOutput(std::unique_ptr<KafkaWriter> writer) : writer_(std::move(writer)) {}

  Result<void> write(std::string_view record) override {
    for (int attempt = 1;; ++attempt) {
      auto taken = writer_->write(record);
      if (taken || taken.error().code != ErrorCode::kUnavailable || attempt == kWriteAttempts)
        return taken;
    }
  }
  Result<void> flush() override {
    auto flushed = writer_->flush(kFlushDeadline);
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
  std::FILE* opened = std::fopen(file.c_str(), "wb");
  if (opened == nullptr)
    return fail(ErrorCode::kIo, "cannot write to " + file + ": " + std::strerror(errno));
  return std::make_unique<LineOutput>(opened, file);
}

Result<std::unique_ptr<RecordOutput>> open_topic_output(const std::string& brokers,
                                                        const std::string& topic, int partitions,
                                                        Log& log) {
  Options options("stream.kafka");
  options.set("brokers", brokers, "--brokers");
  options.set("topic", topic, "--topic");
  auto writer = KafkaWriter::open(options, partitions, log);
  if (!writer) return tl::unexpected(writer.error());
  return std::make_unique<TopicOutput>(std::move(*writer));
}

}  // namespace gradus
