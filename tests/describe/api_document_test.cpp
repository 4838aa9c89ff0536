#include <cstdlib>
#include <fstream>

#include "describe/api_schema.h"
#include "tests/support/temp_dir.h"

namespace gradus {
namespace {

TEST(ApiDocument, IsTheOneInDocs) {
  constexpr const char* kPath = "docs/api.md";
  if (std::getenv("GRADUS_UPDATE_GOLDEN") != nullptr) std::ofstream(kPath) << api_document();
  EXPECT_EQ(test::read_file(kPath), api_document())
      << "run with GRADUS_UPDATE_GOLDEN=1 and review the diff";
}

}  // namespace
}  // namespace gradus
