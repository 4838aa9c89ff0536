#include "describe/summary.h"

#include <nlohmann/json.hpp>

#include <cmath>

#include "base/text.h"
#include "describe/ladder_table.h"
#include "describe/progress_json.h"
#include "describe/task_json.h"
#include "describe/watch_words.h"
#include "describe/words.h"

namespace gradus {
namespace {

using Json = nlohmann::ordered_json;

Json ratio(double sum, std::uint64_t count) {
  const double value = count == 0 ? 0 : sum / static_cast<double>(count);
  return count == 0 || !std::isfinite(value) ? Json(nullptr) : Json(value);
}

Json rejected_json(const IngestStats* stats) {
  Json out = Json::object();
  if (stats == nullptr) return out;
  for (int i = 1; i < kRejectCount; ++i)
    if (stats->rejected[i] > 0 && static_cast<Reject>(i) != Reject::kTombstone)
      out[std::string(reject_name(static_cast<Reject>(i)))] = stats->rejected[i];
  return out;
}

Json skipped_json(const IngestStats* stats) {
  Json out = Json::object();
  const auto tombstones =
      stats == nullptr ? 0 : stats->rejected[static_cast<int>(Reject::kTombstone)];
  if (tombstones > 0) out["tombstone"] = tombstones;
  if (stats != nullptr && stats->duplicates > 0) out["duplicate"] = stats->duplicates;
  return out;
}

std::string joined(const std::vector<std::string>& names) {
  std::string out;
  for (std::size_t i = 0; i < names.size(); ++i)
    out += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + names[i];
  return out;
}

/// One sentence for every verdict that some task has, in order of interest.
std::string verdict_sentences(const ProgressReport& report) {
  std::string out;
  for (const Verdict verdict : {Verdict::kMastered, Verdict::kLearning, Verdict::kStalled,
                                Verdict::kRegressing, Verdict::kDormant}) {
    std::vector<std::string> names;
    for (const TaskProgress& task : report.tasks)
      if (task.verdict == verdict) names.push_back(task.task);
    if (!names.empty()) out += verdict_title(verdict) + ": " + joined(names) + ".\n";
  }
  return out;
}

}  // namespace

std::string summary_json(const RunView& view, double seconds) {
  const auto learner = view.slots.learner.get();
  const auto ingest = view.slots.ingest.get();
  const auto report = view.slots.progress.get();
  const LearnerStats none;
  const LearnerStats& stats = learner ? *learner : none;
  const LearnSums& sums = stats.attempt_sums;
  Json position = Json::object();
  for (const PartitionPosition& each : stats.position.partitions)
    position[std::to_string(each.partition)] = each.next;
  Json verdicts = Json::object();
  if (report)
    for (const TaskProgress& task : report->tasks) verdicts[task.task] = verdict_name(task.verdict);
  const Json out = {
      {"run", view.facts.run},
      {"attempt", report ? report->attempt : 1},
      {"examples", sums.examples},
      {"correct", sums.correct},
      {"accuracy", ratio(static_cast<double>(sums.correct), sums.examples)},
      {"mean_loss", ratio(sums.loss.value(), sums.examples)},
      {"mean_log_loss", ratio(sums.log_loss.value(), sums.examples)},
      {"seconds", seconds},
      {"examples_per_second", seconds > 0 ? static_cast<double>(sums.examples) / seconds : 0},
      {"rejected", rejected_json(ingest.get())},
      {"skipped", skipped_json(ingest.get())},
      {"probing", report ? probing_json(probing_figures(view), *report) : Json(nullptr)},
      {"step", stats.step},
      {"position", position},
      {"verdicts", verdicts}};
  return printable_json(out.dump(-1, ' ', false, Json::error_handler_t::replace));
}

std::string summary_sentences(const RunView& view, double seconds) {
  const auto learner = view.slots.learner.get();
  const auto report = view.slots.progress.get();
  std::string out;
  const Step examples = learner ? learner->attempt_sums.examples : 0;
  out += "Learned " + with_thousands(examples) + " examples in " + short_duration(seconds);
  if (seconds > 0)
    out += " (" +
           with_thousands(static_cast<std::uint64_t>(static_cast<double>(examples) / seconds)) +
           " a second)";
  out += ".\n";
  const auto ingest = view.slots.ingest.get();
  if (const auto silent = ingest ? silent_seconds(*ingest, view.clock.now()) : std::nullopt)
    out += "The stream gave no records in the last " + short_duration(*silent) + ".\n";
  if (report) {
    out += verdict_sentences(*report);
    if (report->unchanged_since)
      out += "The model has not changed since step " + with_thousands(*report->unchanged_since) +
             ".\n";
    if (const auto probing = probing_figures(view))
      out += watch_words(*report) + " " + probing_words(*probing) + "\n";
  } else if (examples > 0) {
    out += "Predicted right before learning: " +
           percent(static_cast<double>(learner->attempt_sums.correct) /
                   static_cast<double>(examples)) +
           " of the examples.\n";
  }
  return out;
}

std::string summary_text(const RunView& view, double seconds) {
  const auto report = view.slots.progress.get();
  return summary_sentences(view, seconds) + (report ? "\n" + ladder_table(*report) : "");
}

}  // namespace gradus
