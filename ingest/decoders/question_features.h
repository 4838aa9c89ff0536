#pragma once

#include <cstdint>
#include <string_view>

#include "ingest/example_batch.h"

namespace gradus {

/// Appends what a sparse learner sees of a question in text, each with value 1: every character
/// with its place counted from the left, the same with its place counted from the right (digits
/// are aligned from there), and every pair of neighbours wherever it stands.
/// Cost: three hashes a character, no allocation once the columns have grown.
void append_question_features(std::string_view prompt, std::uint32_t mask, ExampleBatch& out);

}  // namespace gradus
