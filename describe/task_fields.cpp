#include "describe/task_fields.h"

#include "describe/change_fields.h"
#include "describe/error_rate_words.h"
#include "describe/forecast_fields.h"
#include "describe/sealed_words.h"
#include "describe/watch_words.h"

namespace gradus {
namespace {

constexpr std::string_view kNotProbed = "the task has not been probed";
constexpr std::string_view kNoDetectors = "the detectors have too few scores";

std::string_view band_method(bool spending) { return spending ? "alpha_spending" : "dkw"; }

void score_fields(FieldVisitor& visit, TaskProgress& task) {
  const bool scored = task.step > 0 || task.items > 0;
  visit.value_if(scored, {"score", "share", kNotProbed, "Mean probability of the right answer."},
                 task.score);
  visit.value_if(scored, {"lower", "share", kNotProbed, "Lower end of the score's 95 % interval."},
                 task.now.lower);
  visit.value_if(scored, {"upper", "share", kNotProbed, "Upper end of the score's 95 % interval."},
                 task.now.upper);
  visit.object({"peek_safe", "", "", "An interval of the score that holds for all looks at once."},
               true, [&] {
                 visit.value_if(scored, {"lower", "share", kNotProbed, "Its lower end."},
                                task.peek_safe.lower);
                 visit.value_if(scored, {"upper", "share", kNotProbed, "Its upper end."},
                                task.peek_safe.upper);
                 bool spending = !task.peek_safe_monotone;
                 visit.word({"method", "", "",
                             "A DKW band, or alpha spending where items flip between looks."},
                            spending, band_method, 2);
                 task.peek_safe_monotone = !spending;
               });
  visit.value_if(scored, {"exact", "share", kNotProbed, "Share of items answered exactly."},
                 task.exact);
  visit.value_if(scored, {"exact_lower", "share", kNotProbed, "Lower end of its Wilson interval."},
                 task.exact_now.lower);
  visit.value_if(scored, {"exact_upper", "share", kNotProbed, "Upper end of its Wilson interval."},
                 task.exact_now.upper);
  visit.value_if(scored, {"log_loss", "nats", kNotProbed, "Mean log loss over the items."},
                 task.log_loss);
  visit.value({"chance", "share", "", "Score of a model that guesses."}, task.chance);
  visit.value({"floor", "share", "", "Score of a model that only knows the form of the answers."},
              task.floor);
  visit.value({"exact_floor", "share", "", "Exact match of always giving the commonest answer."},
              task.exact_floor);
  visit.value({"target", "share", "", "Score at which the task is mastered."}, task.target);
  visit.value_if(scored, {"best", "share", kNotProbed, "The best score so far."}, task.best);
  visit.value({"best_step", "steps", "", "Step of the best score."}, task.best_step);
}

void verdict_fields(FieldVisitor& visit, TaskProgress& task) {
  visit.word({"verdict", "", "", "How the learning of the task stands."}, task.verdict,
             verdict_name, kVerdictCount);
  visit.value({"since_step", "steps", "", "Step since which the verdict stands."}, task.since_step);
  visit.value({"rearmed_step", "steps", "the detectors have alarmed since, or never started over",
               "Step above which the detectors started over; the verdict is older."},
              task.rearmed_step);
  visit.value({"slope_per_doubling", "per doubling", kNoDetectors,
               "What the score gains with each doubling of the examples."},
              task.slope_per_doubling);
  visit.value({"slope_per_doubling_upper", "per doubling", kNoDetectors,
               "The slope two standard errors above its estimate."},
              task.slope_upper);
  visit.value({"noise_sd", "share", kNoDetectors, "Root of the long-run variance of the score."},
              task.noise_sd);
  visit.value({"autocorrelation", "", kNoDetectors, "Correlation between neighbouring scores."},
              task.autocorrelation);
  visit.value(
      {"error_rate_claimed", "", "", "Whether the stated rate of false alarms holds for the task."},
      task.strict_claim);
  visit.derived({"error_rate", "", "", "The same in words."},
                [&] { return error_rate_words(task); });
  visit.value({"stream_share", "share", "",
               "The task's own examples per example, since the last probe but one."},
              task.stream_share);
}

void sealed_fields(FieldVisitor& visit, TaskProgress& task) {
  visit.object(
      {"sealed", "", "no sealed items were asked",
       "How much better the probe items are known than sealed ones of the same kind."},
      task.sealed.has_value(), [&] {
        if (!task.sealed) task.sealed.emplace();
        SealedGap& gap = *task.sealed;
        visit.value({"step", "steps", "", "Step of the comparison."}, gap.step);
        visit.value({"items", "items", "", "Number of sealed items."}, gap.items);
        visit.value({"score", "share", "", "Score of the sealed items."}, gap.score);
        visit.value({"gap", "share", "", "Score of the probe items minus that of the sealed ones."},
                    gap.gap);
        visit.value({"lower", "share", "",
                     "Lower end of its interval, for all tasks and doublings of a run at once."},
                    gap.lower);
        visit.value({"upper", "share", "", "Upper end of the same interval."}, gap.upper);
        visit.derived(
            {"overfit", "", "", "Whether only reuse of the probe items explains the gap."},
            [&] { return gap.overfit(); });
        visit.derived({"words", "", "", "The comparison in words."},
                      [&] { return sealed_words(task); });
      });
}

void watch_fields(FieldVisitor& visit, TaskProgress& task) {
  Watch& watch = task.watch;
  visit.derived({"armed", "", "", "Whether a stall or a fall can be found now."},
                [&] { return watch.armed(); });
  visit.value({"probes", "probes", "", "Probes that the estimate of the noise rests on."},
              watch.probes);
  visit.value({"probes_needed", "probes", "", "Probes that the detectors wait for."},
              watch.probes_needed);
  visit.value({"probes_per_doubling", "probes", "there are too few probes to tell",
               "Recent probes per doubling of the examples."},
              watch.per_doubling);
  visit.derived({"armed_from_step", "steps", "the detectors run, or nothing can be said",
                 "Step at which the detectors will start."},
                [&] { return watch.armed_from(task.step); });
  visit.derived({"words", "", "", "How closely the task is watched, in words."},
                [&] { return watch_words(watch, task.step); });
}

void evidence_fields(FieldVisitor& visit, TaskProgress& task) {
  visit.object({"evidence", "", "", "The evidence of the detectors."}, true, [&] {
    visit.object({"progress", "", "", "That the task has begun to learn."}, task.progress);
    visit.object({"stall", "", "", "That learning has stopped below the target."}, task.stall);
    visit.object({"regress", "", "", "That the skill falls."}, task.regress);
  });
  visit.object({"watch", "", "", "How closely the task is watched."}, true,
               [&] { watch_fields(visit, task); });
}

void outlook_fields(FieldVisitor& visit, TaskProgress& task) {
  belief_fields(visit, task.forecast);
  visit.value({"just_lost", "", "", "Whether there is no forecast because the skill has fallen."},
              task.just_lost);
  visit.list({"facets", "", "", "The parts of the task, such as the positions of the answer."},
             task.facets);
  visit.value({"bottleneck", "", "no facet stands out", "The facet with the lowest score."},
              task.bottleneck);
  visit.value({"switched_on", "", "no facet switched on",
               "The facet that came at once where the task as a whole grew bit by bit."},
              task.switched_on);
  target_fields(visit, task.forecast);
  visit.object({"threshold", "", kNotProbed, "Whether the skill came at once."}, task.threshold);
}

void count_fields(FieldVisitor& visit, TaskProgress& task) {
  visit.value({"last_improvement", "s since 1970", "the task has not improved",
               "When the task last improved for certain, or was mastered."},
              task.last_improvement);
  visit.value({"last_improvement_step", "steps", "", "Step of the same."},
              task.last_improvement_step);
  visit.object({"state_changes", "", "", "The changes of the verdict so far."}, true, [&] {
    visit.value({"improved", "changes", "", "Began to learn."}, task.improved);
    visit.value({"stalled", "changes", "", "Stalled."}, task.stalled);
    visit.value({"regressed", "changes", "", "Fell."}, task.regressed);
    visit.value({"recovered", "changes", "", "Recovered."}, task.recovered);
    visit.value({"mastered", "changes", "", "Reached the target."}, task.mastered);
  });
}

}  // namespace

void fields(FieldVisitor& visit, FacetProgress& facet) {
  visit.value({"name", "", "", "Name of the facet."}, facet.name);
  visit.value({"score", "share", "", "Mean probability of the right answer."}, facet.score);
  visit.value({"exact", "share", "", "Share of items answered exactly."}, facet.exact);
  visit.object({"threshold", "", kNotProbed, "Whether the facet came at once."}, facet.threshold);
}

void fields(FieldVisitor& visit, TaskProgress& task) {
  visit.value({"task", "", "", "Name of the task."}, task.task);
  visit.value({"tier", "", "", "Name of its tier."}, task.tier);
  visit.value({"step", "steps", "", "Step of the newest score; 0 before the first probe."},
              task.step);
  visit.value({"own_step", "examples", "", "Examples of the task itself up to that step."},
              task.own_step);
  visit.value({"time", "s since 1970", "the time is not known", "Time of the newest score."},
              task.time);
  visit.value({"items", "items", "", "Items that were asked."}, task.items);
  score_fields(visit, task);
  verdict_fields(visit, task);
  sealed_fields(visit, task);
  outlook_fields(visit, task);
  evidence_fields(visit, task);
  visit.object(
      {"last_change", "", "the verdict has not changed", "The newest change of the verdict."},
      task.last_change);
  count_fields(visit, task);
}

void fields(FieldVisitor& visit, TierProgress& tier) {
  visit.value({"tier", "", "", "Name of the tier."}, tier.tier);
  visit.word(
      {"verdict", "", "", "Mastered when all tasks are, else the most advanced of the others."},
      tier.verdict, verdict_name, kVerdictCount);
  visit.value({"score", "share", "", "Mean score of its tasks."}, tier.score);
  visit.object(
      {"belief", "", "a task has no forecast",
       "Probability that all tasks reach their targets within one doubling."},
      tier.belief.has_value(), [&] {
        if (!tier.belief) tier.belief.emplace();
        visit.value({"lower", "probability", "", "If their skills are independent."},
                    tier.belief->lower);
        visit.value({"upper", "probability", "", "If they come together."}, tier.belief->upper);
      });
}

}  // namespace gradus
