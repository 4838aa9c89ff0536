#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"

namespace gradus {

/// The kinds of one sort, such as learners or sources: a view of a constant table, sorted by name.
/// A table that is out of order or names a kind twice does not compile. `Kind` has a `name`.
/// Example: `constexpr Registry kRegistry{kKinds};` where kKinds is a constexpr std::array.
/// Threads: constant. Cost: find and nearest O(kinds).
template <typename Kind>
class Registry {
 public:
  using value_type = Kind;
  using const_iterator = const Kind*;
  using iterator = const_iterator;

  template <std::size_t kCount>
  explicit consteval Registry(const std::array<Kind, kCount>& kinds) : kinds_(kinds) {
    for (std::size_t i = 1; i < kCount; ++i)
      if (!(kinds[i - 1].name < kinds[i].name)) kinds_are_not_sorted_by_name();
  }

  constexpr const Kind* begin() const { return kinds_.data(); }
  constexpr const Kind* end() const { return kinds_.data() + kinds_.size(); }
  constexpr std::size_t size() const { return kinds_.size(); }
  constexpr const Kind& operator[](std::size_t index) const { return kinds_[index]; }

  /// The kind of that name; null where there is none.
  constexpr const Kind* find(std::string_view name) const {
    for (const Kind& kind : kinds_)
      if (kind.name == name) return &kind;
    return nullptr;
  }

  /// All names, in order.
  std::vector<std::string_view> names() const {
    std::vector<std::string_view> names;
    for (const Kind& kind : kinds_) names.push_back(kind.name);
    return names;
  }

  /// The name nearest to `name`, for "did you mean"; empty where none is near.
  std::string_view nearest(std::string_view name) const { return nearest_name(name, names()); }

  /// All names for a message: "a, b or c".
  std::string listed() const {
    std::string list;
    for (std::size_t i = 0; i < kinds_.size(); ++i) {
      if (i > 0) list += i + 1 < kinds_.size() ? ", " : " or ";
      list += kinds_[i].name;
    }
    return list;
  }

 private:
  /// Not constexpr: the compiler's message names it.
  static void kinds_are_not_sorted_by_name() {}

  std::span<const Kind> kinds_;
};

}  // namespace gradus
