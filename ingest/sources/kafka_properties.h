#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gradus {

/// Which kind of client a property is for.
enum class KafkaRole : std::uint8_t { kConsumer, kProducer };

/// One property that the linked librdkafka knows.
struct KafkaProperty {
  std::string name;
  bool consumer = false;
  bool producer = false;
  bool for_role(KafkaRole role) const { return role == KafkaRole::kConsumer ? consumer : producer; }
};

/// Every property that the linked librdkafka knows, as it lists them itself: the same name may be
/// global and of a topic. Asked at set-up only, since librdkafka takes a producer's property on a
/// consumer without a word.
class KafkaProperties {
 public:
  KafkaProperties();
  /// Null where librdkafka does not know the name.
  const KafkaProperty* find(std::string_view name) const;
  /// The known name nearest to `name`; empty where none is near.
  std::string nearest(std::string_view name) const;

 private:
  std::vector<KafkaProperty> properties_;
};

}  // namespace gradus
