#include "run/validate.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <filesystem>

#include "base/input_file.h"
#include "describe/words.h"
#include "ladders/generator.h"
#include "ladders/ladder_file.h"
#include "ladders/yaml_text.h"
#include "learner/learner.h"
#include "run/asked_items.h"
#include "run/assembly.h"

namespace gradus {
namespace {

constexpr int kLeakRecords = 100'000;
// At the top level of a ladder, and never at that of a configuration.
constexpr std::array kLadderKeys = {
    "format:", "generator:", "items_file:", "name:", "sealed_file:", "tiers:"};

Result<void> check_leaks(const GeneratorKind& generator, const Ladder& ladder) {
  auto stream = generator.make(ladder, 1, {});
  if (!stream) return tl::unexpected(stream.error());
  std::string record;
  for (int i = 0; i < kLeakRecords; ++i) {
    (*stream)->next(record);
    const nlohmann::json parsed = nlohmann::json::parse(record, nullptr, false);
    const auto prompt = parsed.is_object() ? parsed.find("prompt") : parsed.end();
    if (!parsed.is_object() || prompt == parsed.end()) continue;
    if (generator.held_out(prompt->get<std::string>()))
      return fail(ErrorCode::kBadData, "record " + std::to_string(i) + " of generator '" +
                                           ladder.generator +
                                           "' carries a held-out question: " + record);
  }
  return {};
}

/// A line for each learner: whether it can be asked the items. Errors: that of the last learner
/// where none can.
Result<std::string> check_learners(const std::string& name_or_path) {
  std::string out;
  Result<void> last;
  bool any = false;
  for (const LearnerKind& kind : learner_kinds()) {
    auto config = parse_config("", "check", ".",
                               {"ladder=" + name_or_path, "stream.source=stdin",
                                "learner.kind=" + std::string(kind.name)});
    if (!config) return tl::unexpected(config.error());
    last = check_parts(*config);
    any = any || last.has_value();
    out += "# learner '" + std::string(kind.name) +
           (last ? "' can be asked its items" : "' cannot be: " + last.error().message) + "\n";
  }
  if (!any) return tl::unexpected(last.error());
  return out;
}

/// "# 181 sealed items: add1 128, copy 53; none of add2".
std::string sealed_line(const Ladder& ladder, const std::vector<Item>& sealed) {
  std::vector<std::size_t> counts(ladder.tasks.size());
  for (const Item& item : sealed) ++counts[item.task];
  std::string some, none;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const std::string& name = ladder.tasks[i].name;
    if (counts[i] > 0)
      some += (some.empty() ? "" : ", ") + name + " " + with_thousands(counts[i]);
    else
      none += (none.empty() ? "" : ", ") + name;
  }
  if (some.empty()) return "# no sealed items: overfitting to the probes is not watched for\n";
  return "# " + with_thousands(sealed.size()) + " sealed items: " + some +
         (none.empty() ? "" : "; none of " + none) + "\n";
}

}  // namespace

Result<FileKind> kind_of_file(const std::string& file) {
  const auto builtin = builtin_ladders();
  if (std::find(builtin.begin(), builtin.end(), file) != builtin.end()) return FileKind::kLadder;
  const auto text = read_input_file(file, kMostYamlBytes);
  // A bare name was meant to be a built-in ladder: its loader knows the nearest one.
  if (!text && text.error().code == ErrorCode::kNotFound &&
      file.find_first_of("/.") == std::string::npos)
    return FileKind::kLadder;
  if (!text) return fail(ErrorCode::kBadConfig, text.error().message);
  const bool ladder = std::any_of(kLadderKeys.begin(), kLadderKeys.end(), [&](const char* key) {
    return text->starts_with(key) || text->find(std::string("\n") + key) != std::string::npos;
  });
  return ladder ? FileKind::kLadder : FileKind::kConfig;
}

Result<Config> validate_config(const std::string& file, const Overrides& overrides) {
  auto config = load_config(file, overrides);
  if (!config) return config;
  if (auto valid = check_parts(*config); !valid) return tl::unexpected(valid.error());
  return config;
}

Result<std::string> validate_ladder(const std::string& name_or_path) {
  const auto ladder = load_ladder(name_or_path);
  if (!ladder) return tl::unexpected(ladder.error());
  const auto items = ladder_items(*ladder);
  if (!items) return fail(ErrorCode::kBadConfig, items.error().message);
  std::string out = "# ladder '" + ladder->name + "' version " + std::to_string(ladder->version) +
                    " is valid: " + std::to_string(ladder->tiers.size()) + " tiers, " +
                    std::to_string(ladder->tasks.size()) + " tasks, " +
                    with_thousands(items->size()) + " items\n";
  const auto sealed = sealed_items(*ladder);
  if (!sealed) return tl::unexpected(sealed.error());
  out += sealed_line(*ladder, *sealed);
  const auto learners = check_learners(name_or_path);
  if (!learners) return tl::unexpected(learners.error());
  out += *learners;
  const GeneratorKind* generator = find_generator(ladder->generator);
  if (generator == nullptr) return out;
  if (auto clean = check_leaks(*generator, *ladder); !clean) return tl::unexpected(clean.error());
  return out + "# no held-out question in " + with_thousands(kLeakRecords) +
         " records of generator '" + ladder->generator + "'\n";
}

}  // namespace gradus
