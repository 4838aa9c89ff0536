#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>

#include "judge/csv_reader.h"
#include "judge/formats/formats.h"

namespace gradus {
namespace {

constexpr std::array<std::string_view, 9> kColumns = {"step", "task",   "score",  "exact", "items",
                                                      "tier", "target", "chance", "floor"};
enum Column : std::size_t { kStep, kTask, kScore, kExact, kItems, kTier, kTarget, kChance, kFloor };
using Fields = std::vector<std::string>;

std::string lower(std::string_view text) {
  std::string out(trimmed(text));
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return std::tolower(c); });
  return out;
}

/// Where each known column stands in the header.
struct Header {
  std::array<std::optional<std::size_t>, kColumns.size()> at;
  std::string unknown;  // names of the others, and of what comes twice
  std::size_t width = 0;
};

Header header_of(const Fields& names) {
  Header header;
  header.width = names.size();
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string name = lower(names[i]);
    const auto* known = std::find(kColumns.begin(), kColumns.end(), name);
    auto* at = known == kColumns.end()
                   ? nullptr
                   : &header.at[static_cast<std::size_t>(known - kColumns.begin())];
    if (at != nullptr && !*at)
      *at = i;
    else
      header.unknown += (header.unknown.empty() ? "" : ", ") + std::string(trimmed(names[i]));
  }
  return header;
}

std::optional<Header> first_row(std::string_view bytes, Fields& fields) {
  const std::string_view text = without_mark(bytes);
  CsvReader reader(text.substr(0, 1 << 16), separator_of(text));
  if (!reader.next(fields)) return std::nullopt;
  return header_of(fields);
}

/// Reads the cells of one row; gives what is wrong with it, or nothing.
class RowReader {
 public:
  RowReader(const Header& header, const Fields& fields) : header_(header), fields_(fields) {}

  std::string_view text(Column column) const {
    return header_.at[column] ? trimmed(fields_[*header_.at[column]]) : std::string_view();
  }
  double required(Column column) {
    const auto value = number(column);
    if (!value && text(column).empty()) complain(column, "is empty; a number is expected");
    return value.value_or(0);
  }
  /// Empty cells say nothing.
  std::optional<double> number(Column column) {
    const std::string_view cell = text(column);
    if (cell.empty()) return std::nullopt;
    const auto value = number_in(cell);
    if (!value) complain(column, "'" + std::string(cell.substr(0, 40)) + "' is no number");
    return value;
  }
  const std::string& wrong() const { return wrong_; }

 private:
  void complain(Column column, const std::string& what) {
    if (wrong_.empty()) wrong_ = std::string(kColumns[column]) + " " + what;
  }

  const Header& header_;
  const Fields& fields_;
  std::string wrong_;
};

void read_row(const Header& header, const Fields& fields, std::size_t line, CurveCollector& rows) {
  if (fields.size() != header.width)
    return rows.reject(line, std::to_string(fields.size()) + " fields; " +
                                 std::to_string(header.width) + " are expected, as in the header");
  RowReader cells(header, fields);
  CurveRow row{.task = cells.text(kTask), .tier = cells.text(kTier)};
  row.step = cells.required(kStep);
  row.score = cells.required(kScore);
  row.exact = cells.number(kExact);
  row.items = cells.number(kItems);
  row.target = cells.number(kTarget);
  row.chance = cells.number(kChance);
  row.floor = cells.number(kFloor);
  if (!header.at[kTask])
    row.task = "score";
  else if (row.task.empty())
    return rows.reject(line, "task is empty; a name is expected");
  if (!cells.wrong().empty()) return rows.reject(line, cells.wrong());
  rows.add(row, line);
}

}  // namespace

std::string_view without_mark(std::string_view text) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  return text.starts_with(kMark) ? text.substr(kMark.size()) : text;
}

std::optional<double> number_in(std::string_view cell) {
  const std::string_view text = trimmed(cell);
  double value = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
  if (parsed.ec != std::errc() || parsed.ptr != text.data() + text.size()) return std::nullopt;
  return value;
}

bool is_csv(std::string_view bytes) {
  Fields fields;
  const auto header = first_row(bytes, fields);
  return header && (header->at[kStep] || header->at[kScore]);
}

Result<void> read_csv(std::string_view bytes, const std::string& file, CurveCollector& rows) {
  const std::string_view text = without_mark(bytes);
  CsvReader reader(text, separator_of(text));
  Fields fields;
  const bool any = reader.next(fields);
  const Header header = header_of(fields);
  if (!any || !header.at[kStep] || !header.at[kScore])
    return fail(ErrorCode::kBadConfig,
                file + ":1: no column '" + (any && header.at[kStep] ? "score" : "step") +
                    "'; a header with step, task, score and optionally exact, items, tier, target, "
                    "chance, floor is expected" +
                    (header.unknown.empty() ? "" : ", not " + header.unknown.substr(0, 200)));
  if (!header.unknown.empty()) rows.note("columns not used: " + header.unknown.substr(0, 400));
  if (!header.at[kTask]) rows.note("no column 'task': all rows are one curve, 'score'");
  while (!rows.hopeless() && reader.next(fields)) {
    if (!reader.wrong().empty())
      rows.reject(reader.line(), reader.wrong());
    else
      read_row(header, fields, reader.line(), rows);
  }
  return {};
}

}  // namespace gradus
