#include "describe/json_members.h"

#include <nlohmann/json.hpp>

#include <chrono>
#include <cmath>

namespace gradus {

void Members::read(const char* name, std::string& to) const {
  if (const Json* found = find(name); found && found->is_string()) to = *found;
}

void Members::read(const char* name, bool& to) const {
  if (const Json* found = find(name); found && found->is_boolean()) to = *found;
}

void Members::read(const char* name, double& to) const {
  if (const Json* found = find(name); found && found->is_number()) to = *found;
}

void Members::read(const char* name, std::optional<double>& to) const {
  if (const Json* found = find(name); found && found->is_number()) to = found->get<double>();
}

void Members::read(const char* name, std::optional<std::uint64_t>& to) const {
  if (const Json* found = find(name); found && found->is_number_unsigned())
    to = found->get<std::uint64_t>();
}

void Members::read(const char* name, Timestamp& to) const {
  double seconds = 0;
  read(name, seconds);
  if (std::isfinite(seconds) && std::abs(seconds) < 1e11)
    to = Timestamp(std::chrono::microseconds(std::llround(seconds * 1e6)));
}

void Members::read(const char* name, Verdict& to) const {
  std::string word;
  read(name, word);
  for (int i = 0; i < kVerdictCount; ++i)
    if (verdict_name(static_cast<Verdict>(i)) == word) to = static_cast<Verdict>(i);
}

void Members::read(const char* name, std::vector<std::pair<std::string, std::uint64_t>>& to) const {
  for (const auto& [key, value] : object(name).items())
    if (value.is_number_unsigned()) to.emplace_back(key, value.get<std::uint64_t>());
}

void Members::read(const char* name, std::vector<std::pair<std::string, std::string>>& to) const {
  for (const auto& [key, value] : object(name).items())
    if (value.is_string()) to.emplace_back(key, value.get<std::string>());
}

const Members::Json& Members::object(const char* name) const {
  static const Json kNone = Json::object();
  const Json* found = find(name);
  return found && found->is_object() ? *found : kNone;
}

std::vector<Members> Members::list(const char* name) const {
  std::vector<Members> out;
  if (const Json* found = find(name); found && found->is_array())
    for (const Json& each : *found)
      if (each.is_object()) out.emplace_back(each);
  return out;
}

const Members::Json* Members::find(const char* name) const {
  const auto found = object_.find(name);
  return found == object_.end() || found->is_null() ? nullptr : &*found;
}

std::optional<std::uint64_t> Members::whole(const char* name) const {
  const Json* found = find(name);
  if (found && found->is_number_integer() && (found->is_number_unsigned() || *found >= 0))
    return found->get<std::uint64_t>();
  return std::nullopt;
}

}  // namespace gradus
