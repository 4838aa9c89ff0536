#include "learner/divergence.h"

#include <algorithm>
#include <cmath>
#include <string_view>

namespace gradus {
namespace {

constexpr double kTolerance = 1.25;
constexpr double kMargin = 0.1;         // nats
constexpr std::size_t kPositions = 32;  // later ones are taken together
constexpr std::uint32_t kEnd = 256;     // the symbol after the last character of an answer

}  // namespace

void DivergenceWatch::take(const ExampleBatch& batch, const LearnSums& sums) {
  const bool has_log_loss = input_.kind == InputKind::kText || input_.classes > 0;
  if (has_log_loss)
    for (std::size_t i = 0; i < batch.size(); ++i) take_answer(batch, i);
  examples_ += batch.size();
  log_loss_ += has_log_loss ? sums.log_loss.value() : 0;
  const std::uint64_t not_finite = sums.non_finite_losses + sums.non_finite_weights;
  not_finite_ += not_finite;
  if (not_finite > 0) diverged_ = true;
  if (examples_ >= kWindow) close_window();
}

void DivergenceWatch::take_answer(const ExampleBatch& batch, std::size_t i) {
  // kNoTask comes first, then the tasks.
  const std::size_t context = static_cast<TaskIndex>(batch.task[i] + 1) * kPositions;
  if (input_.kind == InputKind::kSparse) {
    const double label = batch.label[i];
    if (label >= 0 && label < input_.classes) add(context, static_cast<std::uint32_t>(label), 1);
    return;
  }
  const std::string_view answer = batch.answer(i);
  const double share = 1 / static_cast<double>(answer.size() + 1);
  for (std::size_t at = 0; at <= answer.size(); ++at) {
    const std::uint32_t symbol = at < answer.size() ? static_cast<unsigned char>(answer[at]) : kEnd;
    add(context + std::min(at, kPositions - 1), symbol, share);
  }
}

void DivergenceWatch::add(std::size_t context, std::uint32_t symbol, double share) {
  if (contexts_.size() <= context) contexts_.resize(context + kPositions);
  Context& there = contexts_[context];
  if (there.counts.size() <= symbol) there.counts.resize(symbol + 1);
  ++there.counts[symbol];
  ++there.total;
  there.share += share;
}

double DivergenceWatch::constant_log_loss() const {
  double sum = 0;
  for (const Context& context : contexts_) {
    if (context.total == 0) continue;
    const auto total = static_cast<double>(context.total);
    double entropy = 0;
    int symbols = 0;
    for (const std::uint32_t count : context.counts) {
      if (count == 0) continue;
      const double p = count / total;
      entropy -= p * std::log(p);
      ++symbols;
    }
    sum += context.share * (entropy + (symbols - 1) / (2 * total));
  }
  return sum;
}

void DivergenceWatch::close_window() {
  const auto examples = static_cast<double>(examples_);
  const double reference = constant_log_loss() / examples;
  const double mean = log_loss_ / examples;
  const bool good = mean <= reference + kMargin && not_finite_ == 0;
  const bool bad = !(mean <= kTolerance * reference + kMargin) || not_finite_ > 0;
  ++windows_;
  armed_ = armed_ || good || not_finite_ > 0 || windows_ >= kPatience;
  diverged_ = armed_ && (bad || (diverged_ && !good));
  examples_ = 0;
  log_loss_ = 0;
  not_finite_ = 0;
  for (Context& context : contexts_) {
    context.share = 0;
    context.total = 0;
    std::fill(context.counts.begin(), context.counts.end(), 0U);
  }
}

}  // namespace gradus
