#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>

#include <chrono>

#include "history/history.h"
#include "history/history_database.h"

namespace gradus {
namespace {

AnnotationKind kind_of(int column) {
  return column == static_cast<int>(AnnotationKind::kFault) ? AnnotationKind::kFault
                                                            : AnnotationKind::kNote;
}

void bind_fault(SQLite::Statement& statement, const Annotation& fault) {
  statement.bind(1, sql_step(fault.step));
  statement.bind(2, fault.text);
  statement.bind(3, static_cast<int>(AnnotationKind::kFault));
}

}  // namespace

Result<std::vector<Annotation>> HistoryReader::annotations() const {
  using Annotations = Result<std::vector<Annotation>>;
  return with_history_errors(database().path(), [this]() -> Annotations {
    std::vector<Annotation> annotations;
    if (!database().has_answers()) return annotations;
    const std::string kind = database().has_faults() ? "kind" : "0";
    SQLite::Statement row(database().sql(), "SELECT id, step, time_us, text, rearm, " + kind +
                                                " FROM annotations ORDER BY id");
    while (row.executeStep())
      annotations.push_back({static_cast<std::uint64_t>(row.getColumn(0).getInt64()),
                             static_cast<Step>(row.getColumn(1).getInt64()),
                             Timestamp(std::chrono::microseconds(row.getColumn(2).getInt64())),
                             row.getColumn(3).getString(), row.getColumn(4).getInt() != 0,
                             kind_of(row.getColumn(5).getInt())});
    return annotations;
  });
}

Result<void> History::annotate(const Annotation& annotation) {
  return with_history_errors(database().path(), [&]() -> Result<void> {
    SQLite::Statement insert(database().sql(), "INSERT INTO annotations VALUES(?, ?, ?, ?, ?, ?)");
    insert.bind(1, static_cast<std::int64_t>(annotation.id));
    insert.bind(2, sql_step(annotation.step));
    insert.bind(3, static_cast<std::int64_t>(annotation.time.time_since_epoch().count()));
    insert.bind(4, annotation.text);
    insert.bind(5, annotation.rearm ? 1 : 0);
    insert.bind(6, static_cast<int>(annotation.kind));
    insert.exec();
    return {};
  });
}

Result<void> History::plan_faults(std::span<const Annotation> faults, Step step) {
  return with_history_errors(database().path(), [&]() -> Result<void> {
    SQLite::Database& sql = database().sql();
    SQLite::Transaction transaction(sql, SQLite::TransactionBehavior::IMMEDIATE);
    SQLite::Statement drop(sql, "DELETE FROM annotations WHERE step > ? AND kind = ?");
    drop.bind(1, sql_step(step));
    drop.bind(2, static_cast<int>(AnnotationKind::kFault));
    drop.exec();
    for (const Annotation& fault : faults) {
      SQLite::Statement known(sql,
                              "SELECT 1 FROM annotations WHERE step = ? AND text = ? AND kind = ?");
      bind_fault(known, fault);
      if (known.executeStep()) continue;
      SQLite::Statement insert(
          sql, "INSERT INTO annotations(time_us, rearm, step, text, kind) VALUES(0, 0, ?, ?, ?)");
      bind_fault(insert, fault);
      insert.exec();
    }
    transaction.commit();
    return {};
  });
}

}  // namespace gradus
