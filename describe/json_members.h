#pragma once

#include <concepts>
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "progress/report.h"

namespace gradus {

/// An object of a JSON document that this or another version of Gradus wrote. A member that is
/// missing, null or of another type leaves the value as it is: other versions may know more or
/// less. The document outlives it.
class Members {
 public:
  using Json = nlohmann::ordered_json;

  explicit Members(const Json& object) : object_(object) {}

  void read(const char* name, std::string& to) const;
  void read(const char* name, bool& to) const;
  void read(const char* name, double& to) const;
  void read(const char* name, std::optional<double>& to) const;
  void read(const char* name, std::optional<std::uint64_t>& to) const;
  template <std::integral Whole>
  void read(const char* name, Whole& to) const {
    if (const auto found = whole(name)) to = static_cast<Whole>(*found);
  }
  /// Seconds since 1970.
  void read(const char* name, Timestamp& to) const;
  void read(const char* name, Verdict& to) const;
  void read(const char* name, std::vector<std::pair<std::string, std::uint64_t>>& to) const;
  void read(const char* name, std::vector<std::pair<std::string, std::string>>& to) const;

  /// An empty object where there is none of that name.
  const Json& object(const char* name) const;
  /// The objects of a list; none where there is no such list.
  std::vector<Members> list(const char* name) const;
  bool has(const char* name) const { return find(name) != nullptr; }
  const Json* find(const char* name) const;

 private:
  std::optional<std::uint64_t> whole(const char* name) const;

  const Json& object_;
};

}  // namespace gradus
