#include "ladders/ladder_file.h"

#include <algorithm>
#include <string>

#include "base/input_file.h"
#include "base/text.h"
#include "ladders/data/builtin.h"
#include "ladders/generator.h"
#include "ladders/items_file.h"
#include "ladders/yaml_text.h"

namespace gradus {
namespace {

bool is_path(std::string_view name) {
  return name.find('/') != std::string_view::npos || name.ends_with(".yaml") ||
         name.ends_with(".yml");
}

Error no_such_ladder(std::string_view name) {
  const std::vector<std::string_view> names = builtin_ladders();
  std::string message = "no ladder \"" + std::string(name) + "\"; built in:";
  for (const std::string_view known : names) message += " " + std::string(known);
  message += "; a file's name holds a '/' or ends in .yaml";
  const std::string_view nearest = nearest_name(name, names);
  if (!nearest.empty()) message += "; did you mean " + std::string(nearest) + "?";
  return {ErrorCode::kNotFound, message};
}

}  // namespace

Result<Ladder> load_ladder(std::string_view name_or_path) {
  if (is_path(name_or_path)) {
    const std::filesystem::path path(name_or_path);
    const Result<std::string> text = read_input_file(path, kMostYamlBytes);
    if (!text) return tl::unexpected(text.error());
    return parse_ladder(*text, name_or_path, path.parent_path());
  }
  const std::span<const BuiltinLadder> texts = builtin_ladder_texts();
  const auto found = std::find_if(texts.begin(), texts.end(), [&](const BuiltinLadder& ladder) {
    return ladder.name == name_or_path;
  });
  if (found == texts.end()) return tl::unexpected(no_such_ladder(name_or_path));
  return parse_ladder(found->yaml, "built-in ladder " + std::string(found->name), {});
}

std::vector<std::string_view> builtin_ladders() {
  std::vector<std::string_view> names;
  for (const BuiltinLadder& ladder : builtin_ladder_texts()) names.push_back(ladder.name);
  return names;
}

Result<std::vector<Item>> ladder_items(const Ladder& ladder) {
  if (ladder.generator.empty()) return read_items_file(ladder);
  const GeneratorKind* generator = find_generator(ladder.generator);
  if (generator == nullptr) {
    return fail(ErrorCode::kBadConfig,
                "ladder " + ladder.name + ": no generator \"" + ladder.generator + "\"");
  }
  return generator->items(ladder);
}

Result<std::vector<Item>> sealed_ladder_items(const Ladder& ladder) {
  const GeneratorKind* generator = find_generator(ladder.generator);
  return generator == nullptr ? read_sealed_file(ladder) : generator->sealed_items(ladder);
}

}  // namespace gradus
