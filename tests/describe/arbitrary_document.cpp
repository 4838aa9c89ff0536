#include "tests/describe/arbitrary_document.h"

#include <algorithm>
#include <chrono>
#include <concepts>

#include "base/random.h"

namespace gradus::test {
namespace {

/// Draws a value of each type. Those with rules of their own come last.
class Arbitrary {
 public:
  explicit Arbitrary(std::uint64_t seed) : random_(seed) {}

  template <typename... Members>
  void all(Members&... members) {
    (draw(members), ...);
  }

  void draw(bool& flag) { flag = random_.below(2) == 1; }
  void draw(double& number) { number = 100 * random_.normal(); }
  template <std::integral Whole>
  void draw(Whole& number) {
    number = static_cast<Whole>(random_.below(1u << 31));
  }
  void draw(Step& count) { count = random_.below(Step{1} << 50); }
  void draw(Timestamp& time) {
    time = Timestamp(std::chrono::microseconds(1 + random_.below(std::uint64_t{1} << 51)));
  }
  void draw(std::string& text) { text = "text " + std::to_string(random_.next()) + "\" \u00e9"; }
  template <typename Type>
  void draw(std::optional<Type>& value) {
    if (random_.below(3) > 0) draw(value.emplace());
  }
  template <typename Type>
  void draw(std::vector<Type>& values) {
    values.resize(random_.below(4));
    for (Type& each : values) draw(each);
  }
  template <typename Type, std::size_t kSize>
  void draw(std::array<Type, kSize>& values) {
    for (Type& each : values) draw(each);
  }
  template <typename First, typename Second>
  void draw(std::pair<First, Second>& both) {
    all(both.first, both.second);
  }

  void draw(Verdict& verdict) { verdict = static_cast<Verdict>(random_.below(kVerdictCount)); }
  void draw(ThresholdKind& kind) {
    kind = static_cast<ThresholdKind>(random_.below(kThresholdKinds));
  }
  void draw(Forecaster& forecaster) {
    forecaster = static_cast<Forecaster>(random_.below(kForecasters));
  }
  void draw(AnnotationKind& kind) { kind = static_cast<AnnotationKind>(random_.below(2)); }

  void draw(Interval& value) {
    auto& [lower, upper] = value;
    all(lower, upper);
  }
  void draw(Evidence& value) {
    auto& [log_e, threshold] = value;
    all(log_e, threshold);
  }
  void draw(LostAnswer& value) {
    auto& [item, question, answer, given] = value;
    all(item, question, answer, given);
  }
  void draw(Watch& value) {
    auto& [probes, needed, per_doubling] = value;
    all(probes, needed, per_doubling);
  }
  void draw(Threshold& value) {
    auto& [kind, jump, jump_exact, step, hidden, width, width_exact, resolution] = value;
    all(kind, jump, jump_exact, step, hidden, width, width_exact, resolution);
  }
  void draw(FacetProgress& value) {
    auto& [name, score, exact, threshold] = value;
    all(name, score, exact, threshold);
  }
  void draw(ExamplesToTarget& value) {
    auto& [p10, p50, p90] = value;
    all(p10, p50, p90);
  }
  void draw(Forecast& value) {
    auto& [belief, ever, examples, source] = value;
    all(belief, ever, examples, source);
  }
  void draw(ForecastScore& value) {
    auto& [brier, log_loss] = value;
    all(brier, log_loss);
  }
  void draw(CalibrationBin& value) {
    auto& [count, forecast, happened] = value;
    all(count, forecast, happened);
  }
  void draw(HorizonCalibration& value) {
    auto& [doublings, resolved, scores, bins] = value;
    all(doublings, resolved, scores, bins);
  }
  void draw(IntervalCalibration& value) {
    auto& [resolved, covered, unwidened, given_up, error, widening] = value;
    all(resolved, covered, unwidened, given_up, error, widening);
  }
  void draw(ForecastCalibration& value) {
    auto& [made, resolved, shown, horizons, pit, intervals] = value;
    all(made, resolved, shown, horizons, pit, intervals);
  }
  void draw(SealedGap& value) {
    auto& [step, items, score, gap, lower, upper] = value;
    all(step, items, score, gap, lower, upper);
  }
  void draw(Annotation& value) {
    auto& [id, step, time, text, rearm, kind] = value;
    all(id, step, time, text, rearm, kind);
  }
  void draw(TierProgress& value) {
    auto& [tier, verdict, score, belief] = value;
    all(tier, verdict, score, belief);
  }
  void draw(HistoryStats& value) {
    auto& [failures, waiting, dropped] = value;
    all(failures, waiting, dropped);
  }
  void draw(LearnerFigures& value) {
    auto& [kind, examples, correct, loss, log_loss, rate, gradient, weight, parameters, diverged,
           checkpoint, step] = value;
    all(kind, examples, correct, loss, log_loss, rate, gradient, weight, parameters, diverged,
        checkpoint, step);
  }
  void draw(PartitionFigures& value) {
    auto& [partition, next, high, lag] = value;
    all(partition, next, high, lag);
  }
  void draw(StreamFigures& value) {
    auto& [topic, connected, ended, messages, examples, gaps, duplicates, pace, lag, rejected,
           partitions, last, silent] = value;
    all(topic, connected, ended, messages, examples, gaps, duplicates, pace, lag, rejected,
        partitions, last, silent);
  }
  void draw(ProbingFigures& value) {
    auto& [waits, seconds, share, allowed, missed] = value;
    all(waits, seconds, share, allowed, missed);
  }
  void draw(RunOrigin& value) {
    auto& [version, revision, compiler, librdkafka, instructions, seed, start, configuration, tiers,
           tasks] = value;
    all(version, revision, compiler, librdkafka, instructions, seed, start, configuration, tiers,
        tasks);
  }

