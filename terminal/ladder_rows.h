#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "progress/report.h"

namespace gradus {

/// The order of the rows.
enum class RowOrder : std::uint8_t { kLadder, kScore, kVerdict, kNewest };
inline constexpr int kRowOrders = 4;
std::string_view row_order_name(RowOrder order);

/// A line of the table: a task, or a tier whose tasks are folded into it.
struct LadderRow {
  const TaskProgress* task = nullptr;
  const TierProgress* tier = nullptr;  ///< of a folded one
  std::size_t tasks = 1;               ///< that the row stands for
  bool names_tier = true;              ///< false where the row above is of the same tier

  const std::string& tier_name() const { return task ? task->tier : tier->tier; }
  /// What tells the row from the others, in every order.
  std::string key() const { return task ? "task " + task->task : "tier " + tier->tier; }
};

/// The tiers that somebody has folded (true) or unfolded (false).
using Folds = std::map<std::string, bool, std::less<>>;

/// The rows of a report, which outlives them. In the ladder's order a tier is folded as `folds`
/// says; the others, from the easiest on, fold once they are mastered, until the rows fit into
/// `height`. Orders: the lowest score first; the most urgent verdict first; the newest change
/// first. Equals stay in the ladder's order, and nothing folds outside of it.
std::vector<LadderRow> ladder_rows(const ProgressReport& report, RowOrder order, const Folds& folds,
                                   std::size_t height);

}  // namespace gradus
