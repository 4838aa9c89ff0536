#include "ingest/kafka_version.h"

#include <librdkafka/rdkafka.h>

namespace gradus {

std::string_view kafka_client_version() { return rd_kafka_version_str(); }

}  // namespace gradus
