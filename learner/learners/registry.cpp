#include <array>

#include "base/registry.h"
#include "learner/learner.h"
#include "learner/learners/linear.h"
#include "learner/learners/transformer.h"

namespace gradus {
namespace {

// Transformer: 36 us for an item of the arithmetic ladder, with the statistics and the history of
// its scores, against 63 us for an example (100,000 examples of the demo on an EPYC with AVX2).
// Linear: not measured; one pass over the features either way.
constexpr double kLinearItemWork = 1.0, kTransformerItemWork = 0.6;

constexpr std::array kKinds = {
    LearnerKind{"linear",
                "Adaptive, normalised, importance-aware linear models over hashed features",
                "Ross, Mineiro and Langford 2013, Normalized Online Learning", InputKind::kSparse,
                0, kLinearItemWork, make_linear, linear_memory, linear_options},
    LearnerKind{"transformer", "A small causal transformer that learns questions in text",
                "Vaswani et al. 2017, Attention Is All You Need", InputKind::kText,
                kTransformerMinibatch, kTransformerItemWork, make_transformer, transformer_memory,
                transformer_options},
};
constexpr Registry kRegistry{kKinds};

}  // namespace

std::span<const LearnerKind> learner_kinds() { return kRegistry; }

const LearnerKind* find_learner(std::string_view name) { return kRegistry.find(name); }

}  // namespace gradus
