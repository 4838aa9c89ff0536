#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "describe/api_schema.h"
#include "tests/support/temp_dir.h"

namespace gradus {
namespace {

void expect_golden(const char* path, const std::string& text) {
  if (std::getenv("GRADUS_UPDATE_GOLDEN") != nullptr) std::ofstream(path) << text;
  EXPECT_EQ(test::read_file(path), text) << "run with GRADUS_UPDATE_GOLDEN=1 and review the diff";
}

TEST(ApiDocument, IsTheOneInDocs) { expect_golden("docs/api.md", api_document()); }

// The page's types are generated from this file: `npm run types` in dashboards/live.
TEST(ApiSchema, IsTheOneThatThePageIsBuiltFrom) {
  const auto schema = nlohmann::ordered_json::parse(api_schema());
  expect_golden("dashboards/live/api.schema.json", schema.dump(2) + "\n");
}

}  // namespace
}  // namespace gradus
