#include "serve/live_page.h"

#include "tests/describe/view_fixture.h"

namespace gradus {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(LivePage, FillsBothPlaceholdersInEitherOrder) {
  EXPECT_EQ(LivePage("a<!--gradus:table-->b/*gradus:progress*/null;c").fill("T", "{}"), "aTb{};c");
  EXPECT_EQ(LivePage("a/*gradus:progress*/null;b<!--gradus:table-->c").fill("T", "{}"), "a{};bTc");
}

TEST(LivePage, LeavesAPageWithoutPlaceholdersAsItIs) {
  EXPECT_EQ(LivePage("plain").fill("T", "{}"), "plain");
  EXPECT_EQ(LivePage("<!--gradus:table-->").fill("T", "{}"), "T");
}

TEST(LivePage, IsPartOfTheProgramWithItsPlaceholders) {
  EXPECT_THAT(std::string(live_page_html()),
              AllOf(HasSubstr("<!--gradus:table-->"), HasSubstr("/*gradus:progress*/null")));
}

class FilledLivePage : public test::ViewFixture {};

TEST_F(FilledLivePage, ShowsTheLadderAndTheProgressOfTheRun) {
  publish(report_at(300));
  const std::string page = LivePage(live_page_html()).fill(view_);
  EXPECT_THAT(page, AllOf(HasSubstr("<td>add1</td>"), HasSubstr("0.50 [0.00, 1.00]"),
                          HasSubstr("{\"run\":\"school\""), Not(HasSubstr("gradus:table")),
                          Not(HasSubstr("gradus:progress*/"))));
}

// A run's name, an annotation, a task: none of them may end the element that it stands in.
TEST_F(FilledLivePage, LetsNoTextOutOfItsPlace) {
  facts_.run = "</script><script>alert(1)</script>";
  ProgressReport report = report_at(300);
  report.tasks[0].task = "<img src=x>";
  report.annotations = {{1, 10, clock_.now(), "<!--<script>", false}};
  publish(std::move(report));
  const std::string page = LivePage("<!--gradus:table-->|/*gradus:progress*/null").fill(view_);
  const std::size_t middle = page.find('|');
  EXPECT_THAT(page.substr(0, middle),
              AllOf(HasSubstr("&lt;img src=x&gt;"), Not(HasSubstr("<img"))));
  EXPECT_EQ(page.find('<', middle), std::string::npos);
  EXPECT_THAT(page, HasSubstr("\\u003c/script>"));
}

}  // namespace
}  // namespace gradus
