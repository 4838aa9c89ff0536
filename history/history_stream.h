#pragma once

#include <cstdint>
#include <vector>

#include "progress/stream_window.h"

namespace SQLite {
class Database;
}

namespace gradus {

/// Writes a span as a row, with its rejected records by reason. Throws SQLite::Exception.
void insert_span(SQLite::Database& sql, std::uint32_t attempt, const StreamSpan& span);

/// The spans that count and end within (from, to], as one; of no examples where there are none.
/// Reasons are left out: what was rejected stands under kNone. Throws SQLite::Exception.
/// Cost: O(log rows + spans in it).
StreamSpan select_span(SQLite::Database& sql, Step from, Step to);

/// The window in which the evidence of a change at `to` gathered, which began at `from`. Throws
/// SQLite::Exception.
StreamWindow select_window(SQLite::Database& sql, Step from, Step to);

/// The spans that count, in order; with what was rejected in each under its reason where `reasons`
/// are kept. Throws SQLite::Exception.
std::vector<StreamSpan> select_spans(SQLite::Database& sql, bool reasons);

}  // namespace gradus
