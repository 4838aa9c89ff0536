#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/options.h"
#include "base/result.h"

namespace gradus {

/// A configuration file as flat sections: nested maps become dotted keys, and each key goes to the
/// section with the longest matching path ("stream.kafka" takes "stream.kafka.brokers").
using Sections = std::map<std::string, Options, std::less<>>;

/// A key that the command line sets, as "key=value", and the option that stands for it in messages:
/// --set unless it has one of its own, such as --listen for serve.listen.
struct Override {
  Override(const char* the_text) : text(the_text) {}             // NOLINT(*-explicit-*): lists
  Override(std::string the_text) : text(std::move(the_text)) {}  // NOLINT(*-explicit-*): lists
  Override(std::string_view key, std::string_view value, std::string_view the_option)
      : text(std::string(key) + "=" + std::string(value)), option(the_option) {}

  std::string text;
  std::string option = "--set";
};

/// In the order given: later ones win.
using Overrides = std::vector<Override>;

/// Parses YAML and sorts its keys into sections; `${NAME}` is replaced by that environment
/// variable. `overrides` replace what the file says. Errors: kBadConfig with
/// file, line and key.
Result<Sections> read_sections(std::string_view yaml, std::string_view name,
                               const Overrides& overrides);

}  // namespace gradus
