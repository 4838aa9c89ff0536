#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <chrono>

#include "progress/history.h"
#include "progress/history_database.h"

namespace gradus {

Result<std::vector<Annotation>> HistoryReader::annotations() const {
  using Annotations = Result<std::vector<Annotation>>;
  return with_history_errors(database().path(), [this]() -> Annotations {
    std::vector<Annotation> annotations;
    if (!database().has_answers()) return annotations;
    SQLite::Statement row(database().sql(),
                          "SELECT id, step, time_us, text, rearm FROM annotations ORDER BY id");
    while (row.executeStep())
      annotations.push_back({static_cast<std::uint64_t>(row.getColumn(0).getInt64()),
                             static_cast<Step>(row.getColumn(1).getInt64()),
                             Timestamp(std::chrono::microseconds(row.getColumn(2).getInt64())),
                             row.getColumn(3).getString(), row.getColumn(4).getInt() != 0});
    return annotations;
  });
}

Result<void> History::annotate(const Annotation& annotation) {
  return with_history_errors(database().path(), [&]() -> Result<void> {
    SQLite::Statement insert(database().sql(), "INSERT INTO annotations VALUES(?, ?, ?, ?, ?)");
    insert.bind(1, static_cast<std::int64_t>(annotation.id));
    insert.bind(2, sql_step(annotation.step));
    insert.bind(3, static_cast<std::int64_t>(annotation.time.time_since_epoch().count()));
    insert.bind(4, annotation.text);
    insert.bind(5, annotation.rearm ? 1 : 0);
    insert.exec();
    return {};
  });
}

}  // namespace gradus
