#include "learner/learners/sparse_row.h"

#include <algorithm>
#include <cmath>

namespace gradus {

std::size_t SparseRow::take(const ExampleBatch& batch, std::size_t row) {
  const std::size_t begin = batch.row_begin[row];
  const std::size_t end = batch.row_begin[row + 1];
  if (terms_.size() < end - begin + 1) terms_.resize(end - begin + 1);
  SparseTerm* out = terms_.data();
  std::size_t refused = 0;
  float largest = 1;
  // No branch: a term that is not wanted is overwritten by the next one.
  for (std::size_t i = begin; i < end; ++i) {
    const float magnitude = std::fabs(batch.value[i]);
    const bool usable = magnitude <= kLargestValue;  // false for NaN too
    refused += usable ? 0 : 1;
    largest = std::max(largest, usable ? magnitude : 0.0F);
    *out = {batch.slot[i] & mask_, batch.value[i]};
    out += usable && magnitude > 0 ? 1 : 0;
  }
  *out++ = {kBiasFeature & mask_, 1.0F};
  count_ = static_cast<std::size_t>(out - terms_.data());
  largest_ = largest;
  return refused;
}

}  // namespace gradus
