#include "report/markdown_report.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.h"
#include "describe/error_rate_words.h"
#include "describe/evidence_words.h"
#include "describe/outlook_words.h"
#include "describe/sealed_words.h"
#include "describe/step_axis.h"
#include "describe/watch_words.h"
#include "describe/words.h"
#include "report/alarm_words.h"
#include "report/report_words.h"

namespace gradus {
namespace {

constexpr std::size_t kBlocks = 24;

/// What would end a cell or begin markup, taken out of its meaning.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : printable(text)) {
    if (c == '|' || c == '*' || c == '_' || c == '`' || c == '<' || c == '\\' || c == '[')
      out += '\\';
    out += c;
  }
  return out;
}

std::string row(const std::vector<std::string>& cells) {
  std::string out = "|";
  for (const std::string& cell : cells) out += " " + cell + " |";
  return out + "\n";
}

std::string number(const std::optional<Moment>& at, Step Moment::*clock) {
  return at ? with_thousands((*at).*clock) : "";
}

std::string ladder(const ReportData& data) {
  std::string out = "## Where each task stands\n\n" +
                    row({"tier", "task", "curve", "score", "95 % interval", "target", "exact",
                         "verdict", "bottleneck"}) +
                    "|---|---|---|--:|---|--:|--:|---|---|\n";
  for (const TaskStory& task : data.tasks) {
    const TaskProgress& now = task.now;
    const bool scored = now.items > 0;
    const FacetProgress* bottleneck = bottleneck_of(now);
    out += row({escaped(now.tier), escaped(now.task), block_curve(task.curve, kBlocks),
                scored ? two_digits(now.score) : "",
                scored && task.known.items
                    ? two_digits(now.now.lower) + " to " + two_digits(now.now.upper)
                    : "",
                two_digits(now.target), scored && task.known.exact ? two_digits(now.exact) : "",
                std::string(verdict_name(now.verdict)),
                bottleneck == nullptr
                    ? ""
                    : escaped(spoken(bottleneck->name)) + " " + two_digits(bottleneck->score)});
  }
  return out + "\n";
}

std::string order(const ReportData& data) {
  const auto order = learning_order(milestones_of(data));
  const std::string words = order_words(data, order);
  std::string out = "## What was learned, in which order\n\n";
  if (words.empty()) return out + "No task is halfway to its target yet.\n\n";
  const bool own = knows_own_steps(data);
  out += escaped(words) + "\n\n" +
         (own ? "After examples of all tasks, and after examples of the task's own:\n\n" +
                    row({"task", "half", "target", "mastered", "half (own)", "target (own)",
                         "mastered (own)", "so it was"}) +
                    "|---|--:|--:|--:|--:|--:|--:|---|\n"
              : row({"task", "half", "target", "mastered"}) + "|---|--:|--:|--:|\n");
  for (const OrderEntry& entry : order) {
    if (entry.lateness == Lateness::kNotReached) continue;
    const Milestones& at = data.tasks[entry.task].milestones;
    std::vector<std::string> cells = {escaped(data.tasks[entry.task].now.task)};
    for (const auto clock : {&Moment::step, &Moment::own_step})
      for (const auto& moment : {at.half, at.target, at.mastered})
        if (own || clock == &Moment::step) cells.push_back(number(moment, clock));
    if (own) cells.push_back(lateness_words(entry.lateness));
    out += row(cells);
  }
  return out + "\n";
}

std::string alarms(const TaskStory& task, std::span<const Annotation> annotations) {
  std::string out;
  for (const ExplainedAlarm& alarm : explained_alarms(task, annotations)) {
    out += "  - " + std::string(verdict_name(alarm.to)) + " at step " + with_thousands(alarm.step) +
           ": " + escaped(alarm.words) + ".";
    if (!alarm.stream.empty()) out += " The stream in that window: " + escaped(alarm.stream) + ".";
    if (!alarm.lost.empty()) out += " Lost: " + escaped(alarm.lost) + ".";
    out += "\n";
  }
  return out;
}

