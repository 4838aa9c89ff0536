#include "ladders/items_file.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/input_file.h"
#include "base/text.h"

namespace gradus {
namespace {

/// Walks over the text of one JSON object. It finds where values end and no more: what it walks
/// over may be wrong in ways that only a parser sees.
class JsonWalk {
 public:
  explicit JsonWalk(std::string_view text) : rest_(text) {}

  /// Consumes `c` where it comes next, after blanks.
  bool take(char c) {
    skip_blanks();
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  /// The inside of a string, its escapes as they stand.
  std::optional<std::string_view> take_string() {
    if (!take('"')) return std::nullopt;
    for (std::size_t i = 0; i < rest_.size(); ++i) {
      if (rest_[i] == '\\') {
        ++i;
      } else if (rest_[i] == '"') {
        const std::string_view inside = rest_.substr(0, i);
        rest_.remove_prefix(i + 1);
        return inside;
      }
    }
    return std::nullopt;
  }

  /// A value of any kind, up to the ',' or bracket that ends it.
  bool skip_value() {
    int depth = 0;
    while (!rest_.empty()) {
      const char c = rest_[0];
      if (c == '"') {
        if (!take_string()) return false;
        continue;
      }
      const bool closes = c == '}' || c == ']';
      if (depth == 0 && (closes || c == ',')) return true;
      if (c == '{' || c == '[') ++depth;
      if (closes) --depth;
      rest_.remove_prefix(1);
    }
    return false;
  }

  bool at_end() const { return rest_.find_first_not_of(kBlanks) == std::string_view::npos; }

 private:
  static constexpr std::string_view kBlanks = " \t\r\n";

  void skip_blanks() {
    const std::size_t blanks = rest_.find_first_not_of(kBlanks);
    rest_.remove_prefix(blanks == std::string_view::npos ? rest_.size() : blanks);
  }

  std::string_view rest_;
};

bool read_tags(JsonWalk& walk, std::vector<std::string>& tags) {
  if (!walk.take('[')) return false;
  if (walk.take(']')) return true;
  do {
    const auto tag = walk.take_string();
    if (!tag || !is_name(*tag)) return false;
    tags.emplace_back(*tag);
  } while (walk.take(','));
  return walk.take(']');
}

struct Envelope {
  std::string_view task;
  std::vector<std::string> tags;
};

/// The task and tags of a record; nothing where it is no JSON object of that shape.
std::optional<Envelope> read_envelope(std::string_view line) {
  Envelope envelope;
  JsonWalk walk(line);
  if (!walk.take('{')) return std::nullopt;
  do {
    const auto key = walk.take_string();
    if (!key || !walk.take(':')) return std::nullopt;
    if (*key == "task") {
      const auto task = walk.take_string();
      if (!task) return std::nullopt;
      envelope.task = *task;
    } else if (*key == "tags") {
      if (!read_tags(walk, envelope.tags)) return std::nullopt;
    } else if (!walk.skip_value()) {
      return std::nullopt;
    }
  } while (walk.take(','));
  if (!walk.take('}') || !walk.at_end()) return std::nullopt;
  return envelope;
}

/// One line of an items file as an item, or what is wrong with it; the item of a task that was left
/// out of the ladder has no task.
Result<Item> read_item(std::string_view line, const Ladder& ladder, const std::string& file,
                       std::size_t number) {
  const std::string place = file + ":" + std::to_string(number);
  std::optional<Envelope> envelope = read_envelope(line);
  if (!envelope || envelope->task.empty()) {
    return fail(ErrorCode::kBadData,
                place + R"(: not an item; one looks like {"task":"NAME",...,"tags":["NAME"]})");
  }
  const std::optional<TaskIndex> task = ladder.find(envelope->task);
  if (task) {
    return Item{.task = *task,
                .record = std::string(line),
                .tags = std::move(envelope->tags),
                .line = number};
  }
  const auto& left_out = ladder.left_out;
  if (std::find(left_out.begin(), left_out.end(), envelope->task) != left_out.end()) return Item{};
  std::vector<std::string_view> names;
  for (const Task& known : ladder.tasks) names.push_back(known.name);
  const std::string_view nearest = nearest_name(envelope->task, names);
  std::string message =
      place + ": no task \"" + json_escaped(envelope->task) + "\" in ladder " + ladder.name;
  if (!nearest.empty()) message += "; did you mean " + std::string(nearest) + "?";
  return fail(ErrorCode::kBadData, std::move(message));
}

using ItemsByTask = std::vector<std::vector<Item>>;

/// The items of a file, task by task.
Result<ItemsByTask> read_by_task(const Ladder& ladder, const std::string& file) {
  const Result<std::string> text = read_input_file(file, kMostItemsBytes);
  if (!text) return tl::unexpected(text.error());
  ItemsByTask by_task(ladder.tasks.size());
  std::string_view rest = *text;
  for (std::size_t number = 1; !rest.empty(); ++number) {
    std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.find_first_not_of(" \t") == std::string_view::npos) continue;
    Result<Item> read = read_item(line, ladder, file, number);
    if (!read) return tl::unexpected(read.error());
    const TaskIndex task = read->task;
    if (task != kNoTask) by_task[task].push_back(std::move(*read));
  }
  return by_task;
}

/// Joins the items in task order; each task must have as many as it asks for, and at least one.
Result<std::vector<Item>> in_task_order(ItemsByTask by_task, const Ladder& ladder) {
  std::vector<Item> items;
  for (std::size_t i = 0; i < by_task.size(); ++i) {
    const Task& task = ladder.tasks[i];
    const std::size_t wanted = task.items == 0 ? by_task[i].size() : task.items;
    if (by_task[i].empty() || by_task[i].size() < wanted) {
      return fail(ErrorCode::kBadData, ladder.items_file + ": " +
                                           std::to_string(by_task[i].size()) + " items of task " +
                                           task.name + ", must be at least " +
                                           std::to_string(std::max<std::size_t>(wanted, 1)));
    }
    for (std::size_t j = 0; j < wanted; ++j) items.push_back(std::move(by_task[i][j]));
  }
  return items;
}

/// Few sealed items show nothing.
Result<void> check_sealed(std::size_t count, const Ladder& ladder, const Task& task) {
  if (count == 0 || count >= kFewestSealed) return {};
  return fail(ErrorCode::kBadData,
              ladder.sealed_file + ": " + std::to_string(count) + " sealed items of task " +
                  task.name + ", must be at least " + std::to_string(kFewestSealed) + ", or none");
}

}  // namespace

Result<std::vector<Item>> read_items_file(const Ladder& ladder) {
  auto by_task = read_by_task(ladder, ladder.items_file);
  if (!by_task) return tl::unexpected(by_task.error());
  return in_task_order(std::move(*by_task), ladder);
}

Result<std::vector<Item>> read_sealed_file(const Ladder& ladder) {
  std::vector<Item> items;
  if (ladder.sealed_file.empty()) return items;
  auto sealed = read_by_task(ladder, ladder.sealed_file);
  if (!sealed) return tl::unexpected(sealed.error());
  for (std::size_t i = 0; i < ladder.tasks.size(); ++i) {
    auto checked = check_sealed((*sealed)[i].size(), ladder, ladder.tasks[i]);
    if (!checked) return tl::unexpected(checked.error());
    for (Item& each : (*sealed)[i]) items.push_back(std::move(each));
  }
  return items;
}

}  // namespace gradus