  // Records that were rejected are counted together in a document, and losses are means: these
  // give the sum again where the number of examples is a power of two.
  void draw(StreamWindow& value) {
    auto& [span, before] = value;
    auto& [from, to, from_time, to_time, examples, log_loss, non_finite, events, restarts, silent] =
        span;
    auto& [rejected, gaps, duplicates] = events;
    all(before, from, to, from_time, to_time, log_loss, non_finite, gaps, duplicates, restarts,
        silent);
    examples = std::uint64_t{1} << random_.below(20);
    draw(rejected[static_cast<std::size_t>(Reject::kNone)]);
  }

  void draw(Alarm& value) {
    auto& [evidence, from, before, now] = value;
    all(evidence, from, before, now);
    evidence.threshold = std::min(evidence.threshold, evidence.log_e);
  }

  // A change is told by a detector, by a model that no longer changes, or by the score alone.
  void draw(VerdictChange& value) {
    auto& [from, to, step, own_step, time, score, alarm, left, unchanged, log_e, lost, gained,
           answers, stream] = value;
    all(from, to, step, own_step, time, score, alarm, log_e, lost, gained, answers, stream);
    if (!alarm) draw(unchanged);
    if (!alarm && !unchanged) draw(left);
  }

  void draw(TaskProgress& value) {
    auto& [task, tier, step, own_step, time, items, score, now, peek_safe, monotone, exact,
           exact_now, log_loss, chance, floor, exact_floor, target, best, best_step, improvement,
           improvement_step, verdict, since, rearmed, slope, slope_upper, noise, autocorrelation,
           strict, progress, stall, regress, watch, forecast, just_lost, threshold, sealed, change,
           facets, bottleneck, switched_on, share, improved, stalled, regressed, recovered,
           mastered] = value;
    all(task, tier, own_step, time, monotone, chance, floor, exact_floor, target, best_step,
        improvement, improvement_step, verdict, since, rearmed, slope, slope_upper, noise,
        autocorrelation, strict, progress, stall, regress, watch, forecast, just_lost, threshold,
        sealed, change, facets, share, improved, stalled, regressed, recovered, mastered);
    if (random_.below(3) > 0) all(bottleneck, switched_on);
    // What was not probed has no scores.
    if (random_.below(3) > 0)
      all(step, items, score, now, peek_safe, exact, exact_now, log_loss, best);
  }

  void draw(ProgressReport& value) {
    auto& [run, attempt, ladder, version, step, time, false_alarms, unchanged, suspected,
           calibration, tasks, tiers, changes, changed, annotations, annotated] = value;
    all(run, attempt, ladder, version, time, false_alarms, unchanged, suspected, calibration, tasks,
        tiers, changed, annotations, annotated);
    changes.clear();  // the history and the events have them
    for (const TaskProgress& task : tasks) step = std::max(step, task.step);
  }

  // Without a report there is nothing to say of a ladder, its tasks and their probes.
  void draw(ProgressDocument& value) {
    auto& [report, probed, headline, step, learner, stream, probing, history, format, origin] =
        value;
    all(probed, headline, step, learner, stream, history, format, origin, report.run, report.time);
    if (probed) all(report, probing);
  }

 private:
  SplitMix64 random_;
};

}  // namespace

ProgressDocument arbitrary_document(std::uint64_t seed) {
  ProgressDocument document;
  Arbitrary(seed).draw(document);
  return document;
}

}  // namespace gradus::test
