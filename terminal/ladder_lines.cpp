#include "terminal/ladder_lines.h"

#include <array>
#include <optional>
#include <string_view>

#include "describe/ladder_table.h"
#include "describe/outlook_words.h"
#include "describe/words.h"
#include "terminal/cells.h"

namespace gradus {
namespace {

/// What a row says, be it of a task or of a folded tier.
struct RowFacts {
  std::string tier, task, interval, exact, note;
  std::optional<double> score{};
  std::optional<double> target{};
  Verdict verdict = Verdict::kDormant;
};

RowFacts facts_of(const LadderRow& row) {
  RowFacts facts;
  facts.tier = safe_text(row.tier_name());
  if (row.task == nullptr) {
    facts.task = std::to_string(row.tasks) + " tasks";
    facts.score = row.tier->score;
    facts.verdict = row.tier->verdict;
    return facts;
  }
  const TaskProgress& task = *row.task;
  facts.task = safe_text(task.task);
  facts.note = task_note(task);
  facts.target = task.target;
  facts.verdict = task.verdict;
  if (task.items == 0) return facts;
  facts.score = task.score;
  facts.interval = "[" + two_digits(task.now.lower) + ", " + two_digits(task.now.upper) + "]";
  facts.exact = two_digits(task.exact);
  return facts;
}

/// Writes the cells of one row.
class RowWriter {
 public:
  RowWriter(const LadderTable& table, const LadderRow& row, Selection selection)
      : table_(table),
        row_(row),
        facts_(facts_of(row)),
        selected_(selection == Selection::kSelected) {}

  void write(ScreenLine& line, Column column, std::size_t cells) const {
    const Style look = style_of(facts_.verdict);
    switch (column) {
      case Column::kTier:
        if (row_.names_tier || selected_) line.add(cut_text(facts_.tier, cells));
        return;
      case Column::kTask:
        line.add(cut_text(name(), cells), selected_ ? Style::kReverse : Style::kPlain);
        return;
      case Column::kBar:
        line.add(score_bar(facts_.score.value_or(0), facts_.target, cells), look);
        return;
      case Column::kScore:
        line.add_right(facts_.score ? two_digits(*facts_.score) : "-", cells);
        return;
      case Column::kInterval:
        line.add(cut_text(facts_.interval, cells), Style::kDim);
        return;
      case Column::kExact:
        line.add_right(facts_.exact, cells);
        return;
      case Column::kVerdict:
        line.add(cut_text(verdict_name(facts_.verdict), cells), look);
        return;
      case Column::kSpark:
        if (row_.task != nullptr)
          add_task_spark(line, row_.task->task, table_.axis, cells, look);
        else
          add_tier_spark(line, row_.tier->tier, table_.report.tasks, table_.axis, cells, look);
        return;
      case Column::kNote:
        line.add(cut_text(facts_.note, cells));
        return;
    }
  }

 private:
  /// Without a column for tiers, a folded one stands under its own name.
  const std::string& name() const {
    return row_.task == nullptr && table_.plan.of(Column::kTier) == 0 ? facts_.tier : facts_.task;
  }

  const LadderTable& table_;
  const LadderRow& row_;
  RowFacts facts_;
  bool selected_;
};

/// Has each column that is there written, in its place.
template <typename Write>
void write_columns(ScreenLine& line, const ColumnPlan& plan, Write write) {
  line.pad_to(ColumnPlan::kMarker);
  for (std::size_t i = 0; i < kColumns; ++i) {
    if (plan.cells[i] == 0) continue;
    const std::size_t end = line.used() + plan.cells[i];
    write(static_cast<Column>(i), plan.cells[i]);
    line.pad_to(end + plan.gap);
  }
}

}  // namespace

ScreenLine header_line(const LadderTable& table) {
  constexpr std::array<std::string_view, kColumns> kTitles = {
      "tier", "task", "score", "", "now 95 %", "exact", "verdict", "", "since; forecast"};
  ScreenLine line(table.width);
  write_columns(line, table.plan, [&](Column column, std::size_t cells) {
    const bool over_score = column == Column::kScore && table.plan.of(Column::kBar) == 0;
    if (column == Column::kSpark)
      add_axis(line, table.axis, cells);
    else
      line.add(over_score ? "score" : cut_text(kTitles[static_cast<std::size_t>(column)], cells),
               Style::kDim);
  });
  return line;
}

ScreenLine row_line(const LadderTable& table, const LadderRow& row, Selection selection) {
  const RowWriter writer(table, row, selection);
  ScreenLine line(table.width);
  const bool selected = selection == Selection::kSelected;
  line.add(row.task == nullptr ? "+" : selected ? "›" : " ", Style::kBold);
  write_columns(line, table.plan,
                [&](Column column, std::size_t cells) { writer.write(line, column, cells); });
  return line;
}

std::string task_note(const TaskProgress& task) {
  std::string note = since_words(task);
  if (!note.empty()) note.erase(0, 1);
  if (is_foretold(task)) note += (note.empty() ? "" : "; ") + short_forecast_words(task);
  return note;
}

}  // namespace gradus
