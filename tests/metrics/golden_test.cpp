#include <cstdlib>
#include <fstream>

#include "metrics/exposition.h"
#include "tests/metrics/full_sample.h"
#include "tests/support/temp_dir.h"

namespace gradus {
namespace {

/// Compares with a committed file; with GRADUS_UPDATE_GOLDEN=1 it writes the file instead.
void expect_golden(const char* path, const std::string& text) {
  const char* update = std::getenv("GRADUS_UPDATE_GOLDEN");
  if (update != nullptr && std::string_view(update) == "1") {
    std::ofstream(path, std::ios::binary) << text;
  }
  EXPECT_EQ(test::read_file(path), text)
      << path << ": run with GRADUS_UPDATE_GOLDEN=1 and review the diff";
}

TEST(MetricsGolden, PageOfAFixedSample) {
  expect_golden("tests/metrics/data/page.txt", test::FullSample().page().text);
}

TEST(MetricsGolden, Document) { expect_golden("docs/metrics.md", metrics_document()); }

}  // namespace
}  // namespace gradus
