#include "learner/learners/linear_state.h"

#include <gtest/gtest.h>

#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "tests/learner/linear_batches.h"
#include "tests/support/temp_dir.h"

namespace gradus {
namespace {

using test::add_example;
using test::Attribute;
using test::linear;

LinearOptions options_of(unsigned bits, std::uint32_t classes = 0) {
  LinearOptions options;
  options.bits = bits;
  options.classes = classes;
  return options;
}

std::string saved(const Learner& learner) {
  ByteWriter out;
  learner.save(out);
  return out.take();
}

/// Sixteen numbers and one of 26 letters, at the default 18 bits.
std::unique_ptr<Learner> letters() { return linear({{"bits", "18"}, {"classes", "26"}}); }

ExampleBatch letter_examples(std::uint32_t count) {
  ExampleBatch batch;
  for (std::uint32_t i = 0; i < count; ++i) {
    std::vector<Attribute> attributes;
    for (std::uint32_t a = 0; a < 16; ++a)
      attributes.push_back({a * 9973, static_cast<float>((i * (a + 3)) % 15)});
    add_example(batch, attributes, static_cast<float>(i % 26));
  }
  return batch;
}

TEST(LinearState, TakesRoomOnlyForTheWeightsThatExamplesTouched) {
  const auto learner = letters();
  EXPECT_LT(saved(*learner).size(), 2000U);
  learner->learn(letter_examples(200));
  const std::string state = saved(*learner);
  // 16 attributes and the constant, each with 26 weights of 16 bytes: 7 kB, where all are 109 MB.
  EXPECT_LT(state.size(), 17U * 26 * 16 + 2000);
  const auto resumed = letters();
  ByteReader in(state);
  ASSERT_TRUE(resumed->load(in).has_value());
  EXPECT_TRUE(in.at_end());
  EXPECT_EQ(saved(*resumed), state);
  EXPECT_EQ(learner->learn(letter_examples(300)).loss.value(),
            resumed->learn(letter_examples(300)).loss.value());
}

// Every other slot touched is the worst case: a run then costs as much as the slot that it spares.
TEST(LinearState, NeverTakesMoreRoomThanAllItsSlots) {
  for (const std::uint32_t stride : {1U, 2U, 3U}) {
    LinearState state(options_of(10));
    const std::size_t all = state.slots.size() * sizeof(LinearSlot);
    for (std::size_t i = 0; i < state.slots.size(); i += stride) state.slots[i].weight = 1;
    ByteWriter out;
    state.save(out);
    EXPECT_LT(out.bytes().size(), all + 200) << stride;
  }
}

// A weight of -0 has a bit set.
TEST(LinearState, KeepsEveryBitOfItsSlots) {
  LinearState state(options_of(4));
  state.slots[0].weight = -0.0F;
  state.slots[7].rate = 1e-45F;
  state.slots[15].scale = 2;
  ByteWriter out;
  state.save(out);
  LinearState loaded(state.options);
  loaded.slots[3].weight = 9;
  ByteReader in(out.bytes());
  ASSERT_TRUE(loaded.load(in).has_value());
  EXPECT_EQ(
      std::memcmp(loaded.slots.data(), state.slots.data(), state.slots.size() * sizeof(LinearSlot)),
      0);
}

// The file was written by gradus before it left out untouched slots.
TEST(LinearState, ReadsStatesThatHoldAllSlots) {
  const std::string old_state = test::read_file("tests/learner/data/linear_format_1.state");
  LinearOptions options = options_of(2, 3);
  options.loss = LinearLoss::kLogistic;
  LinearState loaded(options);
  ByteReader in(old_state);
  ASSERT_TRUE(loaded.load(in).has_value());
  EXPECT_TRUE(in.at_end());
  EXPECT_EQ(loaded.examples, 77U);
  EXPECT_EQ(loaded.range.high, 5);
  EXPECT_EQ(loaded.norms[2].importance, 4);
  for (std::size_t i = 0; i < loaded.slots.size(); ++i) {
    EXPECT_EQ(loaded.slots[i].weight, i % 3 == 1 ? 0 : 0.5F * static_cast<float>(i)) << i;
    EXPECT_EQ(loaded.slots[i].scale, i % 3 == 1 ? 0 : 2) << i;
  }
}

TEST(LinearState, RefusesRunsThatDoNotFitItsTable) {
  LinearState state(options_of(4));
  state.slots[2].weight = 1;
  state.slots[9].weight = 1;
  ByteWriter out;
  state.save(out);
  const std::string good = out.bytes();
  // From the end: the closing run (16 bytes), the slot 9 behind its two numbers, the slot 2.
  const std::size_t second = good.size() - 16 - 32, first = second - 32;
  for (const auto& [at, value] : {std::pair{second, 2},
                                  {second, 16},
                                  {second, 200},
                                  {first + 8, 9},
                                  {good.size() - 16, 12}}) {
    std::string bad = good;
    bad[at] = static_cast<char>(value);
    ByteReader in(bad);
    LinearState loaded(state.options);
    loaded.slots[5].weight = 3;
    EXPECT_FALSE(loaded.load(in).has_value()) << at << " " << value;
    EXPECT_EQ(loaded.slots[5].weight, 3);
  }
}

}  // namespace
}  // namespace gradus
