#include "serve/ladder_page.h"

#include <string_view>

#include "describe/ladder_table.h"
#include "describe/words.h"
#include "report/svg.h"

namespace gradus {
namespace {

std::string cell(const std::string& text) { return "<td>" + text + "</td>"; }

template <typename Titled>
std::string title_of(const std::vector<Titled>& all, const std::string& name) {
  for (const Titled& each : all)
    if (each.name == name && !each.title.empty()) return markup_escaped(each.title);
  return markup_escaped(name);
}

std::string task_row(const TaskProgress& task, const Ladder& ladder) {
  const bool scored = task.step > 0;
  const std::string now = two_digits(task.score) + " [" + two_digits(task.now.lower) + ",&nbsp;" +
                          two_digits(task.now.upper) + "]";
  return "<tr>" + cell(title_of(ladder.tasks, task.task)) + cell(scored ? now : "") +
         cell(scored ? two_digits(task.exact) : "") + cell(two_digits(task.target)) +
         "<td title=\"" + verdict_meaning(task.verdict) + "\">" +
         std::string(verdict_name(task.verdict)) + "</td></tr>\n";
}

}  // namespace

std::string ladder_table_html(const RunView& view) {
  std::string html = "<p>" + markup_escaped(headline(view)) + "</p>\n";
  const auto report = view.slots.progress.get();
  if (!report || view.ladder == nullptr) return html;
  html +=
      "<table><tr><th>task</th><th>score, 95 %</th><th>exact</th><th>target</th>"
      "<th>verdict</th></tr>\n";
  std::string_view tier;
  for (const TaskProgress& task : report->tasks) {
    if (task.tier != tier)
      html += "<tr class=\"tier\"><th colspan=\"5\">" + title_of(view.ladder->tiers, task.tier) +
              "</th></tr>\n";
    html += task_row(task, *view.ladder);
    tier = task.tier;
  }
  return html + "</table>\n";
}

}  // namespace gradus
