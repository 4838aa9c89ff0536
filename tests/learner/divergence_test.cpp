#include "learner/divergence.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "base/random.h"

namespace gradus {
namespace {

constexpr std::uint64_t kWindow = DivergenceWatch::kWindow;

InputSpec classes(std::uint32_t count) {
  InputSpec input;
  input.classes = count;
  return input;
}

InputSpec text() {
  InputSpec input;
  input.kind = InputKind::kText;
  return input;
}

/// A window of labels drawn evenly from `count` classes.
ExampleBatch even_labels(std::uint32_t count) {
  SplitMix64 random(7);
  ExampleBatch batch;
  for (std::uint64_t i = 0; i < kWindow; ++i) {
    batch.task.push_back(0);
    batch.label.push_back(static_cast<float>(random.below(count)));
  }
  return batch;
}

/// Sums of one window with this mean log loss.
LearnSums window(double mean_log_loss) {
  LearnSums sums;
  sums.examples = kWindow;
  sums.log_loss = mean_log_loss * static_cast<double>(kWindow);
  return sums;
}

TEST(Divergence, IsNotSeenInALearnerThatJustBegins) {
  DivergenceWatch watch(classes(10));
  for (int i = 0; i < 3; ++i) watch.take(even_labels(10), window(5));
  EXPECT_FALSE(watch.diverged());
}

TEST(Divergence, IsSeenInALearnerThatNeverBeatsAConstantAnswer) {
  DivergenceWatch watch(classes(10));
  for (int i = 0; i < DivergenceWatch::kPatience; ++i) watch.take(even_labels(10), window(5));
  EXPECT_TRUE(watch.diverged());
}

TEST(Divergence, IsSeenWhereTheLossPassesThatOfAConstantAnswer) {
  // Ten even classes: the constant answer loses ln 10 = 2.30; a quarter and a tenth more is 2.98.
  DivergenceWatch watch(classes(10));
  watch.take(even_labels(10), window(0.5));
  EXPECT_FALSE(watch.diverged());
  watch.take(even_labels(10), window(2.9));
  EXPECT_FALSE(watch.diverged());
  watch.take(even_labels(10), window(3.05));
  EXPECT_TRUE(watch.diverged());
}

TEST(Divergence, EndsWhereTheLearnerRecovers) {
  DivergenceWatch watch(classes(2));
  watch.take(even_labels(2), window(0.3));
  watch.take(even_labels(2), window(3));
  EXPECT_TRUE(watch.diverged());
  watch.take(even_labels(2), window(0.6));
  EXPECT_FALSE(watch.diverged());
}

TEST(Divergence, DoesNotEndWhileTheLearnerIsWorseThanAConstantAnswer) {
  // Between the bounds, ln 2 + .1 = 0.79 and 1.25 ln 2 + .1 = 0.97, it stays what it was.
  DivergenceWatch watch(classes(2));
  watch.take(even_labels(2), window(0.3));
  watch.take(even_labels(2), window(0.9));
  EXPECT_FALSE(watch.diverged());
  watch.take(even_labels(2), window(3));
  watch.take(even_labels(2), window(0.9));
  EXPECT_TRUE(watch.diverged());
}

TEST(Divergence, IsJudgedByTheWindowNotByTheBatch) {
  DivergenceWatch watch(classes(2));
  watch.take(even_labels(2), window(0.3));
  ExampleBatch few;
  few.task.assign(8, 0);
  few.label.assign(8, 1);
  LearnSums bad;
  bad.examples = 8;
  bad.log_loss = 80;
  watch.take(few, bad);
  EXPECT_FALSE(watch.diverged());
}

TEST(Divergence, IsNotSeenWhereOneAnswerIsAlwaysRight) {
  DivergenceWatch watch(classes(3));
  ExampleBatch batch;
  batch.task.assign(kWindow, 0);
  batch.label.assign(kWindow, 2);
  for (int i = 0; i < 10; ++i) watch.take(batch, window(0.05));
  EXPECT_FALSE(watch.diverged());
}

/// Answers of one of ten digits for task 0, and always "12" for task 1.
ExampleBatch answers() {
  SplitMix64 random(7);
  ExampleBatch batch;
  for (std::uint64_t i = 0; i < kWindow; ++i) {
    batch.task.push_back(static_cast<TaskIndex>(i % 2));
    batch.prompt_begin.push_back(static_cast<std::uint32_t>(batch.arena.size()));
    batch.answer_begin.push_back(static_cast<std::uint32_t>(batch.arena.size()));
    batch.arena += i % 2 == 0 ? std::to_string(random.below(10)) : "12";
    batch.text_end.push_back(static_cast<std::uint32_t>(batch.arena.size()));
  }
  return batch;
}

TEST(Divergence, KnowsTheFormOfTheAnswersOfEachTask) {
  // Task 0: ln 10 on the digit and nothing on the end, a mean of 1.15 over its two tokens; task 1:
  // nothing. So the constant answer loses 0.576, and a quarter and a tenth more is 0.82.
  DivergenceWatch watch(text());
  watch.take(answers(), window(0.2));
  watch.take(answers(), window(0.80));
  EXPECT_FALSE(watch.diverged());
  watch.take(answers(), window(0.84));
  EXPECT_TRUE(watch.diverged());
}

TEST(Divergence, AllowsForRareAnswersInASmallSample) {
  // A hundred even classes seen 20 times each: the plain entropy of a sample is short by about
  // 99 / (2 * 2048) = 0.024 nats of ln 100 = 4.605, and the correction makes up for it: a model
  // that answers evenly stays far below the bound.
  DivergenceWatch watch(classes(100));
  for (int i = 0; i < 10; ++i) watch.take(even_labels(100), window(std::log(100.0)));
  EXPECT_FALSE(watch.diverged());
}

TEST(Divergence, IsSeenAtOnceWhereLossesAreNotFinite) {
  DivergenceWatch watch(classes(2));
  LearnSums sums;
  sums.examples = 1;
  sums.non_finite_losses = 1;
  ExampleBatch one;
  one.task.push_back(0);
  one.label.push_back(1);
  watch.take(one, sums);
  EXPECT_TRUE(watch.diverged());
  watch.take(even_labels(2), window(0.5));  // ends the window in which it happened
  EXPECT_TRUE(watch.diverged());
  watch.take(even_labels(2), window(0.5));
  EXPECT_FALSE(watch.diverged());
}

TEST(Divergence, DoesNotJudgeTheLossOfNumbers) {
  DivergenceWatch watch(classes(0));
  for (int i = 0; i < 20; ++i) watch.take(even_labels(2), window(1e9));
  EXPECT_FALSE(watch.diverged());
}

}  // namespace
}  // namespace gradus
