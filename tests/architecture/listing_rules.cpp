#include <algorithm>
#include <filesystem>
#include <sstream>
#include <string_view>

#include "tests/architecture/rules.h"

namespace gradus::test {
namespace {

/// The words of a CMakeLists.txt without comments.
std::vector<std::string> words_of(const SourceFile& list) {
  std::vector<std::string> words;
  for (const std::string& line : list.lines) {
    std::istringstream in(line.substr(0, line.find('#')));
    for (std::string word; in >> word;) {
      std::erase_if(word, [](char byte) { return byte == '(' || byte == ')' || byte == '"'; });
      words.push_back(word);
    }
  }
  return words;
}

/// The nearest CMakeLists.txt at or above the folder of `path`; null where there is none.
const SourceFile* list_above(const SourceTree& tree, const std::filesystem::path& path) {
  for (std::filesystem::path folder = path.parent_path(); !folder.empty();
       folder = folder.parent_path()) {
    const std::string wanted = (folder / "CMakeLists.txt").string();
    const auto found = std::find_if(tree.begin(), tree.end(),
                                    [&](const SourceFile& file) { return file.path == wanted; });
    if (found != tree.end()) return &*found;
  }
  return nullptr;
}

void check_sorted(const SourceFile& list, Violations& found) {
  const std::vector<std::string> words = words_of(list);
  auto block = std::find(words.begin(), words.end(), "SOURCES");
  while (block != words.end()) {
    const auto first = block + 1;
    const auto last = std::find_if_not(first, words.end(),
                                       [](const std::string& w) { return w.ends_with(".cpp"); });
    const auto wrong = std::is_sorted_until(first, last);
    if (wrong != last) found.push_back(list.path + ": " + *wrong + " is out of order");
    block = std::find(last, words.end(), "SOURCES");
  }
}

}  // namespace

Violations check_listed(const SourceTree& tree) {
  Violations found;
  for (const SourceFile& file : tree) {
    if (file.path.ends_with("CMakeLists.txt")) check_sorted(file, found);
    if (!is_source(file)) continue;
    const SourceFile* list = list_above(tree, file.path);
    if (list == nullptr) {
      found.push_back(file.path + ": no CMakeLists.txt above it");
      continue;
    }
    const std::filesystem::path folder = std::filesystem::path(list->path).parent_path();
    const std::string name = std::filesystem::path(file.path).lexically_relative(folder).string();
    const std::vector<std::string> words = words_of(*list);
    if (std::find(words.begin(), words.end(), name) == words.end()) {
      found.push_back(file.path + ": not listed in " + list->path);
    }
  }
  return found;
}

}  // namespace gradus::test
