#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <string_view>

#include "plan/plan_words.h"
#include "plan/planned_run.h"

namespace gradus {
namespace {

using Json = nlohmann::ordered_json;

template <typename Value>
Json known(const std::optional<Value>& value) {
  return value ? Json(*value) : Json(nullptr);
}

Json delay_json(const std::optional<double>& doublings, const PlanOptions& options) {
  if (!doublings) return nullptr;
  return {{"doublings", *doublings},
          {"probes", std::lround(*doublings * options.probes_per_doubling)},
          {"times_examples", std::exp2(*doublings)}};
}

Json delay_json(const Delay& delay, const PlanOptions& options) {
  return {{"found", delay.found},
          {"median", delay_json(delay.median, options)},
          {"p90", delay_json(delay.p90, options)}};
}

std::string_view obstacle_name(Obstacle obstacle) {
  switch (obstacle) {
    case Obstacle::kSlowerThanStall:
      return "slower_than_stall";
    case Obstacle::kItems:
      return "items";
    case Obstacle::kSchedule:
      return "schedule";
    case Obstacle::kNoise:
      return "noise";
    case Obstacle::kNone:
      break;
  }
  return "none";
}

Json options_json(const PlanOptions& options) {
  return {{"items", options.items},
          {"floor", options.floor},
          {"target", options.target},
          {"rate", options.rate},
          {"loss", options.loss},
          {"within_doublings", options.within},
          {"noise", options.noise},
          {"autocorrelation", options.autocorrelation},
          {"item_noise", options.item_noise},
          {"item_autocorrelation", options.item_autocorrelation},
          {"item_sd", item_sd_half_way(options)},
          {"probes_per_doubling", options.probes_per_doubling},
          {"planned_probes", options.planned_probes},
          {"tasks", options.tasks},
          {"false_alarms_per_run", options.false_alarms_per_run},
          {"profile", options.profile == Profile::kStrict ? "strict" : "practical"}};
}

}  // namespace

std::string plan_json(const PlannedTask& planned) {
  const PlanOptions& options = planned.options;
  const Plan& plan = planned.plan;
  Json out = Json::object();
  if (!planned.task.empty()) out = {{"task", planned.task}, {"tier", planned.tier}};
  out["decidable"] = plan.decidable;
  out["obstacle"] = obstacle_name(plan.obstacle);
  out["words"] = decision_words(options, plan);
  out["stall"] = delay_json(plan.stall, options);
  out["fall"] = delay_json(plan.fall, options);
  out["loss"] = delay_json(plan.loss, options);
  out["mastered_loss"] =
      plan.mastered_loss ? delay_json(*plan.mastered_loss, options) : Json(nullptr);
  out["progress"] = delay_json(plan.progress, options);
  out["early_alarms"] = plan.early_alarms;
  out["slowest_rate"] = known(plan.slowest_rate);
  out["smallest_loss"] = known(plan.smallest_loss);
  out["fewest_items"] = known(plan.fewest_items);
  out["fewest_probes_per_doubling"] = known(plan.fewest_probes_per_doubling);
  out["half_width"] = plan.half_width;
  out["mastered_from"] = known(plan.mastered_from);
  out["items_to_master"] = plan.items_to_master;
  out["options"] = options_json(options);
  return out.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace gradus
