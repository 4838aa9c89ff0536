#include "ingest/kafka_secrets.h"

#include <algorithm>
#include <array>

namespace gradus {

bool is_secret_key(std::string_view key) {
  constexpr std::array<std::string_view, 8> kParts = {"password",
                                                      "secret",
                                                      "token",
                                                      "jaas",
                                                      "kinit.cmd",
                                                      "oauthbearer.config",
                                                      "oauthbearer.extensions",
                                                      "sasl.username"};
  if (key.ends_with("_file")) return false;
  return key.ends_with(".pem") || std::any_of(kParts.begin(), kParts.end(), [&](auto part) {
           return key.find(part) != std::string_view::npos;
         });
}

}  // namespace gradus
