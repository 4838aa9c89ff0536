#include "describe/words.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "progress/report_tiers.h"

namespace gradus {
namespace {

std::string capital(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z')
    text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

/// Tasks of one tier with one verdict.
std::size_t count(const ProgressReport& report, const std::string& tier, Verdict verdict) {
  std::size_t found = 0;
  for (const TaskProgress& task : report.tasks)
    found += task.tier == tier && task.verdict == verdict;
  return found;
}

std::size_t tasks_of(const ProgressReport& report, const std::string& tier) {
  std::size_t found = 0;
  for (const TaskProgress& task : report.tasks) found += task.tier == tier;
  return found;
}

/// The task of a tier to speak of: the best score among those that gave the tier its verdict.
const TaskProgress* frontier_task(const ProgressReport& report, const TierProgress& tier) {
  const TaskProgress* best = nullptr;
  for (const TaskProgress& task : report.tasks)
    if (task.tier == tier.tier && task.verdict == tier.verdict &&
        (best == nullptr || task.score > best->score))
      best = &task;
  return best;
}

/// "High school"; "High tier" where the tier has no title.
std::string tier_words(const std::string& name, const Ladder* ladder) {
  if (ladder != nullptr)
    for (const Tier& tier : ladder->tiers)
      if (tier.name == name && tier.title != name && !tier.title.empty()) return tier.title;
  return capital(name) + " tier";
}

/// The title in quotes, or the name.
std::string task_words(const std::string& name, const Ladder* ladder) {
  const auto found = ladder == nullptr ? std::nullopt : ladder->find(name);
  if (!found) return name;
  const std::string& title = ladder->tasks[*found].title;
  return title.empty() || title == name ? name : "\"" + title + "\"";
}

std::string describe(const TaskProgress& task, const Ladder* ladder) {
  std::string out = task_words(task.task, ladder) + " at " + two_digits(task.score) + " [" +
                    two_digits(task.now.lower) + ", " + two_digits(task.now.upper) + "]";
  for (const FacetProgress& facet : task.facets)
    if (facet.name == task.bottleneck && facet.score + 0.15 < task.score)
      out += ", its " + spoken(facet.name) + " still at " + two_digits(facet.score);
  return out;
}

}  // namespace

std::string with_thousands(std::uint64_t value) {
  std::string digits = std::to_string(value);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits;
}

std::string short_duration(double seconds) {
  const auto whole = static_cast<std::uint64_t>(std::llround(std::max(0.0, seconds)));
  if (whole < 60) return std::to_string(whole) + " s";
  if (whole < 3600) return std::to_string(whole / 60) + " min " + std::to_string(whole % 60) + " s";
  return std::to_string(whole / 3600) + " h " + std::to_string(whole % 3600 / 60) + " min";
}

std::string two_digits(double score) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.2f", score);
  const std::string_view digits = text.data();
  return std::string(digits == "-0.00" ? digits.substr(1) : digits);
}

std::string spoken(std::string_view name) {
  std::string out(name);
  std::replace(out.begin(), out.end(), '_', ' ');
  return out;
}

std::string percent(double share) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.1f %%", 100 * share);
  return text.data();
}

std::string verdict_title(Verdict verdict) { return capital(std::string(verdict_name(verdict))); }

std::string verdict_meaning(Verdict verdict) {
  switch (verdict) {
    case Verdict::kDormant:
      return "no growth proven yet: too few probes, or too small a rise";
    case Verdict::kLearning:
      return "the score grows";
    case Verdict::kStalled:
      return "slowed below half of its recent rate, and too slow to reach the target within two "
             "doublings";
    case Verdict::kRegressing:
      return "the score falls";
    case Verdict::kMastered:
      return "the target is reached";
  }
  return "";
}

std::string headline(const ProgressReport& report, const Ladder* ladder) {
  if (report.step == 0) return "Nothing has been probed yet.";
  const TierProgress* frontier = frontier_of(report.tiers);
  if (frontier == nullptr) return "Every tier is mastered.";
  std::string done;
  for (const TierProgress& tier : report.tiers) {
    if (&tier == frontier) break;
    if (tier.verdict == Verdict::kMastered)
      done = tier_words(tier.tier, ladder) + ": all " +
             std::to_string(tasks_of(report, tier.tier)) + " mastered; ";
  }
  std::string now = done + tier_words(frontier->tier, ladder) + ": " +
                    std::string(verdict_name(frontier->verdict));
  if (const auto mastered = count(report, frontier->tier, Verdict::kMastered); mastered > 0)
    now += " (" + std::to_string(mastered) + " of " +
           std::to_string(tasks_of(report, frontier->tier)) + " mastered)";
  if (const TaskProgress* task = frontier_task(report, *frontier))
    now += ", " + describe(*task, ladder);
  return now + ".";
}

}  // namespace gradus
