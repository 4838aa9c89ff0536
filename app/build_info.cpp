#include "app/build_info.h"

#include <utility>

#include "ingest/kafka_version.h"

namespace gradus {

std::string_view gradus_version() { return GRADUS_VERSION; }

std::string_view instructions() {
#if defined(__AVX2__) && defined(__FMA__)
  return "avx2";
#elif defined(__aarch64__)
  return "neon";
#else
  return "generic";
#endif
}

RunFacts run_facts(const Config& config, std::string topic, std::string config_hash,
                   Timestamp start) {
  RunFacts facts;
  facts.run = config.run;
  facts.learner = config.learner;
  facts.topic = std::move(topic);
  facts.config_hash = std::move(config_hash);
  facts.version = GRADUS_VERSION;
  facts.revision = GRADUS_REVISION;
  facts.compiler = __VERSION__;
  facts.instructions = instructions();
  facts.librdkafka = kafka_client_version();
  facts.start = start;
  facts.checkpoint_interval_seconds = config.checkpoint_every;
  facts.max_series = config.max_series;
  return facts;
}

}  // namespace gradus
