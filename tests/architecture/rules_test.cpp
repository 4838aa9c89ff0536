#include "tests/architecture/rules.h"

namespace gradus::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

SourceFile file(std::string path, std::string_view text) {
  return make_source(std::move(path), text);
}

SourceFile header(std::string path, std::string_view text) {
  return make_source(std::move(path), "#pragma once\n" + std::string(text));
}

std::string lines(std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += "\n";
  return text;
}

TEST(RoomOrder, AllowsARoomItselfAndWhatStandsToItsLeft) {
  EXPECT_THAT(check_room_order({
                  header("base/hash.h", ""),
                  header("learner/learner.h", "#include \"base/hash.h\"\n"),
                  header("learner/learners/ftrl.h", "#include \"learner/learner.h\"\n"),
                  file("learner/registry.cpp", "#include \"learner/learners/ftrl.h\"\n"),
              }),
              IsEmpty());
}

TEST(RoomOrder, FindsAnIncludeToTheRight) {
  EXPECT_THAT(check_room_order({header("learner/learner.h", ""),
                                file("base/hash.cpp", "\n#include \"learner/learner.h\"\n")}),
              ElementsAre(HasSubstr("base/hash.cpp:2: room base must not include learner")));
}

TEST(RoomOrder, FindsAnIncludeOfAnotherRoomsPrivateFolder) {
  EXPECT_THAT(check_room_order({header("ingest/sources/kafka.h", ""),
                                file("app/main.cpp", "#include \"ingest/sources/kafka.h\"\n")}),
              ElementsAre(HasSubstr("private to ingest")));
}

TEST(RoomOrder, FindsAnIncludeThatDoesNotStartAtTheRoot) {
  EXPECT_THAT(
      check_room_order({header("base/hash.h", ""), file("base/hash.cpp", "#include \"hash.h\"\n")}),
      ElementsAre(HasSubstr("does not exist from the root")));
}

TEST(ThirdParty, AllowsOwnersAndTheStandardLibrary) {
  EXPECT_THAT(check_third_party({
                  file("ingest/sources/kafka.cpp", "#include <librdkafka/rdkafka.h>\n"),
                  header("learner/mlp.h", "#include <Eigen/Core>\n#include <vector>\n"),
                  file("base/clock.cpp", "#include <unistd.h>\n#include <sys/stat.h>\n"),
                  header("base/latest.h", "#include <mutex>\n"),
                  file("serve/server.cpp", "#include <boost/beast/http.hpp>\n"),
              }),
              IsEmpty());
}

TEST(ThirdParty, FindsAHeaderInAForeignRoom) {
  EXPECT_THAT(check_third_party({file("probes/prober.cpp", "#include <librdkafka/rdkafka.h>\n")}),
              ElementsAre(HasSubstr("is not for room probes")));
  EXPECT_THAT(check_third_party({file("metrics/page.cpp", "#include <Eigen/Core>\n")}),
              ElementsAre(HasSubstr("is not for room metrics")));
}

TEST(ThirdParty, FindsThreadsOutsideTheRun) {
  EXPECT_THAT(check_third_party({file("ingest/loop.cpp", "#include <thread>\n")}),
              ElementsAre(HasSubstr("<thread> is not for room ingest")));
  EXPECT_THAT(check_third_party({file("learner/loop.cpp", "#include <mutex>\n")}),
              ElementsAre(HasSubstr("<mutex> is not for room learner")));
  EXPECT_THAT(check_third_party({file("app/loop.cpp", "#include <future>\n")}),
              ElementsAre(HasSubstr("<future> is not for room app")));
}

