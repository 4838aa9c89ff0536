#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string_view>

#include "tests/architecture/rules.h"

namespace gradus::test {
namespace {

struct Include {
  std::string name;
  char bracket;  ///< '"' or '<'
  std::size_t line;
};

std::vector<Include> includes_of(const SourceFile& file) {
  std::vector<Include> includes;
  for (std::size_t i = 0; i < file.lines.size(); ++i) {
    const std::string& line = file.lines[i];
    constexpr std::string_view kStart = "#include ";
    if (!line.starts_with(kStart) || line.size() <= kStart.size()) continue;
    const char bracket = line[kStart.size()];
    const std::size_t end = line.find(bracket == '<' ? '>' : '"', kStart.size() + 1);
    includes.push_back({line.substr(kStart.size() + 1, end - kStart.size() - 1), bracket, i + 1});
  }
  return includes;
}

std::string place(const SourceFile& file, const Include& include) {
  return file.path + ":" + std::to_string(include.line) + ": ";
}

std::size_t rank(std::string_view room) {
  const auto& rooms = rooms_in_order();
  return static_cast<std::size_t>(std::find(rooms.begin(), rooms.end(), room) - rooms.begin());
}

/// True below a folder of a room.
bool is_private(std::string_view path) { return std::count(path.begin(), path.end(), '/') > 1; }

std::optional<std::string> order_problem(const SourceFile& file, const Include& include,
                                         const std::set<std::string>& paths) {
  const std::string_view from = room_of(file.path);
  const std::string_view to = room_of(include.name);
  if (!paths.contains(include.name)) {
    return "includes \"" + include.name + "\", which does not exist from the root";
  }
  if (from != to && rank(to) > rank(from)) {
    return "room " + std::string(from) + " must not include " + std::string(to) +
           ", which stands to its right";
  }
  if (from != to && is_private(include.name)) {
    return "\"" + include.name + "\" is private to " + std::string(to);
  }
  return std::nullopt;
}

enum class Where {
  kAnyFile,
  kPrivateOnly,  ///< sources, and headers of the room's private folder
  kSourcesOnly,
};

/// Who may include headers that start with `prefix`; the first row that fits decides.
struct ThirdParty {
  std::string_view prefix;
  Where where;
  std::vector<std::string_view> rooms;
};

const std::vector<ThirdParty>& third_party() {
  static const std::vector<ThirdParty> rows = {
      {"spdlog/", Where::kSourcesOnly, {"base"}},
      {"fmt/", Where::kSourcesOnly, {"base"}},
      {"tl/expected.hpp", Where::kAnyFile, {"base"}},
      {"yaml-cpp/", Where::kAnyFile, {"ladders", "run"}},
      {"glpk.h", Where::kSourcesOnly, {"ladders"}},
      {"librdkafka/", Where::kSourcesOnly, {"ingest"}},
      {"simdjson.h", Where::kPrivateOnly, {"ingest"}},
      {"zlib.h", Where::kSourcesOnly, {"ingest", "judge", "serve", "run"}},
      {"Eigen/Core", Where::kAnyFile, {"learner", "probes", "progress"}},
      {"Eigen/", Where::kSourcesOnly, {"learner", "probes", "progress"}},
      {"SQLiteCpp/", Where::kSourcesOnly, {"history"}},
      {"sqlite3.h", Where::kSourcesOnly, {"history"}},
      {"prometheus/", Where::kSourcesOnly, {"metrics"}},
      {"boost/beast", Where::kSourcesOnly, {"serve"}},
      {"boost/asio", Where::kAnyFile, {"serve", "terminal", "run", "app"}},
      {"CLI/", Where::kSourcesOnly, {"app"}},
      {"nlohmann/json_fwd.hpp", Where::kAnyFile, {"describe", "report"}},
      {"nlohmann/",
       Where::kSourcesOnly,
       {"describe", "plan", "report", "judge", "serve", "run", "app"}},
      {"thread", Where::kAnyFile, {"plan", "run"}},
      {"mutex", Where::kAnyFile, {"base"}},
      {"shared_mutex", Where::kAnyFile, {"base"}},
      {"condition_variable", Where::kAnyFile, {"base"}},
      {"atomic", Where::kAnyFile, {"base"}},
      {"semaphore", Where::kAnyFile, {}},
      {"latch", Where::kAnyFile, {}},
      {"barrier", Where::kAnyFile, {}},
      {"future", Where::kAnyFile, {}},
      {"iostream", Where::kSourcesOnly, {"app"}},
  };
  return rows;
}

/// True where `name` is the row's header, or lies in the row's folder.
bool fits(const ThirdParty& row, std::string_view name) {
  const bool whole_name = row.prefix.find('/') == std::string_view::npos ||
                          row.prefix.ends_with(".hpp") || row.prefix == "Eigen/Core";
  return whole_name ? name == row.prefix : name.starts_with(row.prefix);
}

/// The C++ library names its headers without a dot; of POSIX only what the rooms need.
bool is_platform_header(std::string_view name) {
  constexpr std::array<std::string_view, 13> kPosix = {
      "fcntl.h",  "poll.h",       "pthread.h", "sched.h", "signal.h",  "sys/",       "termios.h",
      "unistd.h", "netinet/in.h", "dirent.h",  "arpa/",   "fnmatch.h", "immintrin.h"};
  const bool standard = name.find_first_of("./") == std::string_view::npos;
  return standard || std::any_of(kPosix.begin(), kPosix.end(),
                                 [&](std::string_view prefix) { return name.starts_with(prefix); });
}

std::optional<std::string> third_party_problem(const SourceFile& file, const Include& include) {
  const auto& rows = third_party();
  const auto row = std::find_if(rows.begin(), rows.end(), [&](const ThirdParty& candidate) {
    return fits(candidate, include.name);
  });
  if (row == rows.end()) {
    if (is_platform_header(include.name)) return std::nullopt;
    return "<" + include.name + "> belongs to no room";
  }
  const std::string_view room = room_of(file.path);
  if (std::find(row->rooms.begin(), row->rooms.end(), room) == row->rooms.end()) {
    return "<" + include.name + "> is not for room " + std::string(room);
  }
  if (row->where == Where::kSourcesOnly && is_header(file)) {
    return "<" + include.name + "> must not be in a header";
  }
  if (row->where == Where::kPrivateOnly && is_header(file) && !is_private(file.path)) {
    return "<" + include.name + "> must not be in a public header";
  }
  return std::nullopt;
}

}  // namespace

Violations check_room_order(const SourceTree& tree) {
  std::set<std::string> paths;
  for (const SourceFile& file : tree) paths.insert(file.path);
  Violations found;
  for (const SourceFile& file : tree) {
    if (is_test(file)) continue;
    for (const Include& include : includes_of(file)) {
      if (include.bracket != '"') continue;
      if (const auto problem = order_problem(file, include, paths)) {
        found.push_back(place(file, include) + *problem);
      }
    }
  }
  return found;
}

Violations check_third_party(const SourceTree& tree) {
  Violations found;
  for (const SourceFile& file : tree) {
    if (is_test(file)) continue;
    for (const Include& include : includes_of(file)) {
      if (include.bracket != '<') continue;
      if (const auto problem = third_party_problem(file, include)) {
        found.push_back(place(file, include) + *problem);
      }
    }
  }
  return found;
}

}  // namespace gradus::test
