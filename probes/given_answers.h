#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/step.h"

namespace gradus {

/// What a model answered to the items of one task at one snapshot, item by item.
/// Shapes: q (n,); exact_bits one bit an item, item 0 in the lowest bit; begin (n+1,) into text, or
/// empty where the learner does not say what it would have answered.
struct GivenAnswers {
  Step step = 0;
  std::uint64_t item_digest = 0;  ///< fingerprint of the item set
  std::vector<float> q = {};
  std::vector<std::uint64_t> exact_bits = {};
  std::vector<std::uint32_t> begin = {};
  std::string text = {};

  std::size_t size() const { return q.size(); }
  bool has_text() const { return begin.size() == q.size() + 1; }
  /// Precondition: has_text.
  std::string_view answer(std::size_t i) const {
    return std::string_view(text).substr(begin[i], begin[i + 1] - begin[i]);
  }
  bool exact(std::size_t i) const { return (exact_bits[i / 64] >> (i % 64) & 1) != 0; }
};

}  // namespace gradus
