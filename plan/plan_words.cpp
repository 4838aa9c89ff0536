#include "plan/plan_words.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <string_view>

#include "describe/words.h"
#include "plan/planned_run.h"
#include "progress/profile.h"

namespace gradus {
namespace {

/// At most `digits` significant ones: "0.067", "40".
std::string number(double value, int digits = 2) {
  std::array<char, 32> text;
  std::snprintf(text.data(), text.size(), "%.*g", digits, value);
  return text.data();
}

std::string decimals(double value, int digits) {
  std::array<char, 32> text;
  std::snprintf(text.data(), text.size(), "%.*f", digits, value);
  return text.data();
}

std::string left(std::string text, std::size_t width) {
  return text.size() < width ? text + std::string(width - text.size(), ' ') : text;
}

std::string right(const std::string& text, std::size_t width) {
  return text.size() < width ? std::string(width - text.size(), ' ') + text : text;
}

double planned_doublings(const PlanOptions& options) {
  return options.planned_probes / options.probes_per_doubling;
}

/// "1.83 doublings (73 probes, 3.6 times the examples)".
std::string delay_words(const std::optional<double>& doublings, const PlanOptions& options) {
  if (!doublings) return "not in time";
  return decimals(*doublings, 2) + " doublings (" +
         decimals(*doublings * options.probes_per_doubling, 0) + " probes, " +
         number(std::exp2(*doublings)) + " times the examples)";
}

std::string short_delay(const std::optional<double>& doublings) {
  return doublings ? decimals(*doublings, 2) : "-";
}

/// "2.7 % of 1000"; nothing that a simulation of so few runs cannot tell from none.
std::string share_words(double share) {
  const std::string runs = std::to_string(kPlannedRuns);
  return (share > 0 ? percent(share) : std::string("none")) + " of " + runs;
}

std::string row(const std::string& what, const std::string& found, const std::string& median,
                const std::string& p90) {
  return "  " + left(what, 23) + "  " + left(found, 5) + "  " + left(median, 51) + "  " + p90 +
         "\n";
}

std::string row(const std::string& what, const Delay& delay, const PlanOptions& options) {
  return row(what, two_digits(delay.found), delay_words(delay.median, options),
             short_delay(delay.p90));
}

std::string setting(const PlanOptions& options) {
  const std::string profile = options.profile == Profile::kStrict ? "strict" : "practical";
  return number(options.items, 6) + " items, floor " + number(options.floor, 3) + ", target " +
         number(options.target, 3) + "; the score rises by " + number(options.rate, 3) +
         " per doubling\n" + number(options.probes_per_doubling, 4) + " probes per doubling; " +
         profile + ": " + number(options.false_alarms_per_run, 3) + " false alarms in a run of " +
         std::to_string(options.tasks) + (options.tasks == 1 ? " task, " : " tasks, ") +
         std::to_string(options.planned_probes) + " probes (" +
         number(planned_doublings(options), 3) + " doublings) each\nnoise: learner " +
         number(options.noise, 3) + " with autocorrelation " + number(options.autocorrelation, 3) +
         ", one item " + number(options.item_noise, 3) + " with " +
         number(options.item_autocorrelation, 3) + "\n";
}

/// What the stated rate of false alarms does not cover.
std::string caveats(const PlanOptions& options) {
  std::string out;
  if (options.profile == Profile::kPractical)
    out += "practical carries no rate of false alarms: the one given only sets its threshold\n";
  if (options.autocorrelation > kMostAutocorrelation)
    out += "the rate of false alarms does not hold at an autocorrelation above " +
           number(kMostAutocorrelation) + "\n";
  if (planned_doublings(options) < options.within)
    out += "the rate of false alarms holds for the " + std::to_string(options.planned_probes) +
           " planned probes: " + number(planned_doublings(options)) + " doublings\n";
  return out;
}

std::string mastery_words(const PlannedTask& planned) {
  if (planned.plan.mastered_from)
    return "mastered from " + decimals(*planned.plan.mastered_from, 3) +
           " on, at three probes in a row";
  return "never mastered: that takes " + std::to_string(planned.plan.items_to_master) +
         " items at least, all of them right";
}

std::string limits(const PlannedTask& planned) {
  const Plan& plan = planned.plan;
  std::string out = "slowest progress that is decidable: ";
  out += plan.slowest_rate ? number(*plan.slowest_rate) + " per doubling\n" : "none\n";
  out += "smallest loss at once that is found: ";
  out += plan.smallest_loss ? number(*plan.smallest_loss) + "\n" : "none\n";
  if (plan.decidable && plan.fewest_items)
    out += "fewest items that decide " + number(planned.options.rate, 3) +
           " per doubling: " + std::to_string(*plan.fewest_items) + "\n";
  out += "95 % interval of a score of 0.5: -+ " + decimals(plan.half_width, 3) + "; " +
         mastery_words(planned) + "\n";
  if (plan.mastered_from && !plan.mastered_loss)
    out +=
        "no loss of a mastered task is planned: at this rate fewer than half of the runs are "
        "mastered within " +
        number(kLongestClimb) + " doublings\n";
  return out;
}

std::string remedy(const Plan& plan) {
  switch (plan.obstacle) {
    case Obstacle::kNone:
      break;
    case Obstacle::kSlowerThanStall:
      return "progress as slow as this counts as a stall itself";
    case Obstacle::kItems:
      return std::to_string(plan.fewest_items.value_or(0)) + " items decide it";
    case Obstacle::kSchedule:
      return "no number of items helps; " + number(plan.fewest_probes_per_doubling.value_or(0), 4) +
             " probes per doubling do";
    case Obstacle::kNoise:
      return "no number of items helps: the learner's own noise is too large";
  }
  return "";
}

std::string ladder_row(const std::array<std::string, 8>& cells, std::size_t width,
                       const std::string& last) {
  constexpr std::array<std::size_t, 8> kWidths{0, 5, 5, 6, 5, 6, 7, 8};
  std::string out = left(cells[0], width);
  for (std::size_t i = 1; i < cells.size(); ++i) out += "  " + right(cells[i], kWidths[i]);
  return out + "  " + last + "\n";
}

}  // namespace

std::string decision_words(const PlanOptions& options, const Plan& plan) {
  const std::string found = "a stall is found within " + number(options.within, 3) +
                            " doublings in " + percent(plan.stall.found) + " of runs";
  if (plan.decidable) return "decidable: " + found;
  return "undecidable: " + found + "; " + remedy(plan);
}

std::string plan_text(const PlannedTask& planned) {
  const PlanOptions& options = planned.options;
  const Plan& plan = planned.plan;
  return setting(options) + "\n" + decision_words(options, plan) + "\n\n" +
         row("change", "found", "half of them within", "nine in ten within") +
         row("stall", plan.stall, options) + row("fall as fast as it rose", plan.fall, options) +
         row("loss of " + number(options.loss) + " at once", plan.loss, options) +
         (plan.mastered_loss ? row("that of a mastered task", *plan.mastered_loss, options) : "") +
         row("beginning of growth", plan.progress, options) + "\n" + limits(planned) +
         "simulated runs with a false alarm before the change: " + share_words(plan.early_alarms) +
         "\n" + caveats(options);
}

std::string ladder_plan_text(const std::vector<PlannedTask>& planned) {
  std::size_t width = 4, decidable = 0;
  for (const PlannedTask& each : planned) {
    width = std::max(width, each.task.size());
    decidable += each.plan.decidable ? 1 : 0;
  }
  std::string out = ladder_row(
      {"task", "items", "floor", "target", "found", "half in", "9/10 in", "mastered"}, width, "");
  for (const PlannedTask& each : planned) {
    const PlanOptions& options = each.options;
    const Plan& plan = each.plan;
    const std::string mastered =
        plan.mastered_from ? decimals(*plan.mastered_from, 3) : std::string("never");
    out += ladder_row({each.task, std::to_string(options.items), two_digits(options.floor),
                       two_digits(options.target), two_digits(plan.stall.found),
                       short_delay(plan.stall.median), short_delay(plan.stall.p90), mastered},
                      width, plan.decidable ? "decidable" : "undecidable: " + remedy(plan));
  }
  return out + std::to_string(decidable) + " of " + std::to_string(planned.size()) +
         " tasks are decidable\n";
}

}  // namespace gradus
