#include "probes/prober.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <string>
#include <tuple>
#include <utility>

#include "probes/task_items.h"

namespace gradus {
namespace {

constexpr Duration kTimeout = std::chrono::seconds(10);
constexpr double kShortestInterval = 60;
constexpr double kSavedSeconds = 60;  // whose share of the machine can be saved
constexpr std::array<double, 14> kSecondsBounds = {.0005, .001, .0025, .005, .01, .025, .05,
                                                   .1,    .25,  .5,    1,    2.5, 5,    10};

double seconds(Duration time) { return std::chrono::duration<double>(time).count(); }

std::shared_ptr<const GivenAnswers> given_answers(const ItemScores& said, const Score& score) {
  GivenAnswers given{.step = score.step,
                     .item_digest = score.item_digest,
                     .q = said.q,
                     .exact_bits = score.exact_bits,
                     .begin = said.given_begin,
                     .text = said.given};
  if (!given.has_text()) {
    given.begin.clear();
    given.text.clear();
  }
  return std::make_shared<const GivenAnswers>(std::move(given));
}

}  // namespace

struct Prober::TaskState {
  explicit TaskState(TaskItems decoded) : items(std::move(decoded)) {}

  TaskItems items;
  Interest interest = Interest::kFrontier;
  std::optional<double> cost_seconds;  // CPU time of the last probe
  std::uint64_t probed_at = 0;         // number of the snapshot; 0: never
  std::optional<Step> probed_step;     // in this process or before
  bool slow = false;                   // the last probe timed out
  std::shared_ptr<const GivenAnswers> given;
};

Result<std::unique_ptr<Prober>> Prober::make(const Ladder& ladder, std::span<const Item> items,
                                             Decoder& decoder, ProberOptions options, Clock& clock,
                                             Log& log) {
  std::unique_ptr<Prober> prober(new Prober(ladder, options, clock, log));
  for (std::size_t task = 0; task < ladder.tasks.size(); ++task) {
    auto decoded = TaskItems::decode(ladder, static_cast<TaskIndex>(task), items, decoder);
    if (!decoded) return tl::unexpected(std::move(decoded.error()));
    prober->tasks_.emplace_back(std::move(*decoded));
  }
  if (options.work) {
    std::vector<std::uint32_t> counts;
    for (const TaskState& task : prober->tasks_)
      counts.push_back(static_cast<std::uint32_t>(task.items.batch().size()));
    prober->work_.emplace(*options.work, std::move(counts));
  }
  return prober;
}

Prober::Prober(const Ladder& ladder, ProberOptions options, Clock& clock, Log& log)
    : ladder_(ladder),
      options_(options),
      clock_(clock),
      log_(log),
      start_(clock.elapsed()),
      earned_until_(start_) {
  options_.settled_every = std::max(options_.settled_every, 1u);
  options_.cores = std::max(options_.cores, 1u);
  stats_.heartbeat = clock.now();
  stats_.waits = options_.work.has_value();
  stats_.allowed_share = options_.work ? options_.work->share : options_.cpu_share;
  ProbeStats::Task fresh;
  fresh.last_ok = clock.now();
  fresh.interval_seconds = kShortestInterval;
  stats_.tasks.assign(ladder.tasks.size(), fresh);
  stats_.seconds_by_tier.assign(ladder.tiers.size(), Histogram(kSecondsBounds));
}

Prober::~Prober() = default;

void Prober::set_interest(std::span<const Interest> interest) {
  const std::size_t count = std::min(interest.size(), tasks_.size());
  for (std::size_t task = 0; task < count; ++task) tasks_[task].interest = interest[task];
}

void Prober::resume(std::span<const Score> scores) {
  for (const Score& score : scores) {
    if (score.task >= tasks_.size()) continue;
    tasks_[score.task].probed_step = score.step;
    if (work_) work_->note(score.task, score.step);
  }
}

std::vector<Score> Prober::probe(const Snapshot& snapshot) {
  charged_until_ = clock_.thread_cpu();
  ++snapshots_;
  note_spacing(snapshot.step);
  std::vector<Score> scores;
  bool affordable = true;
  for (const TaskIndex index : due(snapshot)) {
    affordable = affordable && (snapshot.last || within_budget(index, snapshot.step));
    if (!affordable) {
      ++stats_.tasks[index].skipped;
    } else if (auto score = probe_task(index, snapshot)) {
      scores.push_back(std::move(*score));
    }
  }
  std::sort(scores.begin(), scores.end(),
            [](const Score& left, const Score& right) { return left.task < right.task; });
  charge();
  update_intervals();
  stats_.heartbeat = clock_.now();
  return scores;
}

/// How many snapshots apart the probes of a task are meant to be.
std::uint64_t Prober::period(const TaskState& task) const {
  if (task.slow) return kPatience * options_.settled_every;
  return task.interest == Interest::kFrontier ? 1 : options_.settled_every;
}

std::uint64_t Prober::unprobed_for(const TaskState& task) const {
  return snapshots_ - task.probed_at;
}

bool Prober::at_frontier(const TaskState& task) const {
  return task.interest == Interest::kFrontier ||
         unprobed_for(task) >= kPatience * options_.settled_every;
}

std::vector<TaskIndex> Prober::due_by_work(const Snapshot& snapshot) const {
  std::vector<Interest> interest;
  for (const TaskState& task : tasks_) interest.push_back(task.interest);
  return work_->due(snapshot.step, interest);
}

/// The tasks whose turn it is: the frontier before the settled, the longest unprobed first.
std::vector<TaskIndex> Prober::due(const Snapshot& snapshot) const {
  if (work_ && !snapshot.last) return due_by_work(snapshot);
  std::vector<TaskIndex> indices;
  for (std::size_t i = 0; i < tasks_.size(); ++i) {
    const TaskState& task = tasks_[i];
    // The last snapshot may show what is known already, also from before a restart.
    if (snapshot.last && task.probed_step == snapshot.step) continue;
    const bool first = task.probed_at == 0;
    if (first || snapshot.last || unprobed_for(task) >= period(task)) {
      indices.push_back(static_cast<TaskIndex>(i));
    }
  }
  std::stable_sort(indices.begin(), indices.end(), [this](TaskIndex left, TaskIndex right) {
    const TaskState& a = tasks_[left];
    const TaskState& b = tasks_[right];
    return std::tuple(!at_frontier(a), a.probed_at) < std::tuple(!at_frontier(b), b.probed_at);
  });
  return indices;
}

void Prober::earn() {
  double most = options_.cpu_share * options_.cores * kSavedSeconds;
  for (const TaskState& task : tasks_) most = std::max(most, task.cost_seconds.value_or(0));
  const Duration now = clock_.elapsed();
  const double earned = options_.cpu_share * options_.cores * seconds(now - earned_until_);
  earned_until_ = now;
  saved_seconds_ = std::min(most, saved_seconds_ + earned);
}

bool Prober::within_budget(TaskIndex index, Step step) {
  if (work_) return work_->affords(index, step);
  const TaskState& task = tasks_[index];
  if (options_.cpu_share <= 0 || !task.cost_seconds) return true;
  earn();
  return *task.cost_seconds <= saved_seconds_;
}

/// Takes the CPU time since the last call from the budget; gives it in seconds.
double Prober::charge() {
  const Duration now = clock_.thread_cpu();
  const double spent = seconds(now - charged_until_);
  charged_until_ = now;
  stats_.cpu_seconds += spent;
  saved_seconds_ -= spent;
  const double lived = seconds(clock_.elapsed() - start_);
  stats_.cpu_share = lived > 0 ? stats_.cpu_seconds / (lived * options_.cores) : 0;
  return spent;
}

std::optional<Score> Prober::probe_task(TaskIndex index, const Snapshot& snapshot) {
  TaskState& task = tasks_[index];
  const Task& about = ladder_.tasks[index];
  ProbeStats::Task& counts = stats_.tasks[index];
  charge();  // what was between two probes is no cost of this task
  const Duration begin = clock_.elapsed();
  snapshot.predictor->score(task.items.batch(), said_);
  Result<Score> score = task.items.tally(said_);
  const Duration took = clock_.elapsed() - begin;
  task.cost_seconds = charge();
  task.probed_at = snapshots_;
  task.probed_step = snapshot.step;
  task.slow = took > kTimeout;
  stats_.seconds_by_tier[about.tier].observe(seconds(took));
  if (!score) {
    ++counts.error;
    log_.sampled(LogLevel::kError, "probes", "probe of " + about.name,
                 "probe of " + about.name + " at step " + std::to_string(snapshot.step) + ": " +
                     score.error().message);
    return std::nullopt;
  }
  if (task.slow) {
    ++counts.timeout;
    log_.sampled(LogLevel::kWarning, "probes", "slow probe of " + about.name,
                 "probe of " + about.name + " took " + std::to_string(seconds(took)) +
                     " s; it is probed more thinly until it takes less than " +
                     std::to_string(static_cast<int>(seconds(kTimeout))) + " s");
  } else {
    ++counts.ok;
  }
  counts.last_ok = clock_.now();
  counts.last_ok_step = snapshot.step;
  // Only what the history will hold: a resumed run knows of nothing else.
  if (work_) work_->note(index, snapshot.step);
  score->task = index;
  score->step = snapshot.step;
  score->own_step = index < snapshot.own_steps.size() ? snapshot.own_steps[index] : 0;
  score->time = snapshot.time;
  task.given = given_answers(said_, *score);
  return std::move(*score);
}

std::shared_ptr<const GivenAnswers> Prober::given(TaskIndex task) const {
  return tasks_[task].given;
}

/// Follows the time between snapshots upwards at once and downwards slowly.
void Prober::note_spacing(Step step) {
  const Duration now = clock_.elapsed();
  spacing_steps_ = step > last_step_ ? step - last_step_ : spacing_steps_;
  last_step_ = step;
  if (last_snapshot_) {
    spacing_seconds_ = std::max(seconds(now - *last_snapshot_), 0.9 * spacing_seconds_);
  }
  last_snapshot_ = now;
}

/// The time in which the budget pays for one probe of every task.
double Prober::round_seconds() const {
  if (work_) {
    const auto steps = static_cast<double>(std::max<Step>(1, spacing_steps_));
    return work_->round_examples() * spacing_seconds_ / steps;
  }
  double round_cost = 0;
  for (const TaskState& task : tasks_) round_cost += task.cost_seconds.value_or(0);
  const double earned_per_second = options_.cpu_share * options_.cores;
  return earned_per_second > 0 ? round_cost / earned_per_second : 0;
}

void Prober::update_intervals() {
  const double round = round_seconds();
  for (std::size_t i = 0; i < tasks_.size(); ++i) {
    const double planned = static_cast<double>(period(tasks_[i])) * spacing_seconds_;
    stats_.tasks[i].interval_seconds = std::max({kShortestInterval, 2 * planned, 2 * round});
  }
}

}  // namespace gradus
