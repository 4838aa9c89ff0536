#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "probes/score.h"
#include "progress/report.h"

namespace gradus::test {

/// All scores in a data directory, in their order.
std::vector<Score> scores_in(const std::filesystem::path& data);

/// Those of one task of the arithmetic ladder, from a step on.
std::vector<Score> scores_in(const std::filesystem::path& data, std::string_view task,
                             Step from = 0);

/// The changes of verdicts in a data directory with the names of their tasks, in their order.
std::vector<std::pair<std::string, VerdictChange>> changes_in(const std::filesystem::path& data);

}  // namespace gradus::test
