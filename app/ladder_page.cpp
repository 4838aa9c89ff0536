#include "app/ladder_page.h"

#include <string_view>

#include "app/ladder_table.h"
#include "app/words.h"

namespace gradus {
namespace {

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

std::string cell(const std::string& text) { return "<td>" + text + "</td>"; }

std::string task_row(const TaskProgress& task, std::string_view tier) {
  const bool scored = task.step > 0;
  const std::string now = two_digits(task.score) + " [" + two_digits(task.now.lower) + ", " +
                          two_digits(task.now.upper) + "]";
  return "<tr>" + cell(task.tier == tier ? "" : escaped(task.tier)) + cell(escaped(task.task)) +
         cell(scored ? now : "") + cell(scored ? two_digits(task.exact) : "") +
         cell(two_digits(task.target)) + "<td title=\"" + verdict_meaning(task.verdict) + "\">" +
         std::string(verdict_name(task.verdict)) + "</td></tr>\n";
}

}  // namespace

std::string ladder_table_html(const RunView& view) {
  std::string html = "<p>" + escaped(headline(view)) + "</p>\n";
  const auto report = view.slots.progress.get();
  if (!report) return html;
  html +=
      "<table><tr><th>tier</th><th>task</th><th>score, 95 %</th><th>exact</th><th>target</th>"
      "<th>verdict</th></tr>\n";
  std::string_view tier;
  for (const TaskProgress& task : report->tasks) {
    html += task_row(task, tier);
    tier = task.tier;
  }
  return html + "</table>\n";
}

}  // namespace gradus
