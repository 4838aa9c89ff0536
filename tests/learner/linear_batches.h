#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "base/options.h"
#include "ingest/example_batch.h"
#include "learner/learner.h"

namespace gradus::test {

struct Attribute {
  std::uint32_t slot;
  float value;
};

/// Appends one sparse example.
inline void add_example(ExampleBatch& batch, const std::vector<Attribute>& attributes, float label,
                        float weight = 1) {
  for (const Attribute& attribute : attributes) {
    batch.slot.push_back(attribute.slot);
    batch.value.push_back(attribute.value);
  }
  batch.row_begin.push_back(static_cast<std::uint32_t>(batch.slot.size()));
  batch.label.push_back(label);
  batch.weight.push_back(weight);
  batch.task.push_back(0);
  batch.event_time_ms.push_back(-1);
}

inline ExampleBatch one_example(const std::vector<Attribute>& attributes, float label,
                                float weight = 1) {
  ExampleBatch batch;
  add_example(batch, attributes, label, weight);
  return batch;
}

using LinearKeys = std::vector<std::pair<std::string, std::string>>;

/// A linear learner with these keys; 8 bits unless they say otherwise.
inline std::unique_ptr<Learner> linear(const LinearKeys& keys, const LearnerSetup& setup = {}) {
  Options options("learner");
  options.set("bits", "8", "test");
  for (const auto& [key, value] : keys) options.set(key, value, "test");
  auto made = find_learner("linear")->make(options, setup);
  EXPECT_TRUE(made.has_value() && options.finish().has_value());
  return std::move(*made);
}

/// What the frozen model says on the examples.
inline ItemScores scores(const Learner& learner, const ExampleBatch& items) {
  ItemScores out;
  learner.freeze()->score(items, out);
  return out;
}

}  // namespace gradus::test
