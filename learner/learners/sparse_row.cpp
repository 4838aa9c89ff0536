#include "learner/learners/sparse_row.h"

#include <algorithm>
#include <cmath>

namespace gradus {

std::size_t SparseRow::take(const ExampleBatch& batch, std::size_t row) {
  const std::size_t begin = batch.row_begin[row];
  const std::size_t count = batch.row_begin[row + 1] - begin;
  if (terms_.size() < count + 1) terms_.resize(count + 1);
  const std::uint32_t* slots = batch.slot.data() + begin;
  const float* values = batch.value.data() + begin;
  const std::uint32_t mask = mask_;
  SparseTerm* out = terms_.data();
  std::size_t usable = 0;
  float largest = 1;
  // No branch: a term that is not wanted is overwritten by the next one.
  for (std::size_t i = 0; i < count; ++i) {
    const float magnitude = std::fabs(values[i]);
    const bool fits = magnitude <= kLargestValue;  // false for NaN too
    usable += fits ? 1 : 0;
    largest = std::max(largest, fits ? magnitude : 0.0F);
    *out = {slots[i] & mask, values[i]};
    out += fits && magnitude > 0 ? 1 : 0;
  }
  *out++ = {kBiasFeature & mask, 1.0F};
  count_ = static_cast<std::size_t>(out - terms_.data());
  largest_ = largest;
  return count - usable;
}

}  // namespace gradus
