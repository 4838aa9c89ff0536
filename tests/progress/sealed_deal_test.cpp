#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <set>
#include <string>
#include <vector>

#include "ladders/generators/arithmetic_deal.h"
#include "progress/sealed_gap.h"

namespace gradus {
namespace {

using arithmetic::ArithmeticTask;
using arithmetic::ItemSets;
using arithmetic::Question;

constexpr std::uint64_t kDeals = 200;
constexpr std::size_t kItems = 128;
constexpr double kFalseAlarmsPerRun = 0.05;

std::string canonical_text(const Question& question) {
  arithmetic::PromptText canonical;
  arithmetic::canonicalize(question.prompt.view(), canonical);
  return std::string(canonical.view());
}

int digits(int number) { return static_cast<int>(std::to_string(number).size()); }

int carries(int a, int b) {
  int count = 0;
  for (int carry = 0; a > 0 || b > 0; a /= 10, b /= 10) {
    carry = a % 10 + b % 10 + carry >= 10 ? 1 : 0;
    count += carry;
  }
  return count;
}

/// What may make a question hard: how large its answer is, how much there is to carry, how long it
/// is together with its answer.
constexpr std::array<double (*)(const Question&), 3> kHardness{
    [](const Question& q) { return double(q.answer); },
    [](const Question& q) { return double(carries(q.a, q.b)); },
    [](const Question& q) { return double(q.prompt.view().size()) + digits(q.answer); },
};

/// A healthy model: it knows each question by its hardness alone, in whichever set it is.
class HardnessOracle {
 public:
  HardnessOracle(double (*hardness)(const Question&), const ItemSets& sets) : hardness_(hardness) {
    double sum = 0, squares = 0, count = 0;
    for (const auto* set : {&sets.open, &sets.sealed})
      for (const Question& question : *set) {
        const double value = hardness(question);
        sum += value;
        squares += value * value;
        ++count;
      }
    mean_ = sum / count;
    deviation_ = std::sqrt(std::max(1e-9, squares / count - mean_ * mean_));
  }

  Score score(const std::vector<Question>& questions, double ability, Step step) const {
    Score score;
    score.step = step;
    score.sums.items = static_cast<std::uint32_t>(questions.size());
    for (const Question& question : questions) {
      const double hard = (hardness_(question) - mean_) / deviation_;
      const double q = 1 / (1 + std::exp(-2 * (ability - hard)));
      score.sums.q += q;
      score.sums.q_squared += q * q;
    }
    return score;
  }

 private:
  double (*hardness_)(const Question&);
  double mean_ = 0, deviation_ = 1;
};

/// Mean and standard error of the gaps of one task under one oracle.
class Gaps {
 public:
  void add(double gap) {
    ++count_;
    sum_ += gap;
    squares_ += gap * gap;
  }
  double mean() const { return sum_ / count_; }
  /// How many of its standard errors the mean lies from 0.
  double errors_from_zero() const {
    const double variance = squares_ / count_ - mean() * mean();
    return std::abs(mean()) / std::sqrt(std::max(1e-12, variance) / (count_ - 1));
  }

