#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "ingest/example_batch.h"

namespace gradus {

/// One term of a linear sum: the feature's index and its value.
struct SparseTerm {
  std::uint32_t index = 0;
  float value = 0;
};

/// Values beyond this magnitude are taken for damage: their squares leave no room in a float.
inline constexpr float kLargestValue = 1e18F;
/// The feature that is 1 in every example, before the mask; the number is Vowpal Wabbit's.
inline constexpr std::uint32_t kBiasFeature = 11650396;

/// The terms of one sparse example as a linear model takes them: index within 2^bits, value finite
/// and not zero, the bias last. Scratch memory that is filled again for each example.
/// Threads: owned by one. Cost: O(features), no allocation once grown.
class SparseRow {
 public:
  explicit SparseRow(unsigned bits) : mask_((1U << bits) - 1) {}

  /// Takes example `row` of `batch`; gives the number of values left out because they are not
  /// finite or beyond kLargestValue.
  std::size_t take(const ExampleBatch& batch, std::size_t row);

  std::span<const SparseTerm> terms() const { return {terms_.data(), count_}; }
  /// The largest magnitude among the terms; at least the bias's 1.
  float largest() const { return largest_; }

 private:
  std::vector<SparseTerm> terms_;
  std::size_t count_ = 0;
  float largest_ = 1;
  std::uint32_t mask_;
};

}  // namespace gradus
