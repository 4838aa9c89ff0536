#include <algorithm>
#include <cctype>

#include "judge/csv_reader.h"
#include "judge/formats/formats.h"

namespace gradus {
namespace {

using Fields = std::vector<std::string>;
constexpr std::string_view kBetween = " - ";

std::string lower(std::string_view text) {
  std::string out(trimmed(text));
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return std::tolower(c); });
  return out;
}

/// "Step", "_step", "trainer/global_step", "epoch".
bool is_step(std::string_view name) {
  const std::string last = lower(name.substr(name.rfind('/') + 1));
  return last == "step" || last == "_step" || last == "global_step" || last == "epoch";
}

/// A column of one metric of one run.
struct Column {
  std::size_t at = 0;
  std::string run, metric;  // run: empty where the name has no " - "
  std::string task;
};

std::vector<Column> columns_of(const Fields& header) {
  std::vector<Column> columns;
  for (std::size_t i = 1; i < header.size(); ++i) {
    const std::string_view name = trimmed(header[i]);
    if (name.empty() || name.ends_with("__MIN") || name.ends_with("__MAX")) continue;
    const std::size_t cut = name.rfind(kBetween);
    Column column;
    column.at = i;
    if (cut != std::string_view::npos) {
      column.run = name.substr(0, cut);
      column.metric = name.substr(cut + kBetween.size());
    } else {
      column.metric = name;
    }
    // The export repeats the step of each run.
    if (!is_step(column.metric)) columns.push_back(std::move(column));
  }
  return columns;
}

/// The metric alone names a task where there is one run only.
void name_tasks(std::vector<Column>& columns) {
  const bool one_run = std::all_of(columns.begin(), columns.end(), [&](const Column& each) {
    return each.run == columns.front().run;
  });
  for (Column& each : columns)
    each.task =
        one_run || each.run.empty() ? each.metric : each.run + std::string(kBetween) + each.metric;
}

void read_row(const std::vector<Column>& columns, const Fields& fields, std::size_t line,
              CurveCollector& rows) {
  const auto step = number_in(fields[0]);
  if (!step) return rows.reject(line, "step '" + fields[0].substr(0, 40) + "' is no number");
  for (const Column& column : columns) {
    if (column.at >= fields.size() || trimmed(fields[column.at]).empty()) continue;
    const auto value = number_in(fields[column.at]);
    if (!value)
      rows.reject(
          line, "'" + fields[column.at].substr(0, 40) + "' of '" + column.task + "' is no number");
    else
      rows.add({.task = column.task, .tier = {}, .step = *step, .score = *value}, line);
  }
}

}  // namespace

bool is_wandb(std::string_view bytes) {
  const std::string_view text = without_mark(bytes);
  CsvReader reader(text.substr(0, 1 << 20), separator_of(text));
  Fields header;
  if (!reader.next(header) || header.size() < 2 || !is_step(header[0])) return false;
  return std::none_of(header.begin(), header.end(), [](const std::string& name) {
    return lower(name) == "score" || lower(name) == "task";
  });
}

Result<void> read_wandb(std::string_view bytes, const std::string& file, CurveCollector& rows) {
  const std::string_view text = without_mark(bytes);
  CsvReader reader(text, separator_of(text));
  Fields fields;
  if (!reader.next(fields) || !is_step(fields[0]))
    return fail(ErrorCode::kBadConfig,
                file + ":1: the first column is '" +
                    (fields.empty() ? "" : fields[0].substr(0, 80)) +
                    "'; an export over Step is expected (choose Step as the x axis of the panel)");
  std::vector<Column> columns = columns_of(fields);
  name_tasks(columns);
  const std::size_t width = fields.size();
  while (!rows.hopeless() && reader.next(fields)) {
    if (!reader.wrong().empty())
      rows.reject(reader.line(), reader.wrong());
    else if (fields.size() != width)
      rows.reject(reader.line(), std::to_string(fields.size()) + " fields; " +
                                     std::to_string(width) + " are expected, as in the header");
    else
      read_row(columns, fields, reader.line(), rows);
  }
  return {};
}

}  // namespace gradus
