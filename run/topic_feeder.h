#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/log.h"
#include "base/options.h"
#include "base/result.h"
#include "ladders/generator.h"
#include "ladders/ladder.h"

namespace gradus {

/// What a demo that goes through Kafka writes, and where.
struct TopicFeed {
  std::string brokers;
  std::string topic;
  Ladder ladder;
  Options generated;  ///< of the source `generate`
  std::vector<StreamChange> changes;
};

/// The topic of the demo whose files are in `data`: made up at the first call, found there at later
/// ones, so that a demo that goes on goes on with its own topic and no two demos share one.
/// Errors: kIo.
Result<std::string> demo_topic(const std::filesystem::path& data, const Ladder& ladder,
                               std::uint64_t seed, Timestamp now);

/// Makes the topic and gives the body of a thread that fills it with the ladder's generated stream
/// until a stop. Record i of the stream has offset i: it goes on where the topic ends.
/// Errors: kBadConfig for the options; kUnavailable where the brokers do not answer.
Result<std::function<Result<void>(const std::stop_token&)>> make_topic_feeder(TopicFeed feed,
                                                                              Clock& clock,
                                                                              Log& log);

}  // namespace gradus
