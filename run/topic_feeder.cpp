#include "run/topic_feeder.h"

#include <chrono>
#include <memory>
#include <utility>

#include "base/atomic_file.h"
#include "ingest/source.h"
#include "run/record_output.h"

namespace gradus {
namespace {

constexpr std::size_t kRecordsAtOnce = 256;
constexpr const char* kTopicFile = "topic";

/// The generated stream on one side, the topic on the other; owns what both need.
struct Feeder {
  Ladder ladder;
  std::unique_ptr<Source> source;
  std::unique_ptr<RecordOutput> output;

  /// What is not delivered at a stop is made again by whoever goes on.
  Result<void> run(const std::stop_token& stop) {
    const StopAsked stopped = [&stop] { return stop.stop_requested(); };
    auto done = fill(stopped);
    if (done) done = output->flush(stopped);
    const bool away = !done && done.error().code == ErrorCode::kUnavailable;
    return away && stopped() ? Result<void>{} : done;
  }

  Result<void> fill(const StopAsked& stopped) {
    while (!stopped()) {
      const auto records = source->poll(kRecordsAtOnce, std::chrono::milliseconds(100));
      if (!records) return tl::unexpected(records.error());
      for (const RawRecord& record : *records)
        if (auto done = output->write(record.bytes, stopped); !done) return done;
    }
    return {};
  }
};

Result<void> open_source(Feeder& feeder, TopicFeed feed, std::int64_t next, Clock& clock,
                         Log& log) {
  SourceSetup setup;
  setup.ladder = &feeder.ladder;
  setup.changes = std::move(feed.changes);
  setup.clock = &clock;
  setup.log = &log;
  auto source = find_source("generate")->make(feed.generated, setup);
  if (!source) return tl::unexpected(source.error());
  feeder.source = std::move(*source);
  return feeder.source->open(
      {.stream = feeder.source->identity(), .partitions = {{.partition = 0, .next = next}}});
}

}  // namespace

Result<std::string> demo_topic(const std::filesystem::path& data, const Ladder& ladder,
                               std::uint64_t seed, Timestamp now) {
  auto known = read_whole_file(data / kTopicFile);
  if (known || known.error().code != ErrorCode::kNotFound) return known;
  std::error_code refused;
  std::filesystem::create_directories(data, refused);
  if (refused) return fail(ErrorCode::kIo, data.string() + ": " + refused.message());
  const std::string topic = "gradus-demo-" + ladder.name + "-" + std::to_string(seed) + "-" +
                            std::to_string(now.time_since_epoch().count());
  return write_file_atomically(data / kTopicFile, topic).map([&] { return topic; });
}

Result<std::function<Result<void>(const std::stop_token&)>> make_topic_feeder(TopicFeed feed,
                                                                              Clock& clock,
                                                                              Log& log) {
  auto writer = open_topic(feed.brokers, feed.topic, 1, log);
  if (!writer) return tl::unexpected(writer.error());
  const auto next = (*writer)->end_of(0);
  if (!next) return tl::unexpected(next.error());
  const auto feeder = std::make_shared<Feeder>();
  feeder->ladder = feed.ladder;
  feeder->output = make_topic_output(std::move(*writer));
  if (auto opened = open_source(*feeder, std::move(feed), *next, clock, log); !opened)
    return tl::unexpected(opened.error());
  return [feeder](const std::stop_token& stop) { return feeder->run(stop); };
}

}  // namespace gradus
