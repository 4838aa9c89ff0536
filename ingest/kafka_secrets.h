#pragma once

#include <string_view>

namespace gradus {

/// True for a key whose value must never be shown: librdkafka's passwords, keys, tokens and user
/// names, by their names, with or without a section before them. librdkafka itself prints them in
/// clear. A key that ends in `_file` is only the path to a secret, and no secret.
bool is_secret_key(std::string_view key);

}  // namespace gradus
