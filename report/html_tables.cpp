#include <algorithm>
#include <cmath>

#include "describe/evidence_words.h"
#include "describe/words.h"
#include "report/curve_chart.h"
#include "report/html_sections.h"
#include "report/order_chart.h"
#include "report/report_words.h"
#include "report/svg.h"

namespace gradus {
namespace {

std::string cell(const std::string& text, std::string_view style = "") {
  return (style.empty() ? "<td>" : "<td class=\"" + std::string(style) + "\">") + text + "</td>";
}

std::string number(const std::optional<Step>& step) {
  return cell(step ? with_thousands(*step) : "", "n");
}

std::string score_bar(const TaskStory& story) {
  const TaskProgress& task = story.now;
  const double low = std::clamp(task.now.lower, 0.0, 1.0),
               high = std::clamp(task.now.upper, 0.0, 1.0);
  return "<div class=\"bar\"><i style=\"width:" + coordinate(100 * task.score) + "%\"></i>" +
         (story.known.items ? "<u style=\"left:" + coordinate(100 * low) +
                                  "%;width:" + coordinate(100 * (high - low)) + "%\"></u>"
                            : "") +
         "<b style=\"left:" + coordinate(100 * task.target) + "%\"></b></div>";
}

std::string ladder_row(const TaskStory& task) {
  const TaskProgress& now = task.now;
  const bool scored = now.items > 0;
  const FacetProgress* bottleneck = bottleneck_of(now);
  return "<tr>" +
         cell("<a href=\"#" + markup_escaped(now.task) + "\">" + markup_escaped(now.task) +
              "</a>") +
         cell(task.title == now.task ? "" : markup_escaped(task.title), "title") +
         cell(verdict_chip(now.verdict), "w") + cell(scored ? score_bar(task) : "") +
         cell(scored ? score_words(task) : "", "n") +
         cell(scored && task.known.exact ? two_digits(now.exact) : "", "n") +
         cell(bottleneck != nullptr
                  ? markup_escaped(spoken(bottleneck->name)) + " " + two_digits(bottleneck->score)
                  : "") +
         "</tr>\n";
}

std::string doublings_words(double value) {
  const double shown = std::abs(value) < 0.005 ? 0 : value;
  return (shown > 0 ? "+" : "") + two_digits(shown);
}

std::string order_row(const TaskStory& task, const OrderEntry& entry) {
  const auto all = [](const std::optional<Moment>& at) {
    return number(at ? std::optional(at->step) : std::nullopt);
  };
  const auto own = [](const std::optional<Moment>& at) {
    return number(at ? std::optional(at->own_step) : std::nullopt);
  };
  const Milestones& at = task.milestones;
  const std::string row = "<tr>" + cell(markup_escaped(task.now.task)) + all(at.half) +
                          all(at.target) + all(at.mastered);
  if (!task.known.own_steps)
    return row + cell(doublings_words(entry.doublings_later), "n") + "</tr>\n";
  return row + own(at.half) + own(at.target) + own(at.mastered) +
         cell(doublings_words(entry.doublings_later), "n") +
         cell(doublings_words(entry.own_doublings_later), "n") +
         cell(lateness_words(entry.lateness), "w") + "</tr>\n";
}

std::string order_rows(const ReportData& data, const std::vector<OrderEntry>& order) {
  std::string rows;
  for (const OrderEntry& entry : order)
    if (entry.lateness != Lateness::kNotReached) rows += order_row(data.tasks[entry.task], entry);
  return rows;
}

/// Of curves that have no clock of their own.
std::string order_on_one_clock(const ReportData& data, const std::vector<OrderEntry>& order) {
  std::string out = "<div class=\"pair\">" +
                    order_chart(data.tasks, order, LearningClock::kAllExamples) +
                    "<div class=\"scroll\"><table><thead><tr><th>task</th><th class=\"n\">half</th>"
                    "<th class=\"n\">target</th><th class=\"n\">mastered</th>"
                    "<th class=\"n\">doublings later</th></tr></thead><tbody>\n";
  return out + order_rows(data, order) + "</tbody></table></div></div>\n";
}

std::string facts_list(const ReportFacts& facts) {
  std::string out = "<dl>";
  for (const auto& [name, value] : facts)
    out += "<dt>" + markup_escaped(name) + "</dt><dd>" + markup_escaped(value) + "</dd>";
  return out + "</dl>\n";
}

constexpr std::string_view kOrderMarks =
    R"(<li><svg viewBox="0 0 20 12" class="learning mark"><path class="open" d="M6,6a4,4 0 1,0 8,0a4,4 0 1,0 -8,0z"/></svg>halfway from floor to target</li>
<li><svg viewBox="0 0 20 12" class="learning mark"><path class="full" d="M6,6a4,4 0 1,0 8,0a4,4 0 1,0 -8,0z"/></svg>at target</li>
)";

std::string order_legend() {
  return legend(
      std::string(kOrderMarks) + "<li><svg viewBox=\"0 0 20 12\" class=\"mastered mark\">" +
      verdict_symbol(Verdict::kMastered, 10, 6) + "</svg>mastered: surely at target</li>\n");
}

}  // namespace

