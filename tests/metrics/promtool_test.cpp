#include <cstdlib>
#include <string>

#include "tests/metrics/full_sample.h"
#include "tests/support/temp_dir.h"

namespace gradus {
namespace {

// Exit code 1: not the text format; 3: a name or a help text that Prometheus' own lint refuses.
TEST(Promtool, FindsNothingToSayAboutAPage) {
  const test::TempDir dir;
  const auto page = dir.write("page.txt", test::FullSample().page().text);
  const std::string said = (dir / "said.txt").string();
  const std::string command = "promtool check metrics < " + page.string() + " > " + said + " 2>&1";
  EXPECT_EQ(std::system(command.c_str()), 0) << test::read_file(said);
}

TEST(Promtool, ReadsAPageBeforeAnythingWasPublished) {
  const test::TempDir dir;
  const test::FullSample full;
  const MetricsSample nothing{full.facts, &full.ladder, nullptr,     nullptr, nullptr,
                              nullptr,    nullptr,      full.server, full.now};
  const auto page = dir.write("page.txt", render_metrics(nothing).text);
  const std::string said = (dir / "said.txt").string();
  const std::string command = "promtool check metrics < " + page.string() + " > " + said + " 2>&1";
  EXPECT_EQ(std::system(command.c_str()), 0) << test::read_file(said);
}

}  // namespace
}  // namespace gradus
