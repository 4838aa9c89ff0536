#include "report/report_words.h"

#include <array>
#include <cstdio>
#include <ctime>

#include "describe/words.h"

namespace gradus {
namespace {

std::string figure(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.4g", value);
  return text.data();
}

void add(ReportFacts& facts, const char* name, const std::string& value) {
  if (!value.empty()) facts.emplace_back(name, value);
}
void add(ReportFacts& facts, const char* name, const std::optional<double>& value) {
  if (value) facts.emplace_back(name, figure(*value));
}
void add_count(ReportFacts& facts, const char* name, std::uint64_t count) {
  if (count > 0) facts.emplace_back(name, with_thousands(count));
}

std::string joined(const std::vector<std::string>& names) {
  std::string out;
  for (std::size_t i = 0; i < names.size(); ++i)
    out += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + names[i];
  return out;
}

/// The tasks of an order that came late in one way.
std::vector<std::string> names(const ReportData& data, const std::vector<OrderEntry>& order,
                               Lateness lateness) {
  std::vector<std::string> out;
  for (const OrderEntry& entry : order)
    if (entry.lateness == lateness) out.push_back(data.tasks[entry.task].now.task);
  return out;
}

}  // namespace

std::string date_words(Timestamp time) {
  if (time == Timestamp{}) return "";
  const auto seconds = static_cast<std::time_t>(unix_seconds(time));
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  std::array<char, 40> text{};
  std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M UTC", &parts);
  return text.data();
}

std::string subject_words(const ReportData& data) {
  std::string out;
  if (!data.ladder.empty())
    out = "ladder " + data.ladder + ", version " + std::to_string(data.ladder_version) + " · ";
  if (data.learner && !data.learner->kind.empty()) out += "learner " + data.learner->kind + " · ";
  out += "step " + with_thousands(data.step);
  if (const std::string date = date_words(data.time); !date.empty()) out += " · " + date;
  return out;
}

std::string order_words(const ReportData& data, const std::vector<OrderEntry>& order) {
  if (order.empty() || order.front().lateness == Lateness::kNotReached) return "";
  const TaskStory& first = data.tasks[order.front().task];
  std::string out = first.now.task + " was halfway first, after " +
                    with_thousands(first.milestones.half->step) + " examples (" +
                    with_thousands(first.milestones.half->own_step) + " of its own). ";
  if (!knows_own_steps(data)) {
    const auto waiting = names(data, order, Lateness::kNotReached);
    out = first.now.task + " was halfway first, after " +
          with_thousands(first.milestones.half->step) + " examples.";
    return waiting.empty() ? out
                           : out + " " + joined(waiting) + (waiting.size() == 1 ? " is" : " are") +
                                 " not halfway yet.";
  }
  const auto rare = names(data, order, Lateness::kMerelyRare);
  const auto partly = names(data, order, Lateness::kPartlyRare);
  const auto more = names(data, order, Lateness::kNeedsMore);
  const auto missing = names(data, order, Lateness::kNotReached);
  if (!rare.empty())
    out += joined(rare) + " came late on the clock of all examples but not on " +
           (rare.size() == 1 ? "its" : "their") + " own: merely rare. ";
  if (!partly.empty())
    out += joined(partly) +
           (partly.size() == 1 ? " was rarer and also needed" : " were rarer and also needed") +
           " more examples of " + (partly.size() == 1 ? "its" : "their") + " own. ";
  if (!more.empty())
    out += joined(more) + (more.size() == 1 ? " is" : " are") + " as late on " +
           (more.size() == 1 ? "its" : "their") + " own clock: rarity does not explain it. ";
  if (!missing.empty())
    out += joined(missing) + (missing.size() == 1 ? " is" : " are") + " not halfway yet. ";
  out.pop_back();
  return out;
}

ReportFacts learner_facts(const LearnerFigures& learner) {
  ReportFacts facts;
  add(facts, "kind", learner.kind);
  add_count(facts, "examples", learner.examples);
  if (learner.examples > 0)
    add(facts, "answered right before learning",
        percent(static_cast<double>(learner.correct) / static_cast<double>(learner.examples)));
  add(facts, "mean loss", learner.mean_loss);
  add(facts, "mean log loss", learner.mean_log_loss);
  add(facts, "learning rate", learner.learning_rate);
  add(facts, "gradient norm", learner.gradient_norm);
  add(facts, "weight norm", learner.weight_norm);
  add_count(facts, "weights", learner.parameters);
  if (learner.diverged) add(facts, "diverged", std::string("yes: worse than a constant answer"));
  if (learner.last_checkpoint_step > 0)
    add(facts, "last checkpoint",
        "step " + with_thousands(learner.last_checkpoint_step) + ", " +
            date_words(learner.last_checkpoint));
  return facts;
}

ReportFacts stream_facts(const StreamFigures& stream) {
  ReportFacts facts;
  add(facts, "topic", stream.topic);
  add_count(facts, "records read", stream.messages);
  add_count(facts, "examples decoded", stream.examples);
  if (stream.examples_per_second)
    add(facts, "examples a second",
        with_thousands(static_cast<std::uint64_t>(*stream.examples_per_second)));
  if (stream.lag) facts.emplace_back("lag", with_thousands(*stream.lag) + " records");
  std::string rejected;
  for (const auto& [reason, count] : stream.rejected)
    rejected += (rejected.empty() ? "" : ", ") + with_thousands(count) + " " + reason;
  facts.emplace_back("rejected", rejected.empty() ? "none" : rejected);
  add_count(facts, "offsets missing", stream.gaps);
  add_count(facts, "duplicates dropped", stream.duplicates);
  if (!stream.connected) facts.emplace_back("connected", "no");
  add(facts, "last record", date_words(stream.last_message));
  return facts;
}

ReportFacts origin_facts(const RunOrigin& origin) {
  ReportFacts facts;
  if (!origin.version.empty())
    facts.emplace_back("gradus", origin.version + " (" + origin.revision + ")");
  add(facts, "compiler", origin.compiler);
  add(facts, "instructions", origin.instructions);
  add(facts, "librdkafka", origin.librdkafka);
  facts.emplace_back("seed", std::to_string(origin.seed));
  add(facts, "this attempt began", date_words(origin.start));
  return facts;
}

std::vector<Milestones> milestones_of(const ReportData& data) {
  std::vector<Milestones> out;
  for (const TaskStory& task : data.tasks) out.push_back(task.milestones);
  return out;
}

}  // namespace gradus
