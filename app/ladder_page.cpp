#include "app/ladder_page.h"

#include <string_view>

#include "app/ladder_table.h"
#include "app/words.h"

namespace gradus {
namespace {

constexpr std::string_view kHead = R"(<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta http-equiv="refresh" content="2">
<title>Gradus</title><style>
:root{color-scheme:light dark;--line:#8883;--bar:#2f6db5;--target:#c2571a}
body{font:15px/1.45 system-ui,sans-serif;margin:0 auto;max-width:62rem;padding:1.2rem}
h1{font-size:1.25rem;margin:.2rem 0}p{margin:.4rem 0 1rem}table{border-collapse:collapse;width:100%}
th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid var(--line)}
td.n{font-variant-numeric:tabular-nums;white-space:nowrap}.t{position:relative;background:var(--line);height:.7rem;min-width:8rem}
.t i{position:absolute;inset:0 auto 0 0;background:var(--bar)}.t b{position:absolute;top:-.15rem;bottom:-.15rem;width:2px;background:var(--target)}
small{opacity:.75}</style></head><body>
)";

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '&')
      out += "&amp;";
    else if (c == '"')
      out += "&quot;";
    else
      out += c;
  }
  return out;
}

std::string task_row(const TaskProgress& task, bool first_of_tier) {
  const std::string width = std::to_string(100 * task.score);
  return "<tr><td>" + (first_of_tier ? escaped(task.tier) : std::string()) + "</td><td>" +
         escaped(task.task) + "</td><td><div class=\"t\"><i style=\"width:" + width +
         "%\"></i><b style=\"left:" + std::to_string(100 * task.target) +
         "%\"></b></div></td><td class=\"n\">" + two_digits(task.score) + " [" +
         two_digits(task.now.lower) + ", " + two_digits(task.now.upper) + "]</td><td class=\"n\">" +
         two_digits(task.exact) + "</td><td title=\"" + verdict_meaning(task.verdict) + "\">" +
         std::string(verdict_name(task.verdict)) + "</td></tr>\n";
}

}  // namespace

std::string ladder_page(const RunView& view) {
  std::string page(kHead);
  const auto report = view.slots.progress.get();
  const double seconds = unix_seconds(view.clock.now()) - unix_seconds(view.facts.start);
  const auto learner = view.slots.learner.get();
  const double rate =
      learner && seconds > 0 ? static_cast<double>(learner->attempt_sums.examples) / seconds : 0;
  page += "<h1>" + escaped(view.facts.run) + "</h1><p>" +
          escaped(report ? headline(*report)
                         : "This run learns without a ladder: /metrics has its figures.") +
          "<br><small>" + escaped(status_line(view, rate, seconds)) + "</small></p>";
  if (report) {
    page +=
        "<table><tr><th>tier</th><th>task</th><th>score and target</th><th>now, 95 "
        "%</th><th>exact</th><th>verdict</th></tr>\n";
    std::string_view tier;
    for (const TaskProgress& task : report->tasks) {
      page += task_row(task, task.tier != tier);
      tier = task.tier;
    }
    page += "</table>";
  }
  return page +
         "<p><small><a href=\"/api/v1/progress\">progress as JSON</a> · <a "
         "href=\"/metrics\">metrics</a></small></p></body></html>\n";
}

}  // namespace gradus
