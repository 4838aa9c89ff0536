#pragma once

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "tests/support/temp_dir.h"

namespace gradus::test {

/// Runs SQL on the file behind the history's back.
inline void tamper(const TempDir& dir, const char* sql) {
  sqlite3* raw = nullptr;
  ASSERT_EQ(sqlite3_open((dir / "history.db").c_str(), &raw), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(raw, sql, nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(raw);
  sqlite3_close(raw);
}

}  // namespace gradus::test
