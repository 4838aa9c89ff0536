#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "ladders/ladder.h"

namespace gradus {

/// A ladder by the name of a built-in one, or from a YAML file (a name with '/' or ending in .yaml
/// or .yml).
/// Errors: kNotFound with the names there are; kBadConfig with file, line, key and what would be
/// right.
Result<Ladder> load_ladder(std::string_view name_or_path);

/// Parses the YAML text of a ladder; `where` names it in messages, `folder` resolves its items
/// file.
Result<Ladder> parse_ladder(std::string_view yaml, std::string_view where,
                            const std::filesystem::path& folder);

/// Names of the built-in ladders, sorted.
std::vector<std::string_view> builtin_ladders();

/// The held-out items of every task, in task order: from the ladder's generator, or from its items
/// file.
/// Errors: as load_ladder; kBadData with file and line for an item that is not a record of a known
/// task.
Result<std::vector<Item>> ladder_items(const Ladder& ladder);

/// The sealed items of every task that has some: a second set beside ladder_items, which shows
/// whether the first is known better than its kind. From the ladder's generator, or its sealed file
/// where it has one.
/// Errors: as ladder_items.
Result<std::vector<Item>> sealed_ladder_items(const Ladder& ladder);

}  // namespace gradus
