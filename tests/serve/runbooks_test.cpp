#include "serve/runbooks.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <regex>
#include <set>
#include <string>

#include "tests/support/temp_dir.h"

namespace gradus {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

HttpResponse get(const std::string& path) { return answer_runbook({path, {}, {}}); }

TEST(Runbooks, AreThoseOfTheDocuments) {
  std::set<std::string> served, documents;
  for (const RunbookText& runbook : runbook_texts()) {
    served.emplace(runbook.alert);
    EXPECT_EQ(runbook.markdown,
              test::read_file("docs/runbooks/" + std::string(runbook.alert) + ".md"));
  }
  for (const auto& entry : std::filesystem::directory_iterator("docs/runbooks"))
    documents.insert(entry.path().stem());
  EXPECT_EQ(served, documents);
}

TEST(Runbooks, AreListed) {
  const HttpResponse list = get("/runbooks/");
  EXPECT_EQ(list.status, 200u);
  for (const RunbookText& runbook : runbook_texts()) {
    const std::string name(runbook.alert);
    EXPECT_THAT(list.body, HasSubstr("<a href=\"" + name + "\">" + name + "</a>"));
  }
}

TEST(Runbooks, ArePagesWithTheirFourPartsAndNoMarkdownLeft) {
  for (const RunbookText& runbook : runbook_texts()) {
    const std::string name(runbook.alert);
    const HttpResponse page = get("/runbooks/" + name);
    EXPECT_EQ(page.status, 200u);
    EXPECT_EQ(page.content_type, "text/html; charset=utf-8");
    EXPECT_THAT(page.body, HasSubstr("<h1>" + name + "</h1>\n<h2>Meaning</h2>\n<p>"));
    EXPECT_THAT(page.body, AllOf(HasSubstr("<h2>Impact</h2>"), HasSubstr("<h2>Diagnosis</h2>"),
                                 HasSubstr("<h2>Mitigation</h2>"), EndsWith("</html>\n")));
    const std::string content = page.body.substr(page.body.find("<main>"));
    EXPECT_THAT(content, AllOf(Not(HasSubstr("`")), Not(HasSubstr("](")), Not(HasSubstr("**")),
                               Not(HasSubstr("\n#")), Not(HasSubstr("|--"))))
        << name;
  }
}

TEST(Runbooks, LeadToOneAnotherAndNowhereElse) {
  const std::regex link("href=\"([^\"]*)\"");
  std::size_t links = 0;
  for (const RunbookText& runbook : runbook_texts()) {
    const std::string page = get("/runbooks/" + std::string(runbook.alert)).body;
    const std::string content = page.substr(page.find("<main>"));
    for (auto at = std::sregex_iterator(content.begin(), content.end(), link);
         at != std::sregex_iterator(); ++at, ++links)
      EXPECT_EQ(get("/runbooks/" + at->str(1)).status, 200u) << at->str(1);
  }
  EXPECT_GT(links, 3u);
}

TEST(Runbooks, LoadAndRunNothing) {
  for (const std::string path : {"/runbooks/", "/runbooks/GradusDown"}) {
    bool found = false;
    for (const auto& [name, value] : get(path).headers) {
      if (name != "Content-Security-Policy") continue;
      found = true;
      EXPECT_THAT(value, AllOf(HasSubstr("default-src 'none'"), HasSubstr("frame-ancestors 'none'"),
                               Not(HasSubstr("script-src"))));
    }
    EXPECT_TRUE(found) << path;
  }
}

TEST(Runbooks, SayWhereTheListIsWhenOneIsUnknown) {
  const HttpResponse answer = get("/runbooks/GradusNothing");
  EXPECT_EQ(answer.status, 404u);
  EXPECT_THAT(answer.body, HasSubstr("/runbooks/ lists them"));
}

}  // namespace
}  // namespace gradus
