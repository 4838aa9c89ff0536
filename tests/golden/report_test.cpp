#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "report/html_report.h"
#include "report/json_report.h"
#include "report/markdown_report.h"
#include "report/report_loader.h"
#include "tests/golden/same_json.h"
#include "tests/golden/school_run.h"
#include "tests/support/temp_dir.h"

namespace gradus::test {
namespace {

/// The text of a golden file; with GRADUS_UPDATE_GOLDEN it becomes `actual` first.
std::string golden(const std::string& name, const std::string& actual) {
  const std::string path = "tests/golden/data/" + name;
  if (std::getenv("GRADUS_UPDATE_GOLDEN") != nullptr) std::ofstream(path) << actual;
  return read_file(path);
}

class GoldenReport : public ::testing::Test {
 protected:
  GoldenReport() {
    write_school_run(folder_.path());
    auto loaded = load_report(folder_.path());
    EXPECT_TRUE(loaded) << loaded.error().message;
    data_ = std::move(*loaded);
  }
  const TempDir folder_;
  ReportData data_;
};

/// Numbers with a fraction to six digits, for the reader.
void round_numbers(nlohmann::ordered_json& value) {
  if (value.is_number_float()) value = std::round(value.get<double>() * 1e6) / 1e6;
  if (value.is_structured())
    for (auto& each : value) round_numbers(each);
}

TEST_F(GoldenReport, AsHtml) {
  const std::string report = html_report(data_);
  EXPECT_EQ(report, golden("report.html", report));
}

TEST_F(GoldenReport, AsMarkdown) {
  const std::string report = markdown_report(data_);
  EXPECT_EQ(report, golden("report.md", report));
}

TEST_F(GoldenReport, AsJson) {
  auto report = nlohmann::ordered_json::parse(json_report(data_));
  round_numbers(report);
  const std::string text = report.dump(1) + "\n";
  const auto kept = nlohmann::ordered_json::parse(golden("report.json", text), nullptr, false);
  // Builds differ by how they sum the curve filter's single-precision weights.
  expect_same(report, kept, 2e-5);
}

}  // namespace
}  // namespace gradus::test
