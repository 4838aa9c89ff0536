#include "base/option_spec.h"

#include <array>
#include <charconv>

namespace gradus {
namespace {

template <typename Number>
std::string plain(Number value) {
  std::array<char, 32> buffer{};
  const auto written = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  std::string text(buffer.data(), written.ptr);
  // As people write it: 1e9 and 1e-9, not 1e+09 and 1e-09.
  if (const std::size_t e = text.find('e'); e != std::string::npos) {
    if (text[e + 1] == '+') text.erase(e + 1, 1);
    const std::size_t digits = text[e + 1] == '-' ? e + 2 : e + 1;
    if (text[digits] == '0') text.erase(digits, 1);
  }
  return text;
}

template <typename Number>
std::string describe_range(Number low, Number high) {
  const bool open_above = high >= std::numeric_limits<Number>::max();
  return open_above ? "from " + plain(low) : plain(low) + " to " + plain(high);
}

std::string describe_choices(std::span<const std::string_view> choices) {
  std::string list;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    if (i > 0) list += i + 1 < choices.size() ? ", " : " or ";
    list += "`" + std::string(choices[i]) + "`";
  }
  return list;
}

}  // namespace

bool is_key_of(const OptionSpec& spec, std::string_view key) {
  if (!spec.key.ends_with(".*")) return key == spec.key;
  return key.starts_with(spec.key.substr(0, spec.key.size() - 1));
}

std::string describe_values(const OptionSpec& spec) {
  if (!spec.values.empty()) return std::string(spec.values);
  switch (spec.type) {
    case OptionSpec::Type::kText:
      break;
    case OptionSpec::Type::kChoice:
      return describe_choices(spec.choices);
    case OptionSpec::Type::kNumber:
      return describe_range(spec.low, spec.high);
    case OptionSpec::Type::kInteger:
      return describe_range(spec.least, spec.most);
    case OptionSpec::Type::kFlag:
      return "`true` or `false`";
    case OptionSpec::Type::kSeconds:
      return "time: `500ms`, `60s`, `5m`, `2h`";
    case OptionSpec::Type::kBytes:
      return "size: `512MB`, `2GB`";
  }
  return "text";
}

}  // namespace gradus
