#include "describe/error_rate_words.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <vector>

#include "describe/words.h"
#include "progress/profile.h"

namespace gradus {
namespace {

constexpr std::size_t kNamed = 3;

bool too_alike(const TaskProgress& task) {
  return task.autocorrelation && *task.autocorrelation > kMostAutocorrelation;
}

std::string limit() { return two_digits(kMostAutocorrelation); }

/// "a", "a and b", "a, b, c and 4 more".
std::string listed(const std::vector<std::string>& names) {
  const std::size_t named = std::min(names.size(), kNamed);
  std::string out = names.front();
  for (std::size_t i = 1; i < named; ++i)
    out += (i + 1 == names.size() ? " and " : ", ") + names[i];
  if (named < names.size()) out += " and " + std::to_string(names.size() - named) + " more";
  return out;
}

/// "5 %", "0.01 %".
std::string share(double part) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.3g %%", 100 * part);
  return text.data();
}

std::vector<std::string> withdrawn_tasks(const ProgressReport& report) {
  std::vector<std::string> names;
  for (const TaskProgress& task : report.tasks)
    if (too_alike(task)) names.push_back(task.task);
  return names;
}

/// Under strict only tasks whose scores are too alike have no claim.
bool is_practical(const ProgressReport& report) {
  return std::any_of(report.tasks.begin(), report.tasks.end(), [](const TaskProgress& task) {
    return !task.strict_claim && !too_alike(task);
  });
}

}  // namespace

std::string error_rate_words(const TaskProgress& task) {
  if (task.strict_claim)
    return task.autocorrelation ? "claimed: false alarms stay within the run's budget"
                                : "claimed: nothing alarms before the noise is known";
  if (too_alike(task))
    // Rounded upwards, so that what is above the limit never reads as equal to it.
    return "not claimed: neighbouring scores are too alike (autocorrelation " +
           two_digits(std::ceil(100 * *task.autocorrelation - 1e-9) / 100) + ", above " + limit() +
           ")";
  return "not claimed: the practical profile has no stated rate";
}

std::string withdrawn_words(const TaskProgress& task) {
  return too_alike(task) ? "Its rate of false alarms is " + error_rate_words(task) + "." : "";
}

std::string withdrawn_words(const ProgressReport& report) {
  const std::vector<std::string> names = withdrawn_tasks(report);
  if (names.empty()) return "";
  return "The rate of false alarms is not claimed for " + listed(names) +
         ": neighbouring scores are too alike (autocorrelation above " + limit() +
         "). Wider spaced probes help.";
}

std::string error_budget_words(const ProgressReport& report) {
  const std::size_t tasks = report.tasks.size();
  if (tasks == 0) return "";
  const std::string split =
      "split evenly over " + std::to_string(2 * tasks) +
      " detectors, of a stall and of a fall for " +
      (tasks == 1 ? "one task." : "each of " + std::to_string(tasks) + " tasks.");
  const std::string budget = share(report.false_alarms_per_run);
  if (is_practical(report))
    return "The practical profile states no rate of false alarms; its thresholds come from a "
           "budget of " +
           budget + " a run, " + split;
  const std::vector<std::string> withdrawn = withdrawn_tasks(report);
  return "At most " + budget + " of healthy runs have a false alarm: the budget is " + split +
         (withdrawn.empty() ? "" : " It is not claimed for " + listed(withdrawn) + ".");
}

}  // namespace gradus
