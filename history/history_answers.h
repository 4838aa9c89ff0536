#pragma once

#include "base/step.h"

namespace SQLite {
class Database;
}

namespace gradus {

/// Deletes the answers of probes beyond `step`: an attempt that goes on from there gives others.
/// Throws SQLite::Exception.
void forget_answers(SQLite::Database& sql, Step step);

}  // namespace gradus
