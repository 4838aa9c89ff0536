#include "run/config_paths.h"

#include <string_view>

namespace gradus {
namespace {

namespace fs = std::filesystem;

bool is_typed(const Options::Entry& entry) { return entry.where.starts_with("--"); }

bool is_there(const fs::path& path) {
  std::error_code ignored;
  return fs::exists(path, ignored);
}

bool holds_run(const fs::path& directory) {
  return is_there(directory / "checkpoint.gradus") || is_there(directory / "progress.json");
}

fs::path in_full(const fs::path& path) {
  std::error_code ignored;
  return fs::absolute(path, ignored).lexically_normal();
}

/// Whether the name of a ladder is that of a file.
bool is_ladder_path(const std::string& ladder) {
  return ladder.find('/') != std::string::npos || ladder.ends_with(".yaml") ||
         ladder.ends_with(".yml");
}

/// One key, and how it was read before.
struct PathKey {
  std::string_view section, key;
  bool (*leads_somewhere)(const fs::path&);
  bool started_at_file;
};

Result<void> resolve(Options& section, const Options::Entry& entry, const PathKey& key,
                     const fs::path& folder, std::vector<std::string>& notes) {
  const fs::path given = entry.value, beside = (folder / given).lexically_normal();
  if (entry.value.empty() || given.is_absolute()) return {};
  const fs::path& now = is_typed(entry) ? given : beside;
  const fs::path& before = key.started_at_file ? beside : given;
  const bool moved = in_full(now) != in_full(before) && key.leads_somewhere(before);
  if (moved && key.leads_somewhere(now) && key.key == "data")
    return tl::unexpected(section.refused(key.key, "both " + now.string() + " and " +
                                                       in_full(before).string() +
                                                       " hold a run; write the path in full"));
  const bool keep = moved && !key.leads_somewhere(now);
  if (keep)
    notes.push_back(section.place_of(entry) + ": taken for " + in_full(before).string() +
                    ", as before, since there is no " + now.string() +
                    "; paths in a file start at its folder, typed ones at the working directory");
  section.set(entry.key, (keep ? before : now).string(), entry.where);
  return {};
}

}  // namespace

Result<void> resolve_paths(Sections& sections, const std::filesystem::path& folder,
                           std::vector<std::string>& notes) {
  constexpr PathKey kLadder = {"", "ladder", &is_there, true};
  constexpr PathKey kData = {"", "data", &holds_run, false};
  constexpr PathKey kFile = {"stream.file", "path", &is_there, false};
  constexpr PathKey kSecret = {"stream.kafka", "_file", &is_there, false};
  for (const PathKey& key : {kLadder, kData, kFile, kSecret}) {
    const auto found = sections.find(key.section);
    if (found == sections.end()) continue;
    const auto entries = found->second.entries();  // a copy: `resolve` sets the original
    for (const Options::Entry& entry : entries) {
      const bool secret = key.key == "_file" && entry.key.ends_with("_file");
      if (!secret && entry.key != key.key) continue;
      if (key.key == "ladder" && !is_ladder_path(entry.value)) continue;
      if (auto done = resolve(found->second, entry, key, folder, notes); !done) return done;
    }
  }
  return {};
}

}  // namespace gradus
