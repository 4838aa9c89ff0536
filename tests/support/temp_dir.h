#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace gradus::test {

/// A folder of its own for one test, removed with everything in it when it goes out of scope.
class TempDir {
 public:
  TempDir();
  ~TempDir();
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path operator/(std::string_view name) const { return path_ / name; }
  /// Writes a file of this name and returns its path.
  std::filesystem::path write(std::string_view name, std::string_view content) const;

 private:
  std::filesystem::path path_;
};

/// The whole content of a file; an empty string where it cannot be read.
std::string read_file(const std::filesystem::path& path);

}  // namespace gradus::test
