#include "tests/progress/recorded_curves.h"

#include <zlib.h>

#include <array>
#include <cmath>
#include <cstdio>
#include <utility>

#include "progress/settled.h"

namespace gradus::test {

namespace {

/// Calls take(line) for each line of a file; never where it cannot be read.
template <typename Take>
void for_each_line(std::string_view name, const Take& take) {
  const std::string path = "tests/progress/data/" + std::string(name) + ".csv.gz";
  const gzFile file = gzopen(path.c_str(), "rb");
  if (file == nullptr) return;
  std::array<char, 256> line{};
  while (gzgets(file, line.data(), line.size()) != nullptr) take(line.data());
  gzclose(file);
}

std::vector<Score> scores_with_facets(std::string_view name, const Ladder& ladder) {
  std::vector<Score> scores;
  for_each_line(name, [&](const char* line) {
    std::array<char, 32> task{}, facet{};
    unsigned long step = 0;
    RecordedRow row;
    std::uint32_t items = 0;
    // The heading does not begin with a number and is left out by that.
    if (std::sscanf(line, "%*d,%31[^,],%lu,%31[^,],%u,%lf,%lf", task.data(), &step, facet.data(),
                    &items, &row.exact, &row.q) != 6)
      return;
    if (std::string_view(facet.data()) == "all") {
      row.task = task.data();
      row.step = row.own_step = step;
      scores.push_back(score_of_row(row, ladder));
      return;
    }
    const ScoreSums sums{.items = items,
                         .exact = static_cast<std::uint32_t>(std::lround(row.exact * items)),
                         .q = row.q * items,
                         .q_squared = row.q * items};
    scores.back().facets.push_back({facet.data(), sums});
  });
  return scores;
}

}  // namespace

std::vector<RecordedRow> recorded_curve(std::string_view name) {
  std::vector<RecordedRow> rows;
  for_each_line(name, [&](const char* line) {
    std::array<char, 32> task{};
    unsigned long step = 0, own_step = 0;
    RecordedRow row;
    const int read = std::sscanf(line, "%*d,%31[^,],%lu,%lu,%lf,%lf,%*f,%lf,%lf", task.data(),
                                 &step, &own_step, &row.exact, &row.q, &row.log_loss, &row.q_sd);
    if (read < 6) return;
    row.task = task.data();
    row.step = step;
    row.own_step = own_step;
    rows.push_back(row);
  });
  return rows;
}

std::vector<Score> recorded_scores(std::string_view name, const Ladder& ladder) {
  if (name.starts_with("facets")) return scores_with_facets(name, ladder);
  std::vector<Score> scores;
  for (const RecordedRow& row : recorded_curve(name)) scores.push_back(score_of_row(row, ladder));
  return scores;
}

Ladder recorded_ladder() {
  struct Rung {
    const char* name;
    std::uint16_t tier;
    double floor;
  };
  constexpr std::array<Rung, 17> kRungs{{{"copy", 0, .162},
                                         {"max", 0, .400},
                                         {"next", 0, .169},
                                         {"odd", 0, .707},
                                         {"add1", 1, .200},
                                         {"sub1", 1, .208},
                                         {"add2n", 2, .262},
                                         {"add2c", 2, .256},
                                         {"sub2", 2, .206},
                                         {"add3", 3, .174},
                                         {"mul", 3, .193},
                                         {"add4", 3, .160},
                                         {"twostep", 4, .187},
                                         {"modadd", 4, .374},
                                         {"expr", 4, .209},
                                         {"gcd", 4, .280},
                                         {"solve", 4, .256}}};
  Ladder ladder;
  ladder.name = "recorded";
  for (const char* tier : {"kindergarten", "primary", "middle", "high", "advanced"})
    ladder.tiers.push_back({tier, tier, {}});
  for (const Rung& rung : kRungs) {
    Task task;
    task.name = rung.name;
    task.tier = rung.tier;
    task.items = 128;
    task.floor = rung.floor;
    task.target = 0.9;
    ladder.tiers[rung.tier].tasks.push_back(static_cast<TaskIndex>(ladder.tasks.size()));
    ladder.tasks.push_back(task);
  }
  return ladder;
}

Score score_of_row(const RecordedRow& row, const Ladder& ladder) {
  Score score;
  for (TaskIndex i = 0; i < ladder.tasks.size(); ++i)
    if (ladder.tasks[i].name == row.task) score.task = i;
  score.step = row.step;
  score.own_step = row.own_step;
  score.sums.items = 128;
  score.sums.exact = static_cast<std::uint32_t>(std::lround(row.exact * 128));
  score.sums.q = score.sums.q_squared = row.q * 128;
  score.sums.log_loss = row.log_loss * 128;
  return score;
}

std::vector<RecordedChange> replay(std::string_view name, const TrackerOptions& options,
                                   Schedule schedule) {
  const Ladder ladder = recorded_ladder();
  const std::vector<RecordedRow> rows = recorded_curve(name);
  Tracker tracker(ladder, options);
  std::vector<RecordedChange> changes;
  std::vector<Score> snapshot;
  std::size_t snapshots = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Score score = score_of_row(rows[i], ladder);
    const bool left_out = schedule == Schedule::kSettledThinly && snapshots % 4 != 0 &&
                          is_settled(tracker.report()->tasks[score.task]);
    if (!left_out) snapshot.push_back(score);
    if (i + 1 < rows.size() && rows[i + 1].step == rows[i].step) continue;
    const auto report = tracker.update(snapshot);
    for (const TaskProgress& task : report->tasks)
      if (task.last_change && task.last_change->step == rows[i].step)
        changes.push_back({std::string(name), task.task, *task.last_change});
    snapshot.clear();
    ++snapshots;
  }
  return changes;
}

}  // namespace gradus::test
