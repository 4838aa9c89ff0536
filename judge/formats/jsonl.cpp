#include <array>
#include <nlohmann/json.hpp>
#include <set>

#include "judge/csv_reader.h"
#include "judge/formats/formats.h"

namespace gradus {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kMostLineBytes = std::size_t{1} << 20;

/// The object of a line, without what is nested deep in it: nobody reads that, and to build a line
/// of brackets takes eight times as long as to pass over them.
Json parse_line(std::string_view line) {
  constexpr int kDeepest = 8;
  return Json::parse(
      line, [](int depth, Json::parse_event_t, Json&) { return depth <= kDeepest; }, false);
}

/// A number of an object; null says nothing. `wrong` is set where it is anything else.
std::optional<double> number(const Json& object, const char* key, std::string& wrong) {
  const auto found = object.find(key);
  if (found == object.end() || found->is_null()) return std::nullopt;
  if (found->is_number()) return found->get<double>();
  if (wrong.empty()) wrong = std::string(key) + " is no number";
  return std::nullopt;
}

std::string text(const Json& object, const char* key, std::string& wrong) {
  const auto found = object.find(key);
  if (found == object.end() || found->is_null()) return "";
  if (found->is_string()) return found->get<std::string>();
  if (wrong.empty()) wrong = std::string(key) + " is no string";
  return "";
}

void note_other_keys(const Json& object, std::set<std::string>& others) {
  constexpr std::size_t kMost = 20;
  static constexpr std::array<std::string_view, 9> kKeys = {
      "step", "task", "score", "exact", "items", "tier", "target", "chance", "floor"};
  for (const auto& [key, value] : object.items())
    if (others.size() < kMost && std::find(kKeys.begin(), kKeys.end(), key) == kKeys.end())
      others.insert(key);
}

void read_object(const Json& object, std::size_t line, CurveCollector& rows) {
  std::string wrong;
  const std::string task = text(object, "task", wrong), tier = text(object, "tier", wrong);
  const auto step = number(object, "step", wrong), score = number(object, "score", wrong);
  CurveRow row{.task = task, .tier = tier};
  row.exact = number(object, "exact", wrong);
  row.items = number(object, "items", wrong);
  row.target = number(object, "target", wrong);
  row.chance = number(object, "chance", wrong);
  row.floor = number(object, "floor", wrong);
  if (wrong.empty() && (task.empty() || !step || !score))
    wrong = std::string(task.empty() ? "task"
                        : !step      ? "step"
                                     : "score") +
            " is missing; every line needs step, task and score";
  if (!wrong.empty()) return rows.reject(line, wrong);
  row.step = *step;
  row.score = *score;
  rows.add(row, line);
}

}  // namespace

bool is_jsonl(std::string_view bytes) {
  const std::size_t first = without_mark(bytes).find_first_not_of(" \t\r\n");
  return first != std::string_view::npos &&
         (without_mark(bytes)[first] == '{' || without_mark(bytes)[first] == '[');
}

Result<void> read_jsonl(std::string_view bytes, const std::string& file, CurveCollector& rows) {
  std::string_view rest = without_mark(bytes);
  if (trimmed(rest).starts_with('['))
    return fail(ErrorCode::kBadConfig,
                file + ": a JSON array; one object a line is expected (jq -c '.[]' makes it so)");
  std::set<std::string> others;
  for (std::size_t line = 1; !rest.empty() && !rows.hopeless(); ++line) {
    const std::size_t end = rest.find('\n');
    const std::string_view each = trimmed(rest.substr(0, end));
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    if (each.empty()) continue;
    if (each.size() > kMostLineBytes) {
      rows.reject(line, "the line is longer than 1 MB");
      continue;
    }
    const Json object = parse_line(each);
    if (!object.is_object()) {
      rows.reject(line,
                  "no JSON object; {\"step\": 1000, \"task\": \"add1\", \"score\": 0.5} is "
                  "expected");
      continue;
    }
    note_other_keys(object, others);
    read_object(object, line, rows);
  }
  std::string names;
  for (const std::string& each : others) names += (names.empty() ? "" : ", ") + each;
  if (!names.empty()) rows.note("keys not used: " + names);
  return {};
}

}  // namespace gradus
