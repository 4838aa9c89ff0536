#include "app/topic_feeder.h"

#include <chrono>
#include <memory>
#include <utility>

#include "app/record_output.h"
#include "ingest/source.h"
#include "ladders/ladder_file.h"

namespace gradus {
namespace {

constexpr std::size_t kRecordsAtOnce = 256;

/// The generated stream on one side, the topic on the other; owns what both need.
struct Feeder {
  Ladder ladder;
  std::unique_ptr<Source> source;
  std::unique_ptr<RecordOutput> output;

  Result<void> run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      const auto records = source->poll(kRecordsAtOnce, std::chrono::milliseconds(100));
      if (!records) return tl::unexpected(records.error());
      for (const RawRecord& record : *records)
        if (auto done = output->write(record.bytes); !done) return done;
    }
    return output->flush();
  }
};

}  // namespace

Result<std::function<Result<void>(const std::stop_token&)>> make_topic_feeder(const TopicFeed& feed,
                                                                              Clock& clock,
                                                                              Log& log) {
  auto ladder = load_ladder(feed.ladder);
  if (!ladder) return tl::unexpected(ladder.error());
  const auto feeder = std::make_shared<Feeder>();
  feeder->ladder = std::move(*ladder);
  Options options("stream.generate");
  options.set("seed", std::to_string(feed.seed), "--seed");
  options.set("pace", feed.pace, "--pace");
  SourceSetup setup;
  setup.ladder = &feeder->ladder;
  setup.changes = feed.changes;
  setup.clock = &clock;
  setup.log = &log;
  auto source = find_source("generate")->make(options, setup);
  if (!source) return tl::unexpected(source.error());
  feeder->source = std::move(*source);
  if (auto opened = feeder->source->open(StreamPosition{feeder->source->identity(), {}}); !opened)
    return tl::unexpected(opened.error());
  auto output = open_topic_output(feed.brokers, feed.topic, 1, log);
  if (!output) return tl::unexpected(output.error());
  feeder->output = std::move(*output);
  return [feeder](const std::stop_token& stop) { return feeder->run(stop); };
}

}  // namespace gradus