TEST(ThirdParty, FindsHeavyHeadersInHeaders) {
  EXPECT_THAT(
      check_third_party({header("app/json.h", "#include <nlohmann/json.hpp>\n"),
                         header("serve/http.h", "#include <boost/beast/http.hpp>\n"),
                         header("ingest/kafka.h", "#include <librdkafka/rdkafka.h>\n"),
                         header("history/history.h", "#include <SQLiteCpp/Database.h>\n"),
                         header("learner/mlp.h", "#include <Eigen/Dense>\n")}),
      testing::AllOf(testing::SizeIs(5), testing::Each(HasSubstr("must not be in a header"))));
}

TEST(ThirdParty, LetsPrivateHeadersShareTheParser) {
  EXPECT_THAT(check_third_party({header("ingest/decoders/json.h", "#include <simdjson.h>\n")}),
              IsEmpty());
  EXPECT_THAT(check_third_party({header("ingest/decoder.h", "#include <simdjson.h>\n")}),
              ElementsAre(HasSubstr("must not be in a public header")));
}

TEST(ThirdParty, FindsALibraryThatNobodyAgreedOn) {
  EXPECT_THAT(check_third_party({file("app/main.cpp", "#include <absl/strings/str_cat.h>\n")}),
              ElementsAre(HasSubstr("belongs to no room")));
}

TEST(RoomSizes, FindsARoomOfMoreThanItsShare) {
  const SourceTree tree = {file("base/a.cpp", lines(45)), file("ingest/a.cpp", lines(45)),
                           file("learner/a.cpp", lines(10)), file("tests/base/a.cpp", lines(1000))};
  EXPECT_THAT(check_room_sizes(tree), ElementsAre(HasSubstr("base: 45 % of the code"),
                                                  HasSubstr("ingest: 45 % of the code")));
}

TEST(RoomSizes, LeaveOutTheKinds) {
  const SourceTree tree = {file("learner/learners/a.cpp", lines(90)),
                           file("base/a.cpp", lines(10))};
  EXPECT_THAT(check_room_sizes(tree), IsEmpty());
}

TEST(Lengths, StopAtTheLimitOfEachKindOfFile) {
  EXPECT_THAT(check_lengths({file("base/a.h", lines(200)), file("base/a.cpp", lines(350)),
                             file("tests/base/a_test.cpp", lines(500))}),
              IsEmpty());
  EXPECT_THAT(check_lengths({file("base/a.h", lines(201)), file("base/a.cpp", lines(351)),
                             file("tests/base/a_test.cpp", lines(501))}),
              ElementsAre(HasSubstr("201 lines"), HasSubstr("351 lines"), HasSubstr("501 lines")));
}

TEST(Lengths, FindALongFunctionAtNamespaceScopeAndInAClass) {
  std::string body;
  for (int i = 0; i < 59; ++i) body += "    work();\n";
  EXPECT_THAT(check_lengths({file("base/a.cpp", "\nvoid f() {\n" + body + "}\n")}),
              ElementsAre(HasSubstr("base/a.cpp:2: a function of 61 lines")));
  EXPECT_THAT(check_lengths({file("base/a.cpp", "class A {\n  void f() {\n" + body + "  }\n};\n")}),
              ElementsAre(HasSubstr("base/a.cpp:2: a function of 61 lines")));
  EXPECT_THAT(check_lengths({file("base/a.cpp", "void f() {\n" + body.substr(12) + "}\n")}),
              IsEmpty());
}

TEST(Lengths, CountColumnsInCharacters) {
  std::string wide = "int " + std::string(96, 'x');
  EXPECT_THAT(check_lengths({file("base/a.cpp", wide)}), IsEmpty());
  EXPECT_THAT(check_lengths({file("base/a.cpp", wide + ";")}),
              ElementsAre(HasSubstr("more than 100 columns")));
}

TEST(Lengths, CountColumnsOfCommentsAndNotOfLiterals) {
  const std::string wide(98, 'x');
  EXPECT_THAT(
      check_lengths({file("base/a.cpp", "  /// " + wide), file("base/b.cpp", "// " + wide)}),
      testing::SizeIs(2));
  EXPECT_THAT(check_lengths({file("base/a.cpp", "say(\"" + wide + "\");")}), IsEmpty());
}

