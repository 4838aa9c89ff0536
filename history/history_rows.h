#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "probes/score.h"
#include "progress/report.h"

namespace SQLite {
class Database;
}

namespace gradus {

class HistoryDatabase;
struct ScoreRow;

/// Writes each score as a row and into its bucket. Throws SQLite::Exception.
void insert_scores(SQLite::Database& sql, std::uint32_t attempt, std::span<const ScoreRow> rows);
/// Writes a verdict change as a row. Throws SQLite::Exception.
void insert_change(SQLite::Database& sql, std::uint32_t attempt, TaskIndex task,
                   const VerdictChange& change);

/// All scores that count, in order; nothing where a row does not hold what a score has. Throws
/// SQLite::Exception.
std::optional<std::vector<Score>> select_scores(SQLite::Database& sql);
/// All verdict changes that count, in order, with the task's name and the stream of their windows;
/// nothing where a row does not hold one. Throws SQLite::Exception.
std::optional<std::vector<std::pair<std::string, VerdictChange>>> select_changes(
    HistoryDatabase& database);
/// Those of one task at steps from `from` to `to`.
std::optional<std::vector<VerdictChange>> select_changes(HistoryDatabase& database,
                                                         std::string_view task, Step from, Step to);

}  // namespace gradus
