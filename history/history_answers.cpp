#include "history/history_answers.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>

#include <optional>
#include <span>
#include <string_view>

#include "base/bytes.h"
#include "history/history.h"
#include "history/history_database.h"

namespace gradus {
namespace {

enum class Kind : std::uint8_t { kNewest, kBest };

std::string packed(const std::vector<AskedItem>& items) {
  ByteWriter out;
  out.put<std::uint64_t>(items.size());
  for (const AskedItem& item : items) {
    out.put_string(item.question);
    out.put_string(item.answer);
  }
  return out.take();
}

std::optional<std::vector<AskedItem>> unpacked_items(std::string_view bytes) {
  ByteReader in(bytes);
  std::vector<AskedItem> items;
  const auto count = in.get<std::uint64_t>();
  for (std::uint64_t i = 0; i < count && in.ok(); ++i) {
    std::string question = in.get_string();
    items.push_back({std::move(question), in.get_string()});
  }
  if (!in.ok() || !in.at_end()) return std::nullopt;
  return items;
}

std::string packed(const GivenAnswers& given) {
  ByteWriter out;
  out.put(given.item_digest);
  out.put_all(std::span(given.q));
  out.put_all(std::span(given.exact_bits));
  out.put_all(std::span(given.begin));
  out.put_string(given.text);
  return out.take();
}

/// Whether every text that `begin` promises lies within `text`.
bool fits(const GivenAnswers& given) {
  if (given.exact_bits.size() != (given.q.size() + 63) / 64) return false;
  if (!given.has_text()) return given.begin.empty();
  for (std::size_t i = 0; i + 1 < given.begin.size(); ++i)
    if (given.begin[i] > given.begin[i + 1]) return false;
  return given.begin.back() == given.text.size();
}

std::shared_ptr<const GivenAnswers> unpacked_given(Step step, std::string_view bytes) {
  ByteReader in(bytes);
  auto given = std::make_shared<GivenAnswers>();
  given->step = step;
  given->item_digest = in.get<std::uint64_t>();
  given->q = in.get_all<float>();
  given->exact_bits = in.get_all<std::uint64_t>();
  given->begin = in.get_all<std::uint32_t>();
  given->text = in.get_string();
  return in.ok() && in.at_end() && fits(*given) ? given : nullptr;
}

void bind_blob(SQLite::Statement& statement, int index, const std::string& bytes) {
  statement.bind(index, static_cast<const void*>(bytes.data()), static_cast<int>(bytes.size()));
}

std::string_view blob_at(SQLite::Statement& row, int column) {
  const SQLite::Column blob = row.getColumn(column);
  return {static_cast<const char*>(blob.getBlob()), static_cast<std::size_t>(blob.getBytes())};
}

void replace_questions(SQLite::Database& sql, TaskIndex task, const std::vector<AskedItem>& items) {
  SQLite::Statement known(sql, "SELECT items FROM questions WHERE task = ?");
  known.bind(1, static_cast<std::int64_t>(task));
  const std::string bytes = packed(items);
  if (known.executeStep() && blob_at(known, 0) == bytes) return;
  SQLite::Statement replace(sql, "INSERT OR REPLACE INTO questions VALUES(?, ?)");
  replace.bind(1, static_cast<std::int64_t>(task));
  bind_blob(replace, 2, bytes);
  replace.exec();
}

/// Writes the answers where they are of another step than those in the file.
void replace_answers(SQLite::Database& sql, TaskIndex task, Kind kind, const GivenAnswers* given) {
  if (given == nullptr) return;
  SQLite::Statement replace(sql,
                            "INSERT INTO answers VALUES(?, ?, ?, ?) ON CONFLICT(task, kind) "
                            "DO UPDATE SET step = excluded.step, given = excluded.given "
                            "WHERE step <> excluded.step");
  replace.bind(1, static_cast<std::int64_t>(task));
  replace.bind(2, static_cast<std::int64_t>(kind));
  replace.bind(3, sql_step(given->step));
  bind_blob(replace, 4, packed(*given));
  replace.exec();
}

/// The answers of one kind to a task; null where there are none, nothing where they are damaged.
std::optional<std::shared_ptr<const GivenAnswers>> select_answers(SQLite::Statement& query,
                                                                  std::int64_t task, Kind kind) {
  query.reset();
  query.bind(1, task);
  query.bind(2, static_cast<std::int64_t>(kind));
  if (!query.executeStep()) return nullptr;
  auto given = unpacked_given(static_cast<Step>(query.getColumn(0).getInt64()), blob_at(query, 1));
  if (!given) return std::nullopt;
  return given;
}

std::optional<std::vector<TaskAnswers>> select_all(SQLite::Database& sql) {
  SQLite::Statement tasks(sql,
                          "SELECT tasks.id, name, items FROM tasks JOIN questions "
                          "ON questions.task = tasks.id ORDER BY tasks.id");
  SQLite::Statement query(sql, "SELECT step, given FROM answers WHERE task = ? AND kind = ?");
  std::vector<TaskAnswers> all;
  while (tasks.executeStep()) {
    const std::int64_t task = tasks.getColumn(0).getInt64();
    auto items = unpacked_items(blob_at(tasks, 2));
    const auto newest = select_answers(query, task, Kind::kNewest);
    const auto best = select_answers(query, task, Kind::kBest);
    if (!items || !newest || !best) return std::nullopt;
    for (const auto& given : {*newest, *best})
      if (given && given->size() != items->size()) return std::nullopt;
    all.push_back({tasks.getColumn(1).getString(),
                   std::make_shared<const std::vector<AskedItem>>(std::move(*items)), *newest,
                   *best});
  }
  return all;
}

}  // namespace

void forget_answers(SQLite::Database& sql, Step step) {
  SQLite::Statement forget(sql, "DELETE FROM answers WHERE step > ?");
  forget.bind(1, sql_step(step));
  forget.exec();
}

Result<std::vector<TaskAnswers>> HistoryReader::answers() const {
  using Answers = Result<std::vector<TaskAnswers>>;
  return with_history_errors(database().path(), [this]() -> Answers {
    if (!database().has_answers()) return {};
    const SQLite::Transaction one_moment(database().sql());
    auto answers = select_all(database().sql());
    if (!answers) return tl::unexpected(damaged_row(database()));
    return std::move(*answers);
  });
}

Result<void> History::keep_answers(TaskIndex task, const TaskAnswers& answers) {
  return with_history_errors(database().path(), [&]() -> Result<void> {
    SQLite::Database& sql = database().sql();
    SQLite::Transaction transaction(sql, SQLite::TransactionBehavior::IMMEDIATE);
    if (auto named = name_task(database(), task, answers.task); !named) return named;
    replace_questions(sql, task, *answers.items);
    replace_answers(sql, task, Kind::kNewest, answers.newest.get());
    replace_answers(sql, task, Kind::kBest, answers.best.get());
    transaction.commit();
    return {};
  });
}

}  // namespace gradus
