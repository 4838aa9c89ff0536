#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "probes/score.h"
#include "progress/report.h"

namespace gradus::test {

inline Timestamp at_second(std::int64_t second) { return Timestamp(std::chrono::seconds(second)); }

/// A score of four items with this mean q at this step.
inline Score score_at(Step step, double mean, TaskIndex task = 0) {
  Score score;
  score.task = task;
  score.step = step;
  score.own_step = step / 4;
  score.time = at_second(static_cast<std::int64_t>(step));
  score.sums = {
      .items = 4, .exact = 3, .q = 4 * mean, .q_squared = 4 * mean * mean, .log_loss = 2.5};
  score.facets = {{"units", {.items = 4, .exact = 2, .q = 3, .q_squared = 2.5, .log_loss = 1}},
                  {"end", {.items = 4, .exact = 4, .q = 4, .q_squared = 4, .log_loss = 0}}};
  score.exact_bits = {0b1011};
  score.item_digest = 0xFEDCBA9876543210;
  return score;
}

/// A report with these tasks, as a tracker would give it beside the scores.
inline ProgressReport report_of(const std::vector<std::string>& names) {
  ProgressReport report;
  for (const std::string& name : names) {
    TaskProgress& task = report.tasks.emplace_back();
    task.task = name;
    task.now = {0.25, 0.75};
  }
  return report;
}

}  // namespace gradus::test
