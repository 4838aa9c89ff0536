#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "run/config_sections.h"

namespace gradus {

/// Makes the relative paths of a configuration what they mean: one in the file starts at the file's
/// folder, one on the command line at the working directory.
/// Some started elsewhere in earlier versions. A path that leads nowhere from its own start and
/// somewhere from the old one keeps its old meaning; `notes` then gets a line that says so.
/// Errors: kBadConfig where both starts lead to a run's data.
Result<void> resolve_paths(Sections& sections, const std::filesystem::path& folder,
                           std::vector<std::string>& notes);

}  // namespace gradus
