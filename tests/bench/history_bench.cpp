// What a curve of a million scores costs to answer, and a snapshot of a whole ladder to append.

#include <benchmark/benchmark.h>

#include <cmath>
#include <cstdlib>
#include <iostream>
#include <limits>
#include <string>
#include <vector>

#include "history/history.h"

namespace gradus {
namespace {

/// A data directory of its own, removed at the end.
class Directory {
 public:
  Directory() {
    std::string pattern = (std::filesystem::temp_directory_path() / "gradus-bench-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  ~Directory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

ProgressReport report_of(std::size_t tasks) {
  ProgressReport report;
  for (std::size_t i = 0; i < tasks; ++i)
    report.tasks.emplace_back().task = "task" + std::to_string(i);
  return report;
}

Score score_at(Step step, TaskIndex task) {
  Score score;
  score.task = task;
  score.step = step;
  score.sums = {.items = 128,
                .exact = 64,
                .q = static_cast<double>(step % 129),
                .q_squared = 60,
                .log_loss = 90};
  score.exact_bits = {step, step};
  return score;
}

std::unique_ptr<History> opened(const Directory& directory) {
  auto history = History::open(directory.path(), "bench");
  if (!history || !(*history)->begin_attempt(0, Timestamp{})) std::abort();
  return std::move(*history);
}

void append(History& history, const std::vector<Score>& scores, const ProgressReport& report) {
  if (auto done = history.append(scores, report); !done) {
    std::cerr << done.error().message << '\n';
    std::abort();
  }
}

/// A history of one task with a million scores; built once, since that takes longer than all else.
class MillionScores : public benchmark::Fixture {
 public:
  void SetUp(benchmark::State&) override {
    static const Directory directory;
    static const std::unique_ptr<History> built = build(directory);
    history_ = built.get();
  }

 protected:
  const History& history() const { return *history_; }

 private:
  static std::unique_ptr<History> build(const Directory& directory) {
    auto history = opened(directory);
    const ProgressReport report = report_of(1);
    std::vector<Score> scores;
    for (Step i = 1; i <= 1'000'000; ++i) {
      scores.push_back(score_at(i * 64, 0));
      if (scores.size() < 10'000) continue;
      append(*history, scores, report);
      scores.clear();
    }
    return history;
  }

  const History* history_ = nullptr;
};

BENCHMARK_DEFINE_F(MillionScores, Curve)(benchmark::State& state) {
  const auto points = static_cast<std::size_t>(state.range(0));
  for (auto _ : state) {
    const auto curve = history().curve("task0", 1, std::numeric_limits<Step>::max(), points);
    if (!curve || curve->empty() || curve->size() > points) std::abort();
    benchmark::DoNotOptimize(curve->data());
  }
}
BENCHMARK_REGISTER_F(MillionScores, Curve)
    ->Arg(100)
    ->Arg(1000)
    ->Arg(10000)
    ->Unit(benchmark::kMillisecond);

void BM_AppendSnapshotOf17Tasks(benchmark::State& state) {
  const Directory directory;
  const auto history = opened(directory);
  const ProgressReport report = report_of(17);
  Step step = 64;
  for (auto _ : state) {
    std::vector<Score> scores;
    for (TaskIndex task = 0; task < 17; ++task) scores.push_back(score_at(step, task));
    append(*history, scores, report);
    step += step / 57 + 1;  // 40 a doubling
    if (step > (Step{1} << 40)) step = 64;
  }
}
BENCHMARK(BM_AppendSnapshotOf17Tasks)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace gradus
