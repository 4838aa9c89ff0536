#include "run/fault.h"

#include <array>
#include <charconv>
#include <limits>
#include <string>

namespace gradus {
namespace {

constexpr std::array kKinds = {
    FaultKind{"diverge", "the learning rate rises a hundredfold"},
    FaultKind{"forget", "the lowest tier leaves the stream"},
    FaultKind{"shuffle", "one task of the second tier gets wrong answers"},
    FaultKind{"silence", "the stream gives no more records"},
    FaultKind{"stall", "the learning rate drops to 0"},
};
constexpr Registry kRegistry{kKinds};
constexpr double kDivergingFactor = 100;

/// The task that gets wrong answers: the last of the second tier, so that a tier above and one
/// below stay right.
const Task& shuffled_task(const Ladder& ladder) {
  const Tier& tier = ladder.tiers[ladder.tiers.size() > 1 ? 1 : 0];
  return ladder.tasks[tier.tasks.back()];
}

std::optional<Step> parse_step(std::string_view text) {
  Step step = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), step);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return step;
}

Annotation fault_mark(Step step, std::string text) {
  return {.step = step, .text = std::move(text), .kind = AnnotationKind::kFault};
}

}  // namespace

Registry<FaultKind> fault_kinds() { return kRegistry; }

Result<Fault> parse_fault(std::string_view text) {
  const std::size_t at = text.find('@');
  const std::string_view steps =
      at == std::string_view::npos ? std::string_view() : text.substr(at + 1);
  const std::size_t dash = steps.find('-');
  const auto from = parse_step(steps.substr(0, dash));
  const auto end = dash == std::string_view::npos ? from : parse_step(steps.substr(dash + 1));
  Fault fault{std::string(text.substr(0, at)), from.value_or(0)};
  if (dash != std::string_view::npos) fault.end = end;
  const bool known = kRegistry.find(fault.kind) != nullptr;
  if (known && from && end && (!fault.end || *fault.end > fault.step)) return fault;
  const std::string_view near = known ? std::string_view() : kRegistry.nearest(fault.kind);
  return fail(ErrorCode::kBadConfig,
              "--fault '" + std::string(text) +
                  "': KIND@STEP or KIND@STEP-END is expected, where KIND is " + kRegistry.listed() +
                  "; " +
                  (near.empty() ? "e.g. stall@200000 or stall@200000-400000"
                                : "did you mean " + std::string(near) + "?"));
}

void apply_fault(const Fault& fault, const Ladder& ladder, Options& generated,
                 RunRequest& request) {
  const Step end = fault.end.value_or(std::numeric_limits<Step>::max());
  request.faults.push_back(fault_mark(fault.step, "fault begins: " + fault.kind));
  if (fault.end) request.faults.push_back(fault_mark(end, "fault ends: " + fault.kind));
  if (fault.kind == "stall" || fault.kind == "diverge") {
    request.rate_change_from = fault.step;
    request.rate_change_factor = fault.kind == "stall" ? 0 : kDivergingFactor;
    request.rate_change_until = end;
  } else if (fault.kind == "shuffle") {
    request.changes.push_back(
        {StreamChange::Kind::kShuffleAnswers, fault.step, shuffled_task(ladder).name, end});
  } else if (fault.kind == "forget") {
    request.changes.push_back(
        {StreamChange::Kind::kRemoveTier, fault.step, ladder.tiers.front().name, end});
  } else {
    generated.set("silence_from", std::to_string(fault.step), "--fault");
    if (fault.end) generated.set("silence_until", std::to_string(*fault.end), "--fault");
  }
}

}  // namespace gradus
