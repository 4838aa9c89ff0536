#include "report/html_report.h"

#include <algorithm>
#include <string_view>

#include "describe/words.h"
#include "report/html_sections.h"
#include "report/report_words.h"
#include "report/svg.h"

namespace gradus {
namespace {

std::string tile(const std::string& figure, std::string_view what) {
  return "<div class=\"tile\"><b>" + markup_escaped(figure) + "</b><span>" + std::string(what) +
         "</span></div>\n";
}

std::string tiles(const ReportData& data) {
  std::string out = "<div class=\"tiles\">\n" + tile(with_thousands(data.step), "examples learned");
  if (!data.tasks.empty()) {
    const auto mastered =
        std::count_if(data.tasks.begin(), data.tasks.end(),
                      [](const TaskStory& task) { return task.now.verdict == Verdict::kMastered; });
    out += tile(std::to_string(mastered) + " of " + std::to_string(data.tasks.size()),
                "tasks mastered");
  }
  if (data.learner && data.learner->examples > 0)
    out += tile(percent(static_cast<double>(data.learner->correct) /
                        static_cast<double>(data.learner->examples)),
                "answered right before learning");
  if (data.learner && data.learner->parameters > 0)
    out += tile(with_thousands(data.learner->parameters), "weights");
  if (data.stream && data.stream->examples_per_second)
    out += tile(with_thousands(static_cast<std::uint64_t>(*data.stream->examples_per_second)),
                "examples a second at the end");
  return out + "</div>\n";
}

std::string head(const ReportData& data) {
  std::string out =
      "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n<title>" +
      markup_escaped(data.run) + " - what was learned</title>\n<style>";
  out += html_style();
  return out + "</style></head>\n<body><main>\n";
}

std::string meta(const std::string& words) {
  return words.empty() ? "" : "<p class=\"meta\">" + markup_escaped(words) + "</p>\n";
}

std::string opening(const ReportData& data) {
  return "<p class=\"eyebrow\">Gradus learning report</p>\n<h1>" + markup_escaped(data.run) +
         "</h1>\n<p class=\"lead\">" + markup_escaped(data.headline) + "</p>\n<p class=\"meta\">" +
         markup_escaped(subject_words(data)) + "</p>\n" + tiles(data) + meta(data.error_budget) +
         meta(data.watch);
}

constexpr std::string_view kReading = R"(<h2>How to read this</h2>
<p><b>Score.</b> The mean over a task's held-out items of q, the probability that the model gives to the right answer. The items never
occur in the stream. <b>Exact match</b> is the share of items answered right; it moves later and jumps more.</p>
<p><b>Interval.</b> 95 % for one look at the newest score: how far other items would have moved it. It does not shrink with more probes.</p>
<p><b>Floor.</b> The score of a model that knows the form of the answers and nothing else. Below it a curve shows format, not skill.</p>
<p><b>Verdicts</b> come from sequential tests of the whole curve with a stated rate of false alarms for the whole run; evidence is in
nats, and a verdict changes where it reaches its threshold. <i>Stalled</i> means slower than half of the recent rate and too slow for the target within two
doublings; a skill that saturates below its target is stalled too.</p>
<p><b>Forecasts</b> say how many more examples the target takes, with an interval that should hold in 80 of 100 cases, and the chance that it is
ever reached. <b>Thresholds</b>: J is the largest share of the rise within eight probes, H the share that was done when exact match first moved.</p>
<p><b>Two clocks.</b> A task that comes late on the clock of all examples, and not on its own, was merely rare in the stream.</p>
)";

constexpr std::string_view kReadingJudged = R"(<h2>How to read this</h2>
<p><b>Score.</b> What the file says of a task at a step, from 0 to 1; higher is better.</p>
<p><b>Interval.</b> 95 % for one look, where the number of items is known: how far other items would have moved the score, at most. It
does not shrink with more scores.</p>
<p><b>Verdicts</b> come from sequential tests of the whole curve with a stated rate of false alarms for all curves together; evidence is in
nats, and a verdict changes where it reaches its threshold. <i>Stalled</i> means slower than half of the recent rate and too slow for the target within two
doublings; a skill that saturates below its target is stalled too. Rates are per doubling of the steps.</p>
)";

}  // namespace

std::string html_report(const ReportData& data) {
  std::string out = head(data) + opening(data);
  if (!data.tasks.empty())
    out += html_ladder(data) + html_order(data) + html_curves(data) +
           html_calibration(data.calibration);
  out += html_events(data) + html_facts(data);
  if (!data.tasks.empty()) out += knows_own_steps(data) ? kReading : kReadingJudged;
  return out + "<footer>Made by gradus " + markup_escaped(data.origin.version) + " from " +
         markup_escaped(data.source) + ".</footer>\n</main></body></html>\n";
}

}  // namespace gradus
