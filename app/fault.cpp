#include "app/fault.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.h"

namespace gradus {
namespace {

constexpr std::array<std::string_view, 5> kKinds = {"diverge", "forget", "shuffle", "silence",
                                                    "stall"};
constexpr double kDivergingFactor = 100;

/// The task that gets wrong answers: the last of the second tier, so that a tier above and one
/// below stay right.
const Task& shuffled_task(const Ladder& ladder) {
  const Tier& tier = ladder.tiers[ladder.tiers.size() > 1 ? 1 : 0];
  return ladder.tasks[tier.tasks.back()];
}

}  // namespace

Result<Fault> parse_fault(std::string_view text) {
  const std::size_t at = text.find('@');
  Fault fault;
  fault.kind = std::string(text.substr(0, at));
  const std::string_view step =
      at == std::string_view::npos ? std::string_view() : text.substr(at + 1);
  const auto [end, error] = std::from_chars(step.data(), step.data() + step.size(), fault.step);
  if (std::find(kKinds.begin(), kKinds.end(), fault.kind) == kKinds.end() || error != std::errc() ||
      end != step.data() + step.size())
    return fail(ErrorCode::kBadConfig, "--fault '" + std::string(text) +
                                           "': KIND@STEP is expected, where KIND is diverge, "
                                           "forget, shuffle, silence or stall; e.g. stall@200000");
  return fault;
}

void apply_fault(const Fault& fault, const Ladder& ladder, RunRequest& request) {
  if (fault.kind == "stall" || fault.kind == "diverge") {
    request.rate_change_from = fault.step;
    request.rate_change_factor = fault.kind == "stall" ? 0 : kDivergingFactor;
  } else if (fault.kind == "shuffle") {
    request.changes.push_back(
        {StreamChange::Kind::kShuffleAnswers, fault.step, shuffled_task(ladder).name});
  } else if (fault.kind == "forget") {
    request.changes.push_back(
        {StreamChange::Kind::kRemoveTier, fault.step, ladder.tiers.front().name});
  } else {
    request.config.source_options.set("silence_from", std::to_string(fault.step), "--fault");
  }
}

}  // namespace gradus