class ForbiddenCode : public testing::TestWithParam<const char*> {};

TEST_P(ForbiddenCode, IsFoundInARoom) {
  EXPECT_THAT(check_forbidden({file("base/a.cpp", GetParam())}), testing::SizeIs(1));
}

INSTANTIATE_TEST_SUITE_P(
    Rules, ForbiddenCode,
    testing::Values("// TODO: later\n", "/// FIXME\n", "  } catch (...) {\n", "  throw Error();\n",
                    "static int count = 0;\n", "  static std::string last;\n",
                    "static std::vector<int> seen{};\n", "  thread_local int depth = 0;\n",
                    "int calls = 0;\n", "std::atomic<int> calls;\n",
                    "Registry* registry = nullptr;\n", "std::map<int, int> table;\n",
                    "  std::shared_ptr<Model> model;\n", "class LearnerManager {\n",
                    "struct Utils {\n", "  auto s = std::format(x);\n"));

class AllowedCode : public testing::TestWithParam<const char*> {};

TEST_P(AllowedCode, IsNotFound) {
  EXPECT_THAT(check_forbidden({file("base/a.cpp", GetParam())}), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(
    Rules, AllowedCode,
    testing::Values("static const int kCount = 3;\n", "static constexpr std::array kAll = {1};\n",
                    "  static Result<FileLock> acquire(const Path& path);\n",
                    "static int twice(int x) { return 2 * x; }\n", "constexpr int kMost = 3;\n",
                    "const std::string kName = \"x\";\n", "int twice(int x) { return 2 * x; }\n",
                    "int twice(int x);\n", "using Map = std::map<int, int>;\n",
                    "  int local = 0;\n", "std::shared_ptr<const Model> model();\n",
                    "  } catch (const std::exception& error) {\n",
                    "// throw and static int x; are words here\n", "  log(\"TO\" \"DO; throw\");\n",
                    "  print(R\"(static int x;)\");\n", "  const int million = 1'000'000;\n"));

TEST(ForbiddenInHeaders, UsingNamespace) {
  EXPECT_THAT(check_forbidden({header("base/a.h", "using namespace std;\n")}),
              ElementsAre(HasSubstr("base/a.h:2: using namespace")));
}

TEST(ForbiddenInHeaders, NoPragmaOnce) {
  EXPECT_THAT(check_forbidden({file("base/a.h", "int f();\n")}),
              ElementsAre(HasSubstr("without #pragma once")));
}

TEST(Listed, AllowsAListedAndSortedTree) {
  EXPECT_THAT(
      check_listed({file("base/CMakeLists.txt", "gradus_library(base SOURCES a.cpp sub/b.cpp)"),
                    file("base/a.cpp", ""), file("base/sub/b.cpp", "")}),
      IsEmpty());
}

TEST(Listed, FindsASourceAndATestThatNobodyBuilds) {
  EXPECT_THAT(
      check_listed({file("base/CMakeLists.txt", "gradus_library(base SOURCES a.cpp)"),
                    file("base/b.cpp", ""), file("tests/base/CMakeLists.txt", "# a_test.cpp"),
                    file("tests/base/a_test.cpp", "")}),
      ElementsAre("base/b.cpp: not listed in base/CMakeLists.txt",
                  "tests/base/a_test.cpp: not listed in tests/base/CMakeLists.txt"));
}

TEST(Listed, FindsAListOutOfOrder) {
  EXPECT_THAT(
      check_listed({file("base/CMakeLists.txt", "gradus_library(base\n SOURCES\n b.cpp\n a.cpp\n)"),
                    file("base/a.cpp", ""), file("base/b.cpp", "")}),
      ElementsAre("base/CMakeLists.txt: a.cpp is out of order"));
}

}  // namespace
}  // namespace gradus::test
