#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace gradus::test {

/// One text file of the repository. `code` is `lines` with comments and the inside of string and
/// character literals blanked out, line by line, so that rules do not trip over words.
struct SourceFile {
  std::string path;  ///< from the root, e.g. "base/hash.cpp"
  std::vector<std::string> lines;
  std::vector<std::string> code;
};

/// Builds a file from its text; for bad samples.
SourceFile make_source(std::string path, std::string_view text);

/// The .h, .cpp and CMakeLists.txt files of the rooms and of tests/, sorted by path.
std::vector<SourceFile> read_source_tree(const std::filesystem::path& root);

bool is_header(const SourceFile& file);
bool is_source(const SourceFile& file);
bool is_test(const SourceFile& file);

/// The first folder of a path: the room, or "tests".
std::string_view room_of(std::string_view path);

/// The rooms from left to right.
const std::vector<std::string_view>& rooms_in_order();

}  // namespace gradus::test