std::string html_ladder(const ReportData& data) {
  std::string out =
      "<h2>Where each task stands</h2>\n<div class=\"scroll\"><table><thead><tr><th>task</th>"
      "<th class=\"title\"></th><th>verdict</th><th>score, target</th>"
      "<th class=\"n\">95 % interval</th><th class=\"n\">exact</th><th>bottleneck</th></tr></thead>"
      "<tbody>\n";
  for (const TierStory& tier : data.tiers) {
    out += "<tr class=\"tier\"><td>" + markup_escaped(tier.title) +
           "</td><td class=\"title\"></td><td colspan=\"5\">" + verdict_chip(tier.now.verdict) +
           "</td></tr>\n";
    for (const TaskStory& task : data.tasks)
      if (task.now.tier == tier.now.tier) out += ladder_row(task);
  }
  return out + "</tbody></table></div>\n";
}

std::string html_order(const ReportData& data) {
  const std::vector<OrderEntry> order = learning_order(milestones_of(data));
  const std::string words = order_words(data, order);
  std::string out = "<h2>What was learned, in which order</h2>\n";
  if (words.empty()) return out + "<p>No task is halfway to its target yet.</p>\n";
  out += "<p>" + markup_escaped(words) + "</p>\n" + order_legend();
  if (!knows_own_steps(data)) return out + order_on_one_clock(data, order);
  out += "<div class=\"pair\">" + order_chart(data.tasks, order, LearningClock::kAllExamples) +
         "\n" + order_chart(data.tasks, order, LearningClock::kOwnExamples) + "</div>\n";
  out +=
      "<div class=\"scroll\"><table><thead><tr><th></th><th colspan=\"3\" class=\"n\">after "
      "examples of all tasks</th><th colspan=\"3\" class=\"n\">after examples of its own</th>"
      "<th colspan=\"2\" class=\"n\">doublings later</th><th></th></tr>\n<tr><th>task</th>"
      "<th class=\"n\">half</th><th class=\"n\">target</th><th class=\"n\">mastered</th>"
      "<th class=\"n\">half</th><th class=\"n\">target</th><th class=\"n\">mastered</th>"
      "<th class=\"n\">of all</th><th class=\"n\">of its own</th><th>so it was</th></tr></thead>"
      "<tbody>\n";
  return out + order_rows(data, order) + "</tbody></table></div>\n";
}

std::string html_events(const ReportData& data) {
  const std::vector<ReportEvent> events = report_events(data);
  if (events.empty()) return "";
  std::string out =
      "<h2>Events</h2>\n<div class=\"scroll\"><table><thead><tr><th "
      "class=\"n\">step</th><th>task</th>"
      "<th>what</th><th>evidence</th><th>when</th></tr></thead><tbody>\n";
  std::size_t notes = 0;
  for (const ReportEvent& event : events) {
    const bool verdict = event.kind == ReportEvent::Kind::kVerdict;
    std::string what = verdict ? verdict_chip(event.to) : std::string("attempt");
    if (event.kind == ReportEvent::Kind::kNote || event.kind == ReportEvent::Kind::kFault)
      what = (event.kind == ReportEvent::Kind::kNote ? "<b>note " : "<b class=\"fault\">fault ") +
             std::to_string(++notes) + "</b>";
    out += "<tr>" + cell(with_thousands(event.step), "n") + cell(markup_escaped(event.task)) +
           cell(what, "w") + cell(markup_escaped(event.text)) + cell(date_words(event.time), "w") +
           "</tr>\n";
  }
  return out + "</tbody></table></div>\n";
}

std::string html_facts(const ReportData& data) {
  std::string out;
  if (data.stream || data.learner) {
    out += "<h2>Stream and learner</h2>\n<div class=\"pair\">";
    if (data.stream)
      out += "<div><h4>Stream</h4>" + facts_list(stream_facts(*data.stream)) + "</div>";
    if (data.learner)
      out += "<div><h4>Learner</h4>" + facts_list(learner_facts(*data.learner)) + "</div>";
    out += "</div>\n";
  }
  if (data.origin.revision.empty()) return out;
  out += "<h2>How it was run</h2>\n<div class=\"pair\"><div><h4>Configuration as stated</h4>" +
         facts_list(data.origin.configuration) + "</div><div><h4>Build and seed</h4>" +
         facts_list(origin_facts(data.origin)) + "</div></div>\n";
  return out;
}

}  // namespace gradus
