#pragma once

#include "progress/stream_window.h"

namespace SQLite {
class Database;
}

namespace gradus {

/// Writes a span as a row. Throws SQLite::Exception.
void insert_span(SQLite::Database& sql, std::uint32_t attempt, const StreamSpan& span);

/// The spans that count and end within (from, to], as one; of no examples where there are none.
/// Throws SQLite::Exception. Cost: O(log rows + spans in it).
StreamSpan select_span(SQLite::Database& sql, Step from, Step to);

/// The window in which the evidence of a change at `to` gathered, which began at `from`. Throws
/// SQLite::Exception.
StreamWindow select_window(SQLite::Database& sql, Step from, Step to);

}  // namespace gradus
