#include "tests/support/grown_learner.h"

#include <cstdlib>
#include <stdexcept>

namespace gradus::test {

std::filesystem::path grown_learner() {
  const char* directory = std::getenv("GRADUS_GROWN_LEARNER");
  if (directory == nullptr)
    throw std::runtime_error(
        "no GRADUS_GROWN_LEARNER: ctest -R grown_learner makes it, in tests/grown_learner of the "
        "build directory");
  return directory;
}

std::filesystem::path copy_grown_learner(const TempDir& folder) {
  std::filesystem::path data = folder / "data";
  std::filesystem::copy(grown_learner(), data, std::filesystem::copy_options::recursive);
  return data;
}

}  // namespace gradus::test