 private:
  double count_ = 0, sum_ = 0, squares_ = 0;
};

using Deal = ItemSets (*)(const ArithmeticTask&, std::size_t, std::uint64_t);

/// The sets of one task in each of 200 deals; none of a task that has no sealed questions.
std::vector<ItemSets> deals_of(const ArithmeticTask& task, Deal deal) {
  std::vector<ItemSets> deals;
  for (std::uint64_t seed = 1; seed <= kDeals; ++seed) {
    ItemSets sets = deal(task, kItems, seed);
    if (!sets.sealed.empty()) deals.push_back(std::move(sets));
  }
  return deals;
}

/// The mean gap that lies the most of its standard errors from 0, of all oracles.
double worst_gap(const ArithmeticTask& task, const std::vector<ItemSets>& deals) {
  double worst = 0;
  for (const auto hardness : kHardness) {
    Gaps gaps;
    for (const ItemSets& sets : deals) {
      const HardnessOracle oracle(hardness, sets);
      gaps.add(
          sealed_gap(oracle.score(sets.open, 0, 1024), oracle.score(sets.sealed, 0, 1024), 1).gap);
    }
    worst = std::max(worst, gaps.errors_from_zero());
    std::printf("[ measured ] %-8.*s mean gap %+.4f, %.1f standard errors\n",
                static_cast<int>(task.name.size()), task.name.data(), gaps.mean(),
                gaps.errors_from_zero());
  }
  return worst;
}

/// Whether overfitting is said at any of ten doublings, while the model goes from nothing to all.
bool overfit_said(const HardnessOracle& oracle, const ItemSets& sets, double alpha) {
  for (int look = 0; look < 10; ++look) {
    const double ability = -2.5 + 0.5 * look;
    const Step step = Step{1024} << look;
    if (sealed_gap(oracle.score(sets.open, ability, step), oracle.score(sets.sealed, ability, step),
                   alpha)
            .overfit())
      return true;
  }
  return false;
}

/// What Gradus once did: the sealed questions are the next ones that are drawn.
ItemSets draw_one_after_the_other(const ArithmeticTask& task, std::size_t count,
                                  std::uint64_t seed) {
  SplitMix64 random(seed);
  ItemSets sets;
  std::set<std::string> taken;
  for (int draws = 0; draws < 100'000 && sets.sealed.size() < count; ++draws) {
    Question question;
    task.draw(random, question);
    if (!arithmetic::is_held_out(question.prompt.view())) continue;
    if (!taken.insert(canonical_text(question)).second) continue;
    (sets.open.size() < count ? sets.open : sets.sealed).push_back(question);
  }
  return sets;
}

/// Every task of the arithmetic ladder in 200 deals.
class SealedDeal : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    for (const ArithmeticTask& task : arithmetic::tasks())
      deals_.push_back(deals_of(task, arithmetic::deal_items));
  }
  static void TearDownTestSuite() { deals_.clear(); }

  static std::vector<std::vector<ItemSets>> deals_;  // by task
};

std::vector<std::vector<ItemSets>> SealedDeal::deals_;

TEST_F(SealedDeal, IsTheSameForTheSameSeedAndAnotherForAnother) {
  const ArithmeticTask& add1 = arithmetic::tasks()[4];
  const auto prompts = [&](std::uint64_t seed) {
    std::vector<std::string> found;
    const ItemSets sets = arithmetic::deal_items(add1, kItems, seed);
    for (const auto* set : {&sets.open, &sets.sealed})
      for (const Question& question : *set) found.emplace_back(question.prompt.view());
    return found;
  };
  EXPECT_EQ(prompts(1), prompts(1));
  EXPECT_NE(prompts(1), prompts(2));
}

// The largest of about fifty standard normals is below 4 in all but .003 of cases.
TEST_F(SealedDeal, MakesNeitherSetEasierThanTheOther) {
  for (std::size_t i = 0; i < deals_.size(); ++i) {
    const ArithmeticTask& task = arithmetic::tasks()[i];
    if (task.name == "max") continue;  // too few different questions for a second set
    ASSERT_EQ(deals_[i].size(), kDeals) << task.name;
    EXPECT_LT(worst_gap(task, deals_[i]), 4) << task.name;
  }
}

// gcd draws the divisor first, and a large divisor has few multiples: its questions come early.
TEST_F(SealedDeal, WouldBeUnfairIfSealedQuestionsWereDrawnLater) {
  const auto all = arithmetic::tasks();
  const auto gcd =
      std::find_if(all.begin(), all.end(), [](const auto& task) { return task.name == "gcd"; });
  EXPECT_GT(worst_gap(*gcd, deals_of(*gcd, draw_one_after_the_other)), 10);
}

// Half of the budget of false alarms is for gaps below 0, which nobody is told of.
TEST_F(SealedDeal, LeavesHealthyRunsUnaccused) {
  const double alpha = kFalseAlarmsPerRun / static_cast<double>(deals_.size());
  for (const auto hardness : kHardness) {
    std::ptrdiff_t runs = 0;
    for (std::size_t run = 0; run < kDeals; ++run) {
      runs += std::any_of(deals_.begin(), deals_.end(), [&](const auto& deals) {
        return run < deals.size() &&
               overfit_said(HardnessOracle(hardness, deals[run]), deals[run], alpha);
      });
    }
    std::printf("[ measured ] %td of 200 healthy runs called overfit\n", runs);
    EXPECT_LE(runs, 200 * kFalseAlarmsPerRun / 2);
  }
}

}  // namespace
}  // namespace gradus
