#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/log.h"
#include "base/result.h"
#include "ladders/generator.h"

namespace gradus {

/// What a demo that goes through Kafka writes, and where.
struct TopicFeed {
  std::string brokers;
  std::string topic;
  std::string ladder;
  std::uint64_t seed = 1;
  std::string pace;  ///< log or none
  std::vector<StreamChange> changes;
};

/// Makes the topic and gives the body of a thread that fills it with the ladder's generated stream
/// until a stop.
/// Errors: those of the ladder; kUnavailable where the brokers do not answer.
Result<std::function<Result<void>(const std::stop_token&)>> make_topic_feeder(const TopicFeed& feed,
                                                                              Clock& clock,
                                                                              Log& log);

}  // namespace gradus
