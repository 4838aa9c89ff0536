#include "ingest/sources/kafka_properties.h"

#include <librdkafka/rdkafka.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <sstream>

#include "base/text.h"

namespace gradus {
namespace {

std::string shown_by_librdkafka() {
  char* buffer = nullptr;
  std::size_t size = 0;
  std::FILE* stream = ::open_memstream(&buffer, &size);
  if (stream == nullptr) return {};
  rd_kafka_conf_properties_show(stream);
  std::fclose(stream);
  std::string text(buffer, size);
  std::free(buffer);
  return text;
}

std::string trimmed(std::string_view cell) {
  const std::size_t begin = cell.find_first_not_of(' ');
  if (begin == std::string_view::npos) return {};
  return std::string(cell.substr(begin, cell.find_last_not_of(' ') - begin + 1));
}

}  // namespace

// Rows look like "name | C | range | default | importance | text", C also being P or *.
KafkaProperties::KafkaProperties() {
  std::istringstream lines(shown_by_librdkafka());
  for (std::string line; std::getline(lines, line);) {
    const std::size_t first = line.find('|');
    const std::size_t second = line.find('|', first + 1);
    if (first == std::string::npos || second == std::string::npos) continue;
    const std::string scope = trimmed(std::string_view(line).substr(first + 1, second - first - 1));
    if (scope != "C" && scope != "P" && scope != "*") continue;
    properties_.push_back({.name = trimmed(std::string_view(line).substr(0, first)),
                           .consumer = scope != "P",
                           .producer = scope != "C"});
  }
}

const KafkaProperty* KafkaProperties::find(std::string_view name) const {
  const auto found = std::find_if(properties_.begin(), properties_.end(),
                                  [&](const KafkaProperty& known) { return known.name == name; });
  return found == properties_.end() ? nullptr : &*found;
}

std::string KafkaProperties::nearest(std::string_view name) const {
  std::vector<std::string_view> names;
  names.reserve(properties_.size());
  for (const KafkaProperty& property : properties_) names.push_back(property.name);
  return std::string(nearest_name(name, names));
}

}  // namespace gradus
