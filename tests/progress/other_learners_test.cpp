#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "progress/task_monitor.h"
#include "tests/progress/recorded_curves.h"
#include "tests/support/documented.h"

// Verdicts on curves of learners that are not Gradus's own: data/README.md says how they were
// recorded. Nothing is drawn, so the figures are exact.

namespace gradus {
namespace {

struct Learner {
  const char* row;  ///< in docs/statistics.md
  const char* file;
  double floor;   ///< q of a model that knows how often each class comes and no more
  double target;  ///< what the healthy curves reach
  Step fault;
};
std::ostream& operator<<(std::ostream& out, const Learner& learner) { return out << learner.file; }

/// The curves of a file by their name, "healthy1".
std::map<std::string, std::vector<test::RecordedRow>> curves_of(const Learner& learner) {
  std::map<std::string, std::vector<test::RecordedRow>> curves;
  for (const test::RecordedRow& row : test::recorded_curve(learner.file))
    curves[row.task].push_back(row);
  return curves;
}

struct Watched {
  int stalls = 0, falls = 0;    ///< verdicts without cause: of a healthy curve, before a fault
  std::optional<double> delay;  ///< doublings from the fault to the first alarm
  Verdict at_fault = Verdict::kDormant;
  Verdict at_end = Verdict::kDormant;
};

Watched watch(const Learner& learner, const std::vector<test::RecordedRow>& curve, bool healthy) {
  TaskMonitor monitor({.floor = learner.floor, .target = learner.target}, 128);
  Watched out;
  for (const test::RecordedRow& row : curve) {
    const bool broken = !healthy && row.step > learner.fault;
    const auto move = monitor
                          .add({.step = row.step,
                                .score = row.q,
                                .exact = row.exact,
                                .item_sd = row.q_sd,
                                .items = 128})
                          .move;
    out.at_end = monitor.verdict();
    if (!broken) out.at_fault = out.at_end;
    if (!move || (move->to != Verdict::kStalled && move->to != Verdict::kRegressing)) continue;
    if (!broken)
      ++(move->to == Verdict::kStalled ? out.stalls : out.falls);
    else if (!out.delay)
      out.delay = std::log2(static_cast<double>(row.step) / static_cast<double>(learner.fault));
  }
  return out;
}

class OtherLearners : public ::testing::TestWithParam<Learner> {};

TEST_P(OtherLearners, AreLeftAloneWhileTheyLearn) {
  int curves = 0, stalls = 0, falls = 0;
  for (const auto& [name, curve] : curves_of(GetParam())) {
    const bool healthy = name.rfind("healthy", 0) == 0;
    const Watched watched = watch(GetParam(), curve, healthy);
    stalls += watched.stalls;
    falls += watched.falls;
    ++curves;
    EXPECT_NE(watched.at_fault, Verdict::kDormant) << name;
    std::printf("%s %s: %d stalls, %d falls, ends %s\n", GetParam().file, name.c_str(),
                watched.stalls, watched.falls, std::string(verdict_name(watched.at_end)).c_str());
  }
  EXPECT_GE(curves, 9);
  EXPECT_EQ(stalls, 0);
  EXPECT_EQ(falls, 0);
}

std::string learner_name(const ::testing::TestParamInfo<Learner>& info) {
  std::string name = info.param.file;
  name.erase(std::remove(name.begin(), name.end(), '_'), name.end());
  return name;
}

constexpr Learner kLinear{"logistic regression, hyperplane (river)", "river_linear", 0.5, 0.8,
                          4096};
constexpr Learner kTree{"Hoeffding tree, Agrawal (river)", "river_tree", 0.56, 0.9, 4096};
constexpr Learner kDigits{"perceptron, digits (PyTorch)", "torch_digits", 0.1, 0.9, 32768};
constexpr Learner kModular{"embeddings, addition modulo 31 (PyTorch)", "torch_modadd", 0.032, 0.9,
                           90000};

INSTANTIATE_TEST_SUITE_P(Learners, OtherLearners, ::testing::Values(kLinear, kDigits, kModular),
                         learner_name);

struct Fault {
  Learner learner;
  const char* curves;  ///< what their names begin with
  const char* column;  ///< in docs/statistics.md
  int least_found = 3;
};
std::ostream& operator<<(std::ostream& out, const Fault& fault) {
  return out << fault.learner.file << ' ' << fault.curves;
}

class FaultsOfOtherLearners : public ::testing::TestWithParam<Fault> {};

TEST_P(FaultsOfOtherLearners, AreFound) {
  const Fault& fault = GetParam();
  std::string delays;
  int curves = 0, found = 0;
  for (const auto& [name, curve] : curves_of(fault.learner)) {
    if (name.rfind(fault.curves, 0) != 0) continue;
    const Watched watched = watch(fault.learner, curve, false);
    std::printf("%s %s: %s at the fault, %s at the end\n", fault.learner.file, name.c_str(),
                std::string(verdict_name(watched.at_fault)).c_str(),
                std::string(verdict_name(watched.at_end)).c_str());
    found += watched.delay ? 1 : 0;
    if (!delays.empty()) delays += ", ";
    delays += watched.delay ? test::doublings_text(*watched.delay) : "none";
    ++curves;
  }
  std::printf("%s, %s: %s\n", fault.learner.row, fault.column, delays.c_str());
  test::expect_documented("other learners", {{fault.learner.row, fault.column, delays}});
  EXPECT_EQ(curves, 3);
  EXPECT_GE(found, fault.least_found);
}

INSTANTIATE_TEST_SUITE_P(
    Faults, FaultsOfOtherLearners,
    ::testing::Values(
        Fault{kLinear, "stall", "learns no more"}, Fault{kLinear, "shuffle", "random labels"},
        Fault{kLinear, "drift", "another concept"},
        // Two of the trees are dormant: good from the first probe on, but below the
        // target, without a growth that could be proven.
        Fault{kTree, "shuffle", "random labels", 1}, Fault{kTree, "drift", "another concept", 1},
        Fault{kDigits, "stall", "learns no more"}, Fault{kDigits, "shuffle", "random labels"},
        Fault{kModular, "stall", "learns no more"}, Fault{kModular, "shuffle", "random labels"}),
    [](const ::testing::TestParamInfo<Fault>& fault) {
      std::string name = std::string(fault.param.learner.file) + fault.param.curves;
      name.erase(std::remove(name.begin(), name.end(), '_'), name.end());
      return name;
    });

}  // namespace
}  // namespace gradus
