#include "judge/judge_words.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "describe/error_rate_words.h"
#include "describe/evidence_words.h"
#include "describe/outlook_words.h"
#include "describe/task_json.h"
#include "describe/words.h"
#include "report/json_report.h"
#include "report/markdown_report.h"

namespace gradus {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kNamed = 3;
constexpr std::size_t kDrawn = 24;

std::string line(const Json& json) {
  return printable_json(json.dump(-1, ' ', false, Json::error_handler_t::replace)) + "\n";
}

/// "2 stalled (add3, mul)"; those that ask for attention by name.
std::string of_verdict(const ProgressReport& report, Verdict verdict) {
  std::size_t count = 0;
  std::string names;
  for (const TaskProgress& task : report.tasks)
    if (task.verdict == verdict && count++ < kNamed)
      names += (names.empty() ? "" : ", ") + task.task;
  if (count == 0) return "";
  const std::string said = std::to_string(count) + " " + std::string(verdict_name(verdict));
  if (verdict != Verdict::kStalled && verdict != Verdict::kRegressing) return said;
  return said + " (" + names + (count > kNamed ? ", ..." : "") + ")";
}

/// Which of the curves that are not there yet comes next, where that can be told; else empty.
std::string foretold(const ProgressReport& report) {
  const TaskProgress* next = nullptr;
  for (const TaskProgress& task : report.tasks)
    if (is_foretold(task) && (next == nullptr || task.forecast->examples_to_target->p50 <
                                                     next->forecast->examples_to_target->p50))
      next = &task;
  if (next == nullptr) return "";
  return " Next is " + next->task + ": " + short_forecast_words(*next) + ".";
}

std::string padded(std::string text, std::size_t width) {
  // Names may be of any alphabet; a code point counts as one column.
  const auto columns = static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
  return columns < width ? text + std::string(width - columns, ' ') : text;
}

}  // namespace

std::string judged_headline(const ProgressReport& report) {
  std::vector<std::string> parts;
  for (const Verdict verdict : {Verdict::kMastered, Verdict::kLearning, Verdict::kStalled,
                                Verdict::kRegressing, Verdict::kDormant})
    if (std::string part = of_verdict(report, verdict); !part.empty())
      parts.push_back(std::move(part));
  const std::size_t all = report.tasks.size();
  std::string out = all == 1 ? "The one curve: " : "Of " + std::to_string(all) + " curves: ";
  for (std::size_t i = 0; i < parts.size(); ++i)
    out += (i == 0 ? "" : i + 1 == parts.size() ? " and " : ", ") + parts[i];
  const std::string withdrawn = withdrawn_words(report);
  return out + "." + foretold(report) + (withdrawn.empty() ? "" : " " + withdrawn);
}

std::string change_line(const ReportData& data, const JudgedChange& judged) {
  const TaskStory& task = data.tasks[judged.task];
  const Json change = change_json(judged.change);
  return line({{"task", task.now.task},
               {"tier", task.now.tier},
               {"step", judged.change.step},
               {"verdict", change.at("to")},
               {"from", change.at("from")},
               {"score", change.at("score")},
               {"evidence", change.at("evidence")},
               {"window_from_step", change.at("window_from_step")},
               {"slope_before", change.at("slope_before")},
               {"slope_now", change.at("slope_now")},
               {"words", change_words(judged.change, task.now.target)}});
}

std::string summary_line(const TaskStory& task, std::size_t scores) {
  Json out = {{"summary", true}};
  out.update(known_task_json(task));
  out["scores"] = scores;
  out["words"] = verdict_words(task.now);
  return line(out);
}

std::string judged_table(const ReportData& data) {
  std::size_t width = 4;
  for (const TaskStory& task : data.tasks)
    width = std::max(width, std::min<std::size_t>(40, task.now.task.size()));
  std::string out;
  for (const TaskStory& task : data.tasks) {
    const TaskProgress& now = task.now;
    out += padded(now.task, width) + "  " + block_curve(task.curve, kDrawn) + "  " +
           two_digits(now.score) + " of " + two_digits(now.target) + "  " +
           std::string(verdict_name(now.verdict));
    if (now.since_step > 0) out += " since " + with_thousands(now.since_step);
    if (now.last_change) out += left_words(*now.last_change);
    if (is_foretold(now)) out += "; " + short_forecast_words(now);
    out += "\n";
  }
  return out + data.headline + "\n";
}

}  // namespace gradus
