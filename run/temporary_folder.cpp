#include "run/temporary_folder.h"

#include <cstdlib>
#include <string>
#include <utility>

namespace gradus {

Result<TemporaryFolder> TemporaryFolder::make() {
  std::error_code error;
  std::string pattern = (std::filesystem::temp_directory_path(error) / "gradus-XXXXXX").string();
  if (error || ::mkdtemp(pattern.data()) == nullptr)
    return fail(ErrorCode::kIo,
                "cannot make a temporary folder (" + pattern + "); name one with --data");
  return TemporaryFolder(pattern);
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
}

TemporaryFolder::TemporaryFolder(TemporaryFolder&& other) noexcept
    : path_(std::exchange(other.path_, {})) {}

}  // namespace gradus
