#include "tests/progress/baselines/contest.h"

#include <cstdio>

#include "tests/progress/gates.h"
#include "tests/support/documented.h"

// The rules of other tools beside Gradus' detectors on the same simulated learners, 500 healthy and
// 500 changed curves a cell. The tables are those of docs/statistics.md, "Beside other tools".

namespace gradus::test {
namespace {

constexpr int kRuns = 500;

std::vector<Outcome> document(const std::string& table, const std::string& column,
                              std::span<const Contestant> rules,
                              const std::vector<Outcome>& outcomes) {
  std::vector<DocumentedCell> cells;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    cells.push_back({rules[i].name, column, outcome_text(outcomes[i])});
    std::printf("%s, %s: %s\n", column.c_str(), rules[i].name.c_str(), cells[i].text.c_str());
  }
  expect_documented(table, cells);
  return outcomes;
}

class StallContest : public ::testing::TestWithParam<char> {};

// What the table is there to show: one setting, no false alarms anywhere, nothing missed.
TEST_P(StallContest, GradusAloneIsRightInEveryRegime) {
  const auto rules = stall_contestants();
  const std::string letter(1, GetParam());
  const auto outcomes = document("stall rules", letter, rules,
                                 compete(rules, regime(GetParam()), Change::kStall, kRuns));
  EXPECT_LE(outcomes[0].false_alarms, 0.03);
  EXPECT_LE(outcomes[1].false_alarms, GetParam() == 'E' ? 0.12 : 0.08);
  EXPECT_LE(outcomes[0].missed, 0.04);
  EXPECT_EQ(outcomes[rules.size() - 2].false_alarms, 1);  // always
  EXPECT_EQ(outcomes[rules.size() - 1].missed, 1);        // never
}

INSTANTIATE_TEST_SUITE_P(Regimes, StallContest,
                         ::testing::Values('A', 'B', 'C', 'D', 'E', 'G', 'H'),
                         [](const auto& regime_of) { return std::string(1, regime_of.param); });

struct Fall {
  const char* column;
  char letter;
  Change change;
};

std::ostream& operator<<(std::ostream& out, const Fall& fall) { return out << fall.column; }

class RegressContest : public ::testing::TestWithParam<Fall> {};

TEST_P(RegressContest, GradusHasNoFalseAlarms) {
  const auto rules = regress_contestants();
  const Fall& fall = GetParam();
  const auto outcomes = document("regress rules", fall.column, rules,
                                 compete(rules, regime(fall.letter), fall.change, kRuns));
  EXPECT_LE(outcomes[0].false_alarms, 0.03);
  EXPECT_LE(outcomes[1].false_alarms, fall.letter == 'E' ? 0.12 : 0.08);
}

INSTANTIATE_TEST_SUITE_P(Falls, RegressContest,
                         ::testing::Values(Fall{"sudden B", 'B', Change::kSudden},
                                           Fall{"sudden C", 'C', Change::kSudden},
                                           Fall{"sudden E", 'E', Change::kSudden},
                                           Fall{"slow B", 'B', Change::kSlow},
                                           Fall{"slow E", 'E', Change::kSlow}),
                         [](const auto& fall_of) {
                           std::string name = fall_of.param.column;
                           name[name.find(' ')] = '_';
                           return name;
                         });

void document_boundary(const std::string& table, std::span<const Contestant> rules, double rate) {
  const auto shares = boundary_alarms(rules, rate, 0.6, kRuns);
  std::vector<DocumentedCell> cells;
  for (std::size_t i = 0; i < rules.size(); ++i)
    cells.push_back({rules[i].name, "boundary", rate_text(shares[i])});
  expect_documented(table, cells);
  EXPECT_LE(shares[0], 0.05);
}

TEST(BoundaryContest, StrictAloneKeepsItsRateForStalls) {
  document_boundary("stall rules", stall_contestants(), 0.02);
}

TEST(BoundaryContest, StrictKeepsItsRateForFalls) {
  document_boundary("regress rules", regress_contestants(), 0);
}

}  // namespace
}  // namespace gradus::test
