#include <cstdlib>
#include <fstream>

#include "run/config_keys.h"
#include "tests/support/temp_dir.h"

namespace gradus {
namespace {

constexpr const char* kDocument = "docs/configuration.md";
constexpr std::string_view kFirst = "### Top level\n", kAfter = "\nA relative path";

// GRADUS_UPDATE_GOLDEN=1 writes the tables of the kinds' own keys into the document.
TEST(ConfigDocument, HoldsTheTablesOfAllKeys) {
  const std::string document = test::read_file(kDocument);
  const std::size_t begin = document.find(kFirst);
  ASSERT_NE(begin, std::string::npos);
  const std::size_t end = document.find(kAfter, begin);
  ASSERT_NE(end, std::string::npos) << "no text after the tables";
  const std::string tables = config_key_tables();
  const char* update = std::getenv("GRADUS_UPDATE_GOLDEN");
  if (update != nullptr && std::string_view(update) == "1") {
    std::ofstream(kDocument) << document.substr(0, begin) + tables + document.substr(end);
    return;
  }
  EXPECT_EQ(document.substr(begin, end - begin), tables);
}

}  // namespace
}  // namespace gradus
