#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "base/step.h"
#include "ladders/ladder.h"
#include "probes/interest.h"

namespace gradus {

/// Units: work in examples learned, one example being 1.
struct WorkLimits {
  double share = 0.15;             ///< of all work, learning and probing; from 1 on: no limit
  double item_work = 0.5;          ///< of asking one item
  double per_doubling = 40;        ///< snapshots a doubling
  double rounds_per_doubling = 4;  ///< probes of every task a doubling, also beyond the share
};

/// Decides which tasks a snapshot is probed for where the learner waits for its probes. The answer
/// depends on steps, verdicts and numbers of items alone, never on a clock, so the same stream is
/// probed at the same steps on every machine and under any load.
/// Probes earn their share of the examples learned. A share of few examples pays for next to
/// nothing, while a doubling of few shows as much of a curve as one of many: so
/// `rounds_per_doubling` probes of every task may be made in each doubling, until the share of all
/// examples so far pays for more. Until then the frontier is probed 12 times a doubling at most,
/// later at every snapshot; the others as much more thinly as their interest says. What cannot be
/// paid for waits: the frontier goes first, and in it the longest unprobed.
/// Threads: owned by the probe thread. Cost: O(tasks log tasks) a snapshot.
class WorkSchedule {
 public:
  /// `items`: of each task.
  WorkSchedule(WorkLimits limits, std::vector<std::uint32_t> items);

  /// The tasks whose turn it is at this step, the most important first.
  std::vector<TaskIndex> due(Step step, std::span<const Interest> interest) const;
  /// Whether one more probe of the task is within the limits at this step.
  bool affords(TaskIndex task, Step step) const;
  /// Takes note of a probe that was made, in this process or before.
  void note(TaskIndex task, Step step);
  /// The share of all work up to this step that went to probes; 0 before the first example.
  double share(Step step) const;
  /// Examples that pay for one probe of every task.
  double round_examples() const;

 private:
  struct Probed {
    std::uint32_t items = 0;
    std::uint64_t probes = 0;
    double last = -std::numeric_limits<double>::infinity();  // in doublings
  };

  double cost(const Probed& task) const;
  double round_cost() const;
  double spent() const;
  bool beyond_share(Step step) const;

  WorkLimits limits_;
  double rate_;  // work that one example learned pays for
  std::vector<Probed> tasks_;
};

}  // namespace gradus
