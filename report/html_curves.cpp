#include <array>

#include "describe/error_rate_words.h"
#include "describe/evidence_words.h"
#include "describe/outlook_words.h"
#include "describe/sealed_words.h"
#include "describe/watch_words.h"
#include "describe/words.h"
#include "report/alarm_words.h"
#include "report/curve_chart.h"
#include "report/html_sections.h"
#include "report/svg.h"

namespace gradus {
namespace {

constexpr std::string_view kCurveMarks =
    R"(<li><svg viewBox="0 0 34 16"><rect class="interval" y="2" width="34" height="12"/><line class="score" y1="8" y2="8" x2="34"/></svg>score with its 95 % interval</li>
<li><svg viewBox="0 0 34 16"><rect class="extremes" y="4" width="34" height="8"/></svg>lowest and highest</li>
<li><svg viewBox="0 0 34 16"><line class="exact" y1="8" y2="8" x2="34"/></svg>exact match</li>
<li><svg viewBox="0 0 34 16"><line class="target" y1="8" y2="8" x2="34"/></svg>target</li>
<li><svg viewBox="0 0 34 16"><line class="floor" y1="8" y2="8" x2="34"/></svg>floor: the form of the answers only</li>
<li><svg viewBox="0 0 34 16"><line class="chance" y1="8" y2="8" x2="34"/></svg>chance</li>
)";

std::string curve_legend() {
  std::string entries(kCurveMarks);
  for (int i = 0; i < kVerdictCount; ++i)
    entries += "<li>" + verdict_chip(static_cast<Verdict>(i)) + "</li>\n";
  return legend(entries);
}

std::string facets(const TaskProgress& task) {
  if (task.facets.empty()) return "";
  std::string out = "<ul class=\"facets\">";
  for (const FacetProgress& facet : task.facets)
    out += std::string(facet.name == task.bottleneck && facet.score < task.target
                           ? "<li class=\"low\">"
                           : "<li>") +
           markup_escaped(spoken(facet.name)) +
           " <span class=\"bar\"><i style=\"width:" + coordinate(100 * facet.score) +
           "%\"></i></span>" + two_digits(facet.score) + "</li>";
  return out + "</ul>\n";
}

std::string mistakes(const TaskStory& task) {
  if (task.mistakes.empty()) return "";
  std::string out = "<p class=\"soft\">Still wrong, for example: ";
  for (std::size_t i = 0; i < task.mistakes.size(); ++i) {
    const Mistake& each = task.mistakes[i];
    out += std::string(i == 0 ? "" : "; ") + "<span class=\"code\">" +
           markup_escaped(each.question + each.answer) + "</span>";
    if (!each.given.empty())
      out += ", answered <span class=\"code\">" + markup_escaped(each.given) + "</span>";
  }
  return out + ".</p>\n";
}

std::string alarms(const TaskStory& task, std::span<const Annotation> annotations) {
  const auto explained = explained_alarms(task, annotations);
  if (explained.empty()) return "";
  std::string out = "<ul class=\"alarms\">";
  for (const ExplainedAlarm& alarm : explained) {
    out += "<li>" + verdict_chip(alarm.to) + " at step " + with_thousands(alarm.step) + ": " +
           markup_escaped(alarm.words) + ".";
    if (!alarm.stream.empty())
      out += " <span class=\"soft\">The stream in that window: " + markup_escaped(alarm.stream) +
             ".</span>";
    if (!alarm.lost.empty())
      out += " <span class=\"soft\">Lost: <span class=\"code\">" + markup_escaped(alarm.lost) +
             "</span>.</span>";
    out += "</li>";
  }
  return out + "</ul>\n";
}

std::string card(const TaskStory& task, std::span<const Annotation> annotations) {
  const TaskProgress& now = task.now;
  std::string out = "<article class=\"card\" id=\"" + markup_escaped(now.task) + "\"><header><h4>" +
                    markup_escaped(task.title) +
                    (task.title == now.task
                         ? ""
                         : " <span class=\"soft code\">" + markup_escaped(now.task) + "</span>") +
                    "</h4><span class=\"now\">";
  if (now.items > 0)
    out += score_words(task) +
           (task.known.exact ? ", exact " + two_digits(now.exact) : std::string()) + " &nbsp; ";
  out += verdict_chip(now.verdict) + "</span></header>\n";
  if (!task.curve.empty())
    out += "<div class=\"pair\">" + curve_chart(task, LearningClock::kAllExamples, annotations) +
           "\n" +
           (task.known.own_steps ? curve_chart(task, LearningClock::kOwnExamples, annotations)
                                 : std::string()) +
           "</div>\n";
  out += "<p>" + markup_escaped(verdict_words(now)) + " " + markup_escaped(bottleneck_words(now)) +
         " " + markup_escaped(withdrawn_words(now)) + " " + markup_escaped(thin_words(now)) + " " +
         markup_escaped(sealed_words(now)) + " " + markup_escaped(forecast_words(now)) +
         "</p>\n<p>" + markup_escaped(threshold_words(now)) + "</p>\n";
  return out + alarms(task, annotations) + facets(now) + mistakes(task) + "</article>\n";
}

}  // namespace

std::string legend(const std::string& entries) {
  return "<ul class=\"legend\">\n" + entries + "</ul>\n";
}

std::string verdict_chip(Verdict verdict) {
  constexpr std::array<std::string_view, kVerdictCount> kShapes = {
      "M1,5a4,4 0 1,0 8,0a4,4 0 1,0 -8,0zM2.4,5a2.6,2.6 0 1,1 5.2,0a2.6,2.6 0 1,1 -5.2,0z",
      "M5,0.5l4.6,8h-9.2z", "M1,1h8v8h-8z", "M5,9.5l4.6,-8h-9.2z",
      "M0.5,5.4l1.4,-1.4l2.1,2.1l4.1,-5l1.5,1.2l-5.5,6.8z"};
  const std::string name(verdict_name(verdict));
  return "<span class=\"chip " + name + "\" title=\"" + markup_escaped(verdict_meaning(verdict)) +
         "\"><svg viewBox=\"0 0 10 10\" aria-hidden=\"true\"><path d=\"" +
         std::string(kShapes[static_cast<std::size_t>(verdict)]) + "\"/></svg>" + name + "</span>";
}

std::string score_words(const TaskStory& task) {
  const std::string score = two_digits(task.now.score);
  if (!task.known.items) return score;
  return score + " [" + two_digits(task.now.now.lower) + ", " + two_digits(task.now.now.upper) +
         "]";
}

std::string html_curves(const ReportData& data) {
  std::string out = "<h2>The curves</h2>\n<p>";
  out += knows_own_steps(data) ? "On the left against all examples, on the right against the "
                                 "task's own. Both axes are logarithmic: every"
                               : "The axis of the steps is logarithmic: every";
  out += " doubling is as wide as any other. Symbols mark changes of the verdict";
  out += data.annotations.empty()
             ? ".</p>\n"
             : "; numbered lines mark what was declared (see the events).</p>\n";
  out += curve_legend();
  for (const TierStory& tier : data.tiers) {
    out += "<h3>" + markup_escaped(tier.title) + " " + verdict_chip(tier.now.verdict) + "</h3>\n";
    for (const TaskStory& task : data.tasks)
      if (task.now.tier == tier.now.tier) out += card(task, data.annotations);
  }
  return out;
}

}  // namespace gradus
