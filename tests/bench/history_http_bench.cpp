// What a curve of a million scores costs over HTTP: the request, the curve, its JSON, the answer.
// Goal: at most 100 ms.

#include <benchmark/benchmark.h>

#include <cstdlib>
#include <iostream>

#include "serve/events.h"
#include "serve/http_client.h"
#include "serve/routes.h"
#include "tests/probes/fakes.h"
#include "tests/serve/serving.h"
#include "tests/support/temp_dir.h"

namespace gradus {
namespace {

constexpr Step kScores = 1'000'000;

void fill(const std::filesystem::path& directory) {
  auto history = History::open(directory, "bench");
  if (!history || !(*history)->begin_attempt(0, Timestamp{})) std::abort();
  ProgressReport report;
  report.tasks.emplace_back().task = "add1";
  std::vector<Score> scores;
  for (Step i = 1; i <= kScores; ++i) {
    Score& score = scores.emplace_back();
    score.task = 0;
    score.step = i * 64;
    score.sums = {.items = 128, .exact = 64, .q = static_cast<double>(i % 129), .q_squared = 60};
    score.exact_bits = {i, i};
    if (scores.size() < 10'000) continue;
    if (!(*history)->append(scores, report)) std::abort();
    scores.clear();
  }
}

/// A served run whose only task has a million scores.
struct ServedRun {
  ServedRun() {
    fill(folder.path());
    reader = std::move(*HistoryReader::open(folder.path()));
  }
  test::TempDir folder;
  ManualClock clock;
  Log log{LogFormat::kText, LogLevel::kError, clock};
  RunFacts facts;
  Ladder ladder = test::ladder_of({"add1"});
  RunSlots slots;
  std::unique_ptr<HistoryReader> reader;
};

void BM_CurveOfAMillionScoresOverHttp(benchmark::State& state) {
  static const ServedRun run;
  const RunView view{run.facts, &run.ladder, run.slots, run.reader.get(), run.clock, run.log};
  ServerStats stats;
  LivePage page("page");
  BoundedQueue<Annotation> queue{4};
  AnnotationDesk desk(view, queue);
  LiveEvents events(view);
  const test::Serving server(run_routes({view, stats, page, desk, events}));
  const std::string url =
      server.url() + "/api/v1/history?task=add1&points=" + std::to_string(state.range(0));
  for (auto _ : state) {
    const auto answer = fetch(url);
    if (!answer || answer->status != 200) {
      state.SkipWithError(answer ? answer->body.c_str() : answer.error().message.c_str());
      break;
    }
    benchmark::DoNotOptimize(answer->body.data());
  }
}
BENCHMARK(BM_CurveOfAMillionScoresOverHttp)
    ->Arg(500)
    ->Arg(5000)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

}  // namespace
}  // namespace gradus
