#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <limits>
#include <numeric>
#include <optional>
#include <string>
#include <utility>

#include "ladders/generator.h"
#include "ladders/ladder_file.h"
#include "ladders/yaml_section.h"
#include "ladders/yaml_text.h"

namespace gradus {
namespace {

constexpr std::int64_t kFormat = 1;
constexpr std::int64_t kMostInteger = std::numeric_limits<std::int32_t>::max();
constexpr std::int64_t kMostItems = 1'000'000;
constexpr std::size_t kMostTasks = 1000;
constexpr std::size_t kMostValues = 100'000;  // 1,000 tasks with all their keys and 80 choices each
constexpr std::size_t kMostChoices = 1000;
constexpr std::size_t kGeneratedItems = 128;
constexpr double kMostWeight = 1e9;

constexpr std::string_view kNameRule =
    "must be lower-case letters, digits and '_', at most 64, with a letter first";

/// The shortest text of a score or a weight, for messages.
std::string shown(double value) {
  std::string text = std::to_string(value);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

/// A ladder while it is read: what the sections of the file share.
class LadderParser {
 public:
  LadderParser(std::string_view where, const std::filesystem::path& folder)
      : where_(where), folder_(folder) {}

  Result<Ladder> parse(const YAML::Node& root) {
    YamlSection section("", where_);
    if (auto read = section.read(root); !read) return tl::unexpected(read.error());
    if (auto head = read_head(section); !head) return tl::unexpected(head.error());
    const YAML::Node defaults = section.nested("defaults");
    const YAML::Node tiers = section.nested("tiers");
    if (auto done = section.finish({"format", "name", "tiers"}); !done) {
      return tl::unexpected(done.error());
    }
    if (auto checked = check_head(section); !checked) return tl::unexpected(checked.error());
    if (auto read = read_defaults(defaults); !read) return tl::unexpected(read.error());
    if (!tiers.IsSequence() || tiers.size() == 0) {
      return section.wrong("tiers", "must be a list of at least one tier");
    }
    for (const YAML::Node& tier : tiers) {
      if (auto read = read_tier(tier); !read) return tl::unexpected(read.error());
    }
    if (auto checked = check_tasks(section); !checked) return tl::unexpected(checked.error());
    return std::move(ladder_);
  }

 private:
  Result<void> read_head(YamlSection& section) {
    Options& options = section.options();
    const std::int64_t format = options.integer("format", kFormat, 1, kMostInteger);
    if (format != kFormat) {
      return section.wrong("format", "is " + std::to_string(format) + ", this program reads 1");
    }
    ladder_.name = options.text("name", "");
    ladder_.version = static_cast<int>(options.integer("version", 1, 1, kMostInteger));
    std::vector<std::string_view> generators;
    for (const GeneratorKind& kind : generator_kinds()) generators.push_back(kind.name);
    ladder_.generator = options.choice("generator", "", generators);
    const std::string items_file = options.text("items_file", "");
    if (!items_file.empty()) ladder_.items_file = (folder_ / items_file).string();
    const std::string sealed_file = options.text("sealed_file", "");
    if (!sealed_file.empty()) ladder_.sealed_file = (folder_ / sealed_file).string();
    return {};
  }

  Result<void> check_head(const YamlSection& section) {
    if (!is_ladder_name(ladder_.name)) return section.wrong("name", kNameRule);
    if (ladder_.generator.empty() == ladder_.items_file.empty()) {
      return section.wrong("", "a ladder needs either a generator or an items_file");
    }
    if (!ladder_.generator.empty() && !ladder_.sealed_file.empty()) {
      return section.wrong("sealed_file", "leave it out: a generator draws its own sealed items");
    }
    generator_ = find_generator(ladder_.generator);
    if (generator_ != nullptr) defaults_.items = kGeneratedItems;
    return {};
  }

  /// What a task may leave to the `defaults` of its ladder.
  static void read_values(Options& options, Task& task) {
    task.weight = options.number("weight", task.weight, 0, kMostWeight);
    task.items = static_cast<std::size_t>(
        options.integer("items", static_cast<std::int64_t>(task.items), 1, kMostItems));
    task.chance = options.number("chance", task.chance, 0, 1);
    task.floor = options.number("floor", task.floor, 0, 1);
    task.exact_floor = options.number("exact_floor", task.exact_floor, 0, 1);
    task.target = options.number("target", task.target, 0, 1);
  }

  Result<void> read_defaults(const YAML::Node& node) {
    if (!node.IsDefined()) return {};
    YamlSection section("defaults", where_);
    if (auto read = section.read(node); !read) return read;
    read_values(section.options(), defaults_);
    return section.finish({});
  }

  Result<void> read_tier(const YAML::Node& node) {
    const std::string path = "tiers[" + std::to_string(ladder_.tiers.size()) + "]";
    YamlSection section(label(node, path), where_);
    if (auto read = section.read(node); !read) return read;
    Tier tier;
    tier.name = section.options().text("name", "");
    tier.title = section.options().text("title", tier.name);
    const YAML::Node tasks = section.nested("tasks");
    if (auto done = section.finish({"name", "tasks"}); !done) return done;
    if (!is_name(tier.name)) return section.wrong("name", kNameRule);
    for (const Tier& other : ladder_.tiers) {
      if (other.name == tier.name) return section.wrong("name", "another tier has this name");
    }
    if (!tasks.IsSequence() || tasks.size() == 0) {
      return section.wrong("tasks", "must be a list of at least one task");
    }
    ladder_.tiers.push_back(std::move(tier));
    for (const YAML::Node& task : tasks) {
      if (auto read = read_task(task, path); !read) return read;
    }
    return {};
  }

  Result<void> read_task(const YAML::Node& node, const std::string& tier_path) {
    Tier& tier = ladder_.tiers.back();
    YamlSection section(
        label(node, tier_path + ".tasks[" + std::to_string(tier.tasks.size()) + "]"), where_);
    if (auto read = section.read(node); !read) return read;
    Task task = defaults_;
    task.name = read_task_name(section.options());
    task.title = section.options().text("title", task.name);
    task.tier = static_cast<std::uint16_t>(ladder_.tiers.size() - 1);
    read_values(section.options(), task);
    const YAML::Node choices = section.nested("choices");
    if (auto done = section.finish({"name"}); !done) return done;
    if (auto read = read_choices(choices, section, task); !read) return read;
    if (auto checked = check_task(task, section); !checked) return checked;
    tier.tasks.push_back(static_cast<TaskIndex>(ladder_.tasks.size()));
    ladder_.tasks.push_back(std::move(task));
    return {};
  }

  std::string read_task_name(Options& options) const {
    if (generator_ == nullptr) return options.text("name", "");
    std::vector<std::string_view> names;
    for (const GeneratorTask& known : generator_->tasks()) names.push_back(known.name);
    return options.choice("name", "", names);
  }

  static Result<void> read_choices(const YAML::Node& node, const YamlSection& section, Task& task) {
    if (!node.IsDefined()) return {};
    constexpr std::string_view kRule = "must be a list of 2 to 1000 different answers";
    if (!node.IsSequence() || node.size() < 2 || node.size() > kMostChoices) {
      return section.wrong("choices", kRule);
    }
    for (const YAML::Node& choice : node) {
      if (!choice.IsScalar() || choice.Scalar().empty()) return section.wrong("choices", kRule);
      task.choices.push_back(choice.Scalar());
    }
    std::vector<std::string> sorted = task.choices;
    std::sort(sorted.begin(), sorted.end());
    const bool distinct = std::adjacent_find(sorted.begin(), sorted.end()) == sorted.end();
    return distinct ? Result<void>() : section.wrong("choices", kRule);
  }

  Result<void> check_task(const Task& task, const YamlSection& section) const {
    if (!is_name(task.name)) return section.wrong("name", kNameRule);
    if (ladder_.find(task.name)) return section.wrong("name", "another task has this name");
    if (ladder_.tasks.size() == kMostTasks) return section.wrong("", "one task more than 1000");
    const std::size_t most = most_items(task.name);
    if (task.items > most) {
      return section.wrong("items", "is " + std::to_string(task.items) + ", there are only " +
                                        std::to_string(most) + " held-out questions");
    }
    const std::string below_target = ", must be below the target " + shown(task.target);
    if (task.floor >= task.target) {
      return section.wrong("floor", "is " + shown(task.floor) + below_target);
    }
    if (task.chance >= task.target) {
      return section.wrong("chance", "is " + shown(task.chance) + below_target);
    }
    return {};
  }

  std::size_t most_items(std::string_view task) const {
    if (generator_ == nullptr) return kMostItems;
    for (const GeneratorTask& known : generator_->tasks()) {
      if (known.name == task) return known.most_items;
    }
    return 0;
  }

  Result<void> check_tasks(const YamlSection& section) const {
    const bool taught = std::any_of(ladder_.tasks.begin(), ladder_.tasks.end(),
                                    [](const Task& task) { return task.weight > 0; });
    if (generator_ != nullptr && !taught) {
      return section.wrong("tiers", "no task has a weight above 0");
    }
    return {};
  }

  /// How messages name a tier or a task: by its name where it has a good one.
  static std::string label(const YAML::Node& node, std::string path) {
    if (!node.IsMap()) return path;
    const YAML::Node name = node["name"];
    return name.IsDefined() && name.IsScalar() && is_name(name.Scalar()) ? name.Scalar() : path;
  }

  static bool is_ladder_name(std::string_view name) {
    std::string snake(name);
    std::replace(snake.begin(), snake.end(), '-', '_');
    return is_name(snake);
  }

  std::string_view where_;
  const std::filesystem::path& folder_;
  const GeneratorKind* generator_ = nullptr;
  Task defaults_;
  Ladder ladder_;
};

}  // namespace

Result<Ladder> parse_ladder(std::string_view yaml, std::string_view where,
                            const std::filesystem::path& folder) {
  const auto root = parse_yaml(yaml, where, kMostValues);
  if (!root) return tl::unexpected(root.error());
  try {
    return LadderParser(where, folder).parse(*root);
  } catch (const YAML::Exception& error) {
    return fail(ErrorCode::kBadConfig, yaml_place(where, error.mark) + ": " + error.msg);
  }
}

}  // namespace gradus
