#include "describe/watch_words.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "describe/words.h"

namespace gradus {
namespace {

constexpr double kFewestPerDoubling = 20;  // docs/statistics.md, "What is not claimed"
constexpr std::size_t kWatchNamed = 3;

/// Two digits of a step: more would promise more than is known.
std::string about(Step step) {
  Step unit = 1;
  while (step / unit >= 100) unit *= 10;
  return with_thousands((step + unit / 2) / unit * unit);
}

std::string rate_words(const Watch& watch) {
  return watch.per_doubling
             ? with_thousands(static_cast<std::uint64_t>(std::llround(*watch.per_doubling))) +
                   " probes a doubling"
             : "";
}

bool is_thin(const Watch& watch) {
  // What the schedule plans as 20 may come a little below.
  return watch.per_doubling && std::round(*watch.per_doubling) < kFewestPerDoubling - 1;
}

std::string unarmed_names(const ProgressReport& report) {
  std::vector<std::string> names;
  for (const TaskProgress& task : report.tasks)
    if (!task.watch.armed()) names.push_back(task.task);
  std::string out = names.front();
  const std::size_t named = std::min(names.size(), kWatchNamed);
  for (std::size_t i = 1; i < named; ++i)
    out += (i + 1 == names.size() ? " and " : ", ") + names[i];
  if (named < names.size()) out += " and " + std::to_string(names.size() - named) + " more";
  return out + (names.size() == 1 ? " waits" : " wait");
}

}  // namespace

std::string watch_words(const Watch& watch, Step now) {
  if (!watch.armed()) {
    std::string out = "not armed: " + with_thousands(watch.probes) + " of " +
                      std::to_string(watch.probes_needed) + " probes";
    if (const auto from = watch.armed_from(now)) out += "; armed from about step " + about(*from);
    return out;
  }
  if (is_thin(watch)) return "armed, but " + rate_words(watch) + " miss most stalls: 20 are needed";
  return watch.per_doubling ? "armed, " + rate_words(watch) : "armed";
}

std::string thin_words(const TaskProgress& task) {
  const bool rests = task.verdict == Verdict::kDormant || task.verdict == Verdict::kMastered;
  if (task.items == 0 || (task.watch.armed() && (rests || !is_thin(task.watch)))) return "";
  return "Its alarms are " + watch_words(task.watch, task.step) + ".";
}

std::string watch_words(const ProgressReport& report) {
  if (report.tasks.empty()) return "";
  const auto armed = static_cast<std::size_t>(
      std::count_if(report.tasks.begin(), report.tasks.end(),
                    [](const TaskProgress& task) { return task.watch.armed(); }));
  const std::size_t all = report.tasks.size();
  if (armed == all) return "Alarms are armed for every task.";
  return "Alarms are armed for " + std::to_string(armed) + " of " + std::to_string(all) +
         " tasks; " + unarmed_names(report) + " for enough probes.";
}

std::string probing_words(const ProbingFigures& probing) {
  std::string out;
  if (probing.cpu_share)
    out =
        "Probes took " + percent(*probing.cpu_share) + " of the CPU time of learning and probing. ";
  if (probing.waits)
    return out + "The learner waited for them, so the same stream gives the same verdicts.";
  if (probing.snapshots_missed > 0)
    out += with_thousands(probing.snapshots_missed) +
           (probing.snapshots_missed == 1 ? " snapshot was" : " snapshots were") +
           " missed, since a live stream waits for no probe. ";
  if (!out.empty()) out.pop_back();
  return out;
}

}  // namespace gradus
