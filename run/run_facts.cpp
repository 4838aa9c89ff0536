#include "run/run_facts.h"

#include <utility>

#include "describe/build_info.h"
#include "ingest/kafka_version.h"

namespace gradus {

RunFacts run_facts(const Config& config, std::string topic, std::string config_hash,
                   Timestamp start) {
  RunFacts facts;
  facts.run = config.run;
  facts.learner = config.learner;
  facts.topic = std::move(topic);
  facts.config_hash = std::move(config_hash);
  facts.version = gradus_version();
  facts.revision = gradus_revision();
  facts.compiler = __VERSION__;
  facts.instructions = instructions();
  facts.librdkafka = kafka_client_version();
  facts.start = start;
  facts.checkpoint_interval_seconds = config.checkpoint_every;
  facts.max_series = config.max_series;
  return facts;
}

}  // namespace gradus
