#include "report/json_report.h"

#include <nlohmann/json.hpp>

#include <array>

#include "describe/evidence_words.h"
#include "describe/outlook_words.h"
#include "describe/task_json.h"
#include "report/alarm_words.h"
#include "report/report_words.h"

namespace gradus {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kFormat = 1;

Json moment(const std::optional<Moment>& at) {
  return at ? Json{{"step", at->step}, {"own_step", at->own_step}} : Json(nullptr);
}

Json lateness(const OrderEntry& entry) {
  if (entry.lateness == Lateness::kNotReached) return nullptr;
  constexpr std::array<const char*, 5> kNames = {"", "early", "merely_rare", "partly_rare",
                                                 "needs_more"};
  return {{"kind", kNames[static_cast<std::size_t>(entry.lateness)]},
          {"doublings", json_number(entry.doublings_later)},
          {"own_doublings", json_number(entry.own_doublings_later)}};
}

Json mistakes(const TaskStory& task) {
  Json out = Json::array();
  for (const Mistake& each : task.mistakes)
    out.push_back({{"question", each.question},
                   {"answer", each.answer},
                   {"given", each.given},
                   {"q", json_number(each.q)}});
  return out;
}

void forget(Json& object, std::initializer_list<const char*> keys) {
  for (const char* key : keys) object[key] = nullptr;
}

Json task_story(const ReportData& data, std::size_t index, const std::vector<OrderEntry>& order) {
  const TaskStory& task = data.tasks[index];
  Json out = known_task_json(task);
  out["title"] = task.title;
  out["milestones"] = {{"half", moment(task.milestones.half)},
                       {"target", moment(task.milestones.target)},
                       {"mastered", moment(task.milestones.mastered)}};
  for (std::size_t place = 0; place < order.size(); ++place)
    if (order[place].lateness != Lateness::kNotReached && order[place].task == index) {
      out["place"] = place + 1;
      out["later"] = lateness(order[place]);
    }
  out["words"] = verdict_words(task.now);
  out["forecast_words"] = forecast_words(task.now);
  out["threshold_words"] = threshold_words(task.now);
  Json changes = Json::array();
  for (const VerdictChange& change : task.changes) {
    changes.push_back(change_json(change));
    changes.back()["words"] = change_words(change, task.now.target);
    changes.back()["stream_words"] = stream_words(change, data.annotations);
  }
  out["changes"] = changes;
  out["mistakes"] = mistakes(task);
  out["points"] = curve_json(task.curve);
  return out;
}

/// Without what matters only while the run lasts.
Json past_stream_json(const StreamFigures& stream) {
  Json out = stream_json(stream);
  out.erase("partitions");
  out.erase("silent_seconds");
  return out;
}

Json origin_json(const RunOrigin& origin) {
  Json configuration = Json::object();
  for (const auto& [key, value] : origin.configuration) configuration[key] = value;
  return {{"version", origin.version},           {"revision", origin.revision},
          {"compiler", origin.compiler},         {"instructions", origin.instructions},
          {"librdkafka", origin.librdkafka},     {"seed", origin.seed},
          {"start", json_seconds(origin.start)}, {"configuration", configuration}};
}

}  // namespace

Json known_task_json(const TaskStory& task) {
  Json out = task_json(task.now);
  if (!task.known.items) forget(out, {"items", "lower", "upper", "peek_safe"});
  if (!task.known.items || !task.known.exact) forget(out, {"exact_lower", "exact_upper"});
  if (!task.known.exact) forget(out, {"exact"});
  if (!task.known.own_steps) forget(out, {"own_step", "stream_share", "log_loss"});
  return out;
}

std::string json_report(const ReportData& data) {
  const auto order = learning_order(milestones_of(data));
  Json out = {{"format", kFormat},
              {"run", data.run},
              {"headline", data.headline},
              {"error_budget", data.error_budget},
              {"watch", data.watch},
              {"step", data.step},
              {"time", json_seconds(data.time)},
              {"ladder", data.ladder.empty()
                             ? Json(nullptr)
                             : Json{{"name", data.ladder}, {"version", data.ladder_version}}}};
  out["order"] = order_words(data, order);
  out["calibration"] = calibration_json(data.calibration);
  out["calibration_words"] = calibration_words(data.calibration);
  Json& tiers = out["tiers"] = Json::array();
  for (const TierStory& tier : data.tiers)
    tiers.push_back({{"tier", tier.now.tier},
                     {"title", tier.title},
                     {"verdict", verdict_name(tier.now.verdict)},
                     {"score", json_number(tier.now.score)}});
  Json& tasks = out["tasks"] = Json::array();
  for (std::size_t i = 0; i < data.tasks.size(); ++i) tasks.push_back(task_story(data, i, order));
  Json& annotations = out["annotations"] = Json::array();
  for (const Annotation& each : data.annotations) annotations.push_back(annotation_json(each));
  Json& attempts = out["attempts"] = Json::array();
  for (const Attempt& each : data.attempts)
    attempts.push_back(
        {{"attempt", each.number}, {"step", each.step}, {"time", json_seconds(each.time)}});
  out["learner"] = learner_json(data.learner);
  out["stream"] = data.stream ? past_stream_json(*data.stream) : Json(nullptr);
  out["origin"] = data.origin.revision.empty() ? Json(nullptr) : origin_json(data.origin);
  return out.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace gradus
