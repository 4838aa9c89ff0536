#include "app/validate.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>

#include "app/assembly.h"
#include "app/words.h"
#include "base/atomic_file.h"
#include "ladders/generator.h"
#include "ladders/ladder_file.h"

namespace gradus {
namespace {

constexpr int kLeakRecords = 100'000;

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

}  // namespace

Result<FileKind> kind_of_file(const std::string& file) {
  const auto builtin = builtin_ladders();
  if (std::find(builtin.begin(), builtin.end(), file) != builtin.end()) return FileKind::kLadder;
  const auto text = read_whole_file(file);
  if (!text) return tl::unexpected(text.error());
  const bool tiers = text->starts_with("tiers:") || text->find("\ntiers:") != std::string::npos;
  return tiers ? FileKind::kLadder : FileKind::kConfig;
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
  if (!items) return tl::unexpected(items.error());
  std::string out = "# ladder '" + ladder->name + "' version " + std::to_string(ladder->version) +
                    " is valid: " + std::to_string(ladder->tiers.size()) + " tiers, " +
                    std::to_string(ladder->tasks.size()) + " tasks, " +
                    with_thousands(items->size()) + " items\n";
  const GeneratorKind* generator = find_generator(ladder->generator);
  if (generator == nullptr) return out;
  if (auto clean = check_leaks(*generator, *ladder); !clean) return tl::unexpected(clean.error());
  return out + "# no held-out question in " + with_thousands(kLeakRecords) +
         " records of generator '" + ladder->generator + "'\n";
}

}  // namespace gradus
