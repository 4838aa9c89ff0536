#include "probes/position_names.h"

#include <algorithm>
#include <array>

namespace gradus {
namespace {

constexpr std::array<std::string_view, 9> kDigitNames = {
    "units",     "tens",          "hundreds",
    "thousands", "ten thousands", "hundred thousands",
    "millions",  "ten millions",  "hundred millions"};
constexpr std::string_view kPower = "10^", kFromLeft = "position ";

bool is_number_after(std::string_view name, std::string_view prefix) {
  if (!name.starts_with(prefix) || name.size() == prefix.size()) return false;
  name.remove_prefix(prefix.size());
  return std::all_of(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::string digit_name(std::size_t place) {
  return place < kDigitNames.size() ? std::string(kDigitNames[place])
                                    : std::string(kPower) + std::to_string(place);
}

std::string position_name(std::size_t place) {
  return std::string(kFromLeft) + std::to_string(place + 1);
}

bool is_position_name(std::string_view name) {
  return name == kEndName ||
         std::find(kDigitNames.begin(), kDigitNames.end(), name) != kDigitNames.end() ||
         is_number_after(name, kPower) || is_number_after(name, kFromLeft);
}

}  // namespace gradus
