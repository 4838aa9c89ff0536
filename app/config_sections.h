#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/options.h"
#include "base/result.h"

namespace gradus {

/// A configuration file as flat sections: nested maps become dotted keys, and each key goes to the
/// section with the longest matching path ("stream.kafka" takes "stream.kafka.brokers").
using Sections = std::map<std::string, Options, std::less<>>;

/// Parses YAML and sorts its keys into sections; `${NAME}` is replaced by that environment
/// variable. `overrides` are key=value, and replace what the file says. Errors: kBadConfig with
/// file, line and key.
Result<Sections> read_sections(std::string_view yaml, std::string_view name,
                               const std::vector<std::string>& overrides);

}  // namespace gradus
