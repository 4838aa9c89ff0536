#include "tests/metrics/full_sample.h"

#include <array>
#include <chrono>

namespace gradus::test {
namespace {

using std::chrono::seconds;

constexpr Timestamp kStart(seconds(1'700'000'000));

Ladder two_tiers() {
  Ladder ladder;
  ladder.name = "school";
  ladder.tiers = {{"first", "First year", {0, 1}}, {"second", "Second year", {2}}};
  for (const auto& [name, tier] : {std::pair{"copy", 0}, {"max", 0}, {"add", 1}}) {
    Task task;
    task.name = name;
    task.tier = static_cast<std::uint16_t>(tier);
    task.chance = 0.125;
    task.target = 0.875;
    ladder.tasks.push_back(task);
  }
  return ladder;
}

IngestStats some_ingest() {
  IngestStats ingest;
  ingest.topic = "examples";
  ingest.messages = 2050;
  ingest.bytes = 123'456;
  ingest.examples = 2000;
  for (std::size_t i = 0; i < ingest.rejected.size(); ++i) ingest.rejected[i] = i;
  ingest.gaps = 3;
  ingest.duplicates = 2;
  ingest.resets = 1;
  ingest.dead_letters_delivered = 40;
  ingest.dead_letters_failed = 4;
  ingest.backpressure_seconds = 1.5;
  ingest.last_message = kStart + seconds(90);
  ingest.heartbeat = kStart + seconds(91);
  ingest.source.partitions = {{0, 1500}, {1, 700}};
  ingest.source.brokers_up = 3;
  ingest.source.broker_rtt_p50 = 0.0625;
  ingest.source.broker_rtt_p99 = 0.25;
  ingest.source.prefetch_messages = 17;
  ingest.source.prefetch_bytes = 3400;
  ingest.source.client_errors = {{"_ALL_BROKERS_DOWN", 1}, {"_TRANSPORT", 5}};
  return ingest;
}

LearnerStats some_learner() {
  LearnerStats learner;
  learner.step = 9000;
  learner.own_steps = {4000, 3000, 2000};
  learner.attempt_own_steps = {900, 600, 500};
  learner.attempt_sums.examples = 2000;
  learner.attempt_sums.updates = 62;
  learner.attempt_sums.loss = 1234.5;
  learner.attempt_sums.correct = 1500;
  learner.attempt_sums.non_finite_inputs = 1;
  learner.attempt_sums.non_finite_losses = 2;
  learner.attempt_sums.non_finite_gradients = 3;
  learner.attempt_sums.non_finite_weights = 4;
  learner.sums = learner.attempt_sums;
  learner.sums.examples = 9000;
  learner.facts = {.learning_rate = 0.0025,
                   .gradient_norm = 0.75,
                   .weight_norm = 41.5,
                   .parameters = 102'912,
                   .state_bytes = 1'234'944};
  learner.position.partitions = {{0, 1400, -1}, {1, 700, -1}};
  for (const double value : {0.001, 0.002, 0.02}) learner.update_seconds.observe(value);
  learner.event_delay_seconds.observe(2.5);
  learner.last_event = kStart + seconds(85);
  learner.heartbeat = kStart + seconds(92);
  learner.checkpoints_ok = 6;
  learner.checkpoints_failed = 1;
  learner.last_checkpoint = kStart + seconds(60);
  learner.last_checkpoint_step = 8500;
  learner.checkpoint_bytes = 1'235'456;
  learner.checkpoint_seconds.observe(0.03);
  return learner;
}

ProbeStats some_probes() {
  constexpr std::array<double, 3> kBounds = {0.001, 0.01, 0.1};
  ProbeStats probes;
  probes.cpu_seconds = 4.5;
  probes.cpu_share = 0.046875;
  probes.snapshots_missed = 2;
  probes.heartbeat = kStart + seconds(93);
  probes.seconds_by_tier.assign(2, Histogram(kBounds));
  probes.seconds_by_tier[0].observe(0.002);
  probes.seconds_by_tier[1].observe(0.5);
  for (std::uint64_t i = 1; i <= 3; ++i) {
    ProbeStats::Task task;
    task.ok = 10 * i;
    task.error = i;
    task.timeout = i - 1;
    task.skipped = 100 * i;
    task.last_ok = kStart + seconds(80 + i);
    task.last_ok_step = 8900 + i;
    task.interval_seconds = 60;
    probes.tasks.push_back(task);
  }
  return probes;
}

TaskProgress some_task(const Ladder& ladder, TaskIndex index, Verdict verdict, double score) {
  TaskProgress task;
  task.task = ladder.tasks[index].name;
  task.tier = ladder.tiers[ladder.tasks[index].tier].name;
  task.step = 8900;
  task.items = 128;
  task.score = score;
  task.now = {score - 0.03125, score + 0.03125};
  task.best = score + 0.0625;
  task.chance = 0.125;
  task.target = 0.875;
  task.verdict = verdict;
  task.slope_per_doubling = 0.0625;
  task.slope_upper = 0.09375;
  task.watch = {.probes = 12, .probes_needed = 48, .per_doubling = 24};
  task.last_improvement = kStart + seconds(70);
  task.last_improvement_step = 8000;
  task.improved = 1;
  task.mastered = verdict == Verdict::kMastered ? 1 : 0;
  task.facets = {{"units", score - 0.125, 0, {}}, {"tens", score, 0, {}}};
  task.bottleneck = "units";
  if (index == 0) task.sealed = SealedGap{.items = 64, .gap = 0.25, .lower = 0.125, .upper = 0.375};
  Forecast& forecast = task.forecast.emplace();
  const bool at_target = verdict == Verdict::kMastered;
  forecast.belief = at_target ? 1 : 0.25;
  forecast.belief_ever = at_target ? 1 : 0.75;
  forecast.examples_to_target = ExamplesToTarget{};
  if (!at_target) forecast.examples_to_target = {4000, 9000, 30'000};
  return task;
}

ForecastCalibration some_calibration() {
  ForecastCalibration calibration;
  calibration.made = 60;
  calibration.resolved = 24;
  for (std::size_t i = 0; i < calibration.horizons.size(); ++i) {
    calibration.horizons[i].doublings = static_cast<double>(1 << i);
    calibration.horizons[i].resolved = 24 >> i;
    calibration.horizons[i].scores = {{{0.125, 0.5}, {0.25, 0.75}, {0.375, 1.5}}};
  }
  calibration.intervals = {.resolved = 10, .covered = 8, .covered_unwidened = 6};
  return calibration;
}

}  // namespace

FullSample::FullSample()
    : ladder(two_tiers()),
      ingest(some_ingest()),
      learner(some_learner()),
      probes(some_probes()),
      now(kStart + seconds(95)) {
  facts = {.run = "demo",
           .learner = "transformer",
           .topic = "examples",
           .config_hash = "c0ffee",
           .version = "0.1.0",
           .revision = "abc1234",
           .compiler = "g++ 12.2",
           .librdkafka = "2.0.2",
           .instructions = "avx2",
           .start = kStart};
  progress.run = "demo";
  progress.tasks = {some_task(ladder, 0, Verdict::kMastered, 0.90625),
                    some_task(ladder, 1, Verdict::kLearning, 0.5),
                    some_task(ladder, 2, Verdict::kStalled, 0.25)};
  progress.tiers = {{"first", Verdict::kLearning, 0.703125, Interval{0.125, 0.25}},
                    {"second", Verdict::kStalled, 0.25}};
  progress.annotated = 3;
  progress.calibration = some_calibration();
  server.requests[{"/metrics", 200}] = 12;
  server.requests[{"/", 404}] = 1;
  server.render_seconds.observe(0.0004);
  server.log_lines = {{"info", 9}, {"warning", 1}};
  process = {.cpu_seconds = 61.25,
             .open_fds = 23,
             .max_fds = 1024,
             .threads = 5,
             .virtual_bytes = 500'000'000,
             .resident_bytes = 80'000'000,
             .start_seconds = 1'700'000'000};
}

MetricsSample FullSample::sample() const {
  return {facts,
          &ladder,
          std::make_shared<IngestStats>(ingest),
          std::make_shared<LearnerStats>(learner),
          std::make_shared<ProbeStats>(probes),
          std::make_shared<HistoryStats>(history),
          std::make_shared<ProgressReport>(progress),
          server,
          now,
          process};
}

std::string value_of(const std::string& page, std::string_view series) {
  std::string begin = "\n";
  begin.append(series).append(" ");
  const std::size_t at = page.find(begin);
  if (at == std::string::npos) return "";
  const std::size_t value = at + begin.size();
  return page.substr(value, page.find('\n', value) - value);
}

}  // namespace gradus::test
