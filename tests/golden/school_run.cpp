#include "tests/golden/school_run.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <memory>

#include "describe/progress_file.h"
#include "history/history.h"
#include "ladders/ladder_file.h"
#include "learner/learner_loop.h"
#include "progress/tracker.h"

namespace gradus::test {
namespace {

constexpr std::uint32_t kItems = 64;
constexpr Step kFirst = 256, kResumed = 16'384, kLast = 262'144;
constexpr double kPerDoubling = 24;

constexpr const char* kLadder = R"(format: 1
name: school
version: 3
items_file: school.jsonl
tiers:
  - name: first
    title: First year
    tasks:
      - {name: easy, title: Count to ten, items: 64, chance: 0.1, floor: 0.2, target: 0.9}
      - {name: rare, title: "Spell <rhythm> & co.", items: 64, chance: 0.1, floor: 0.2, target: 0.9}
  - name: second
    title: Second year
    tasks:
      - {name: hard, title: Long division, items: 64, chance: 0.04, floor: 0.15, target: 0.9}
)";

Timestamp at_step(Step step) {
  return Timestamp(std::chrono::hours(24 * 20'000) +
                   std::chrono::milliseconds(static_cast<std::int64_t>(step)));
}

double share_of(TaskIndex task) { return task == 1 ? 1.0 / 33 : 16.0 / 33; }

/// How far an item of a task is learned, between 0 and 1.
double skill(TaskIndex task, std::uint32_t item, Step step) {
  const double own = std::log2(std::max(1.0, static_cast<double>(step) * share_of(task)));
  const double difficulty = (task == 2 ? 14.0 : 10.0) + 3.0 * item / kItems;
  const double forgotten = task == 2 && step > 180'000 ? 2.5 : 0;
  return 1 / (1 + std::exp(-2.5 * (own - difficulty - forgotten)));
}

void add_item(ScoreSums& sums, double q) {
  ++sums.items;
  sums.exact += q > 0.6 ? 1 : 0;
  sums.q += q;
  sums.q_squared += q * q;
  sums.log_loss -= std::log(q);
}

Score score_of(TaskIndex task, Step step) {
  Score score;
  score.task = task;
  score.step = step;
  score.own_step = static_cast<Step>(static_cast<double>(step) * share_of(task));
  score.time = at_step(step);
  score.facets = {{"tens", {}}, {"units", {}}};
  score.exact_bits = {0};
  score.item_digest = 77 + task;
  for (std::uint32_t item = 0; item < kItems; ++item) {
    const double learned = skill(task, item, step);
    // A small wave, since no real curve is smooth.
    const double wave = 0.01 * std::sin(static_cast<double>(step % 7919 + item * 31));
    const double q = std::clamp(0.15 + 0.84 * learned + wave, 0.01, 0.995);
    add_item(score.sums, q);
    add_item(score.facets[0].sums, std::sqrt(q));
    add_item(score.facets[1].sums, q * q);
    if (q > 0.6) score.exact_bits[0] |= std::uint64_t{1} << item;
  }
  return score;
}

TaskAnswers answers_of(const std::string& task) {
  auto items = std::make_shared<std::vector<AskedItem>>();
  auto given = std::make_shared<GivenAnswers>();
  given->step = kLast;
  given->exact_bits = {0b011};
  given->q = {0.97F, 0.91F, 0.12F, 0.08F};
  given->begin = {0};
  for (const auto& [question, answer, said] : {std::tuple{"60/4=", "15", "15"},
                                               {"84/7=", "12", "12"},
                                               {"91/7=", "13", "1|3"},
                                               {"96/8=", "12", "<11>"}}) {
    items->push_back({question, answer});
    given->text += said;
    given->begin.push_back(static_cast<std::uint32_t>(given->text.size()));
  }
  return {task, items, given, given};
}

RunFacts facts() {
  RunFacts facts;
  facts.run = "school <3>";
  facts.learner = "transformer";
  facts.version = "1.2.3";
  facts.revision = "0123456789ab";
  facts.compiler = "12.2.0";
  facts.instructions = "avx2";
  facts.librdkafka = "2.0.2";
  facts.start = at_step(kResumed);
  return facts;
}

template <typename T>
void require(const Result<T>& result) {
  ASSERT_TRUE(result) << result.error().message;
}

void publish_figures(RunSlots& slots) {
  auto learner = std::make_shared<LearnerStats>();
  learner->step = kLast;
  learner->sums = {.examples = kLast,
                   .updates = 8192,
                   .correct = 150'000,
                   .loss = 200'000.0,
                   .log_loss = 180'000.0};
  learner->facts.learning_rate = 0.0025;
  learner->facts.parameters = 102'976;
  learner->last_checkpoint = at_step(250'000);
  learner->last_checkpoint_step = 250'000;
  slots.learner.set(learner);
  auto ingest = std::make_shared<IngestStats>();
  ingest->topic = "school";
  ingest->messages = kLast + 7;
  ingest->examples = kLast;
  ingest->rejected[static_cast<int>(Reject::kMalformed)] = 7;
  ingest->last_message = at_step(kLast);
  slots.ingest.set(ingest);
  slots.pace.set(std::make_shared<Pace>(Pace{12'345.0}));
}

}  // namespace

void write_school_run(const std::filesystem::path& directory) {
  const Ladder ladder = parse_ladder(kLadder, "school", ".").value();
  auto opened = History::open(directory, facts().run);
  require(opened);
  History& history = **opened;
  Tracker tracker(ladder, {.run = facts().run, .attempt = 2});
  RunSlots slots;
  require(history.begin_attempt(0, at_step(0)));
  Step resumed = kResumed;
  for (Step step = kFirst; step <= kLast; step = next_probe_step(step, kPerDoubling, kFirst, 16)) {
    if (step > resumed) {
      require(history.begin_attempt(resumed, at_step(resumed)));
      resumed = kLast;
    }
    std::vector<Score> scores;
    for (TaskIndex task = 0; task < ladder.tasks.size(); ++task)
      scores.push_back(score_of(task, step));
    const auto report = tracker.update(scores);
    require(history.append(scores, *report));
    slots.progress.set(report);
  }
  require(history.annotate({1, 65'536, at_step(65'536), "batch size doubled | twice", true}));
  require(history.plan_faults(
      std::vector<Annotation>{
          {.step = 180'000, .text = "fault begins: diverge", .kind = AnnotationKind::kFault},
          {.step = 200'000, .text = "fault ends: diverge", .kind = AnnotationKind::kFault}},
      0));
  require(history.keep_answers(2, answers_of("hard")));
  publish_figures(slots);

  const ProgressFile file(directory, 7,
                          {{"run", facts().run},
                           {"learner.kind", "transformer"},
                           {"stream.kafka.options.sasl.password", "(hidden)"},
                           {"fault", "diverge@180000-200000"}});
  ManualClock clock(at_step(kLast));
  std::string lines;
  const Log log(LogFormat::kText, LogLevel::kInfo, clock, lines);
  const RunFacts run = facts();
  const RunView view{run, &ladder, slots, nullptr, clock, log};
  require(file.write(view));
}

}  // namespace gradus::test