/// All that is said of a task, each sentence after a space; nothing of what there is nothing to
/// say.
std::string sentences(const TaskProgress& now) {
  std::string out;
  for (const std::string& each :
       {verdict_words(now), bottleneck_words(now), forecast_words(now), threshold_words(now),
        withdrawn_words(now), thin_words(now), sealed_words(now)})
    if (!each.empty()) out += " " + escaped(each);
  return out;
}

std::string evidence(const ReportData& data) {
  std::string out = "## Verdicts and their evidence\n\n";
  for (const TaskStory& task : data.tasks)
    out += "- **" + escaped(task.now.task) + "** " + std::string(verdict_name(task.now.verdict)) +
           "." + sentences(task.now) + "\n" + alarms(task, data.annotations);
  return out + "\n";
}

std::string calibration(const ForecastCalibration& calibration) {
  if (calibration.made == 0) return "";
  std::string out =
      "## Forecasts beside what happened\n\n" + calibration_words(calibration) +
      " Brier scores, 0 is perfect and 0.25 a coin:\n\n" +
      row({"doublings ahead", "resolved", "curve filter", "straight line", "stays as it is"}) +
      "|--:|--:|--:|--:|--:|\n";
  for (const HorizonCalibration& horizon : calibration.horizons) {
    std::vector<std::string> cells = {two_digits(horizon.doublings),
                                      with_thousands(horizon.resolved)};
    for (const ForecastScore& score : horizon.scores)
      cells.push_back(horizon.resolved > 0 ? two_digits(score.brier) : "");
    out += row(cells);
  }
  return out + "\n";
}

std::string events(const ReportData& data) {
  const auto all = report_events(data);
  if (all.empty()) return "";
  std::string out = "## Events\n\n" + row({"step", "task", "what", "evidence", "when"}) +
                    "|--:|---|---|---|---|\n";
  for (const ReportEvent& event : all) {
    std::string what = "attempt";
    if (event.kind == ReportEvent::Kind::kNote) what = "note";
    if (event.kind == ReportEvent::Kind::kFault) what = "fault";
    if (event.kind == ReportEvent::Kind::kVerdict) what = verdict_name(event.to);
    out += row({with_thousands(event.step), escaped(event.task), what, escaped(event.text),
                date_words(event.time)});
  }
  return out + "\n";
}

std::string facts(const char* title, const ReportFacts& facts) {
  std::string out = "## " + std::string(title) + "\n\n";
  for (const auto& [name, value] : facts)
    out += "- " + escaped(name) + ": " + escaped(value) + "\n";
  return out + "\n";
}

}  // namespace

std::string block_curve(std::span<const CurvePoint> curve, std::size_t characters) {
  constexpr std::array<const char*, 8> kBlock = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  if (curve.empty()) return "";
  const StepAxis axis(curve.front().step, curve.back().step);
  std::string out;
  std::size_t at = 0;
  for (std::size_t i = 0; i < characters; ++i) {
    const double edge = (static_cast<double>(i) + 1) / static_cast<double>(characters);
    while (at + 1 < curve.size() && axis.at(curve[at + 1].step) <= edge) ++at;
    const double score = std::clamp(curve[at].last, 0.0, 1.0);
    out += kBlock[static_cast<std::size_t>(std::lround(score * 7))];
  }
  return out;
}

std::string markdown_report(const ReportData& data) {
  std::string out = "# " + escaped(data.run) + "\n\n" + escaped(data.headline) + "\n\n" +
                    escaped(subject_words(data)) + "\n\n";
  for (const std::string& words : {data.error_budget, data.watch})
    if (!words.empty()) out += escaped(words) + "\n\n";
  if (!data.tasks.empty())
    out += ladder(data) + order(data) + evidence(data) + calibration(data.calibration);
  out += events(data);
  if (data.stream) out += facts("Stream", stream_facts(*data.stream));
  if (data.learner) out += facts("Learner", learner_facts(*data.learner));
  if (!data.origin.revision.empty())
    out += facts("Configuration as stated", data.origin.configuration) +
           facts("Build and seed", origin_facts(data.origin));
  out.pop_back();
  return out;
}

}  // namespace gradus
