#pragma once

#include <cstddef>
#include <cstdint>

#include "ingest/example_batch.h"

namespace gradus::test {

/// Examples `begin` to `end` of a stream that every learner of this input learns quickly: the
/// answer follows from one feature, or from the first word of the prompt. Two classes; tasks 0
/// and 1 in turn; event times a second apart.
ExampleBatch easy_examples(InputKind input, std::size_t begin, std::size_t end,
                           std::uint64_t seed = 1);

}  // namespace gradus::test
