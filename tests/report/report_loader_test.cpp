#include "report/report_loader.h"

#include "tests/support/temp_dir.h"

namespace gradus {
namespace {

using testing::HasSubstr;

Error error_of(const std::filesystem::path& directory) {
  const auto loaded = load_report(directory);
  EXPECT_FALSE(loaded);
  return loaded ? Error{} : loaded.error();
}

TEST(ReportLoader, SaysThatADirectoryIsMissing) {
  const Error error = error_of("/nonexistent/data");
  EXPECT_EQ(error.code, ErrorCode::kNotFound);
  EXPECT_THAT(error.message, HasSubstr("/nonexistent/data: there is no such directory"));
}

TEST(ReportLoader, SaysThatADirectoryHoldsNoRun) {
  const test::TempDir folder;
  const Error error = error_of(folder.path());
  EXPECT_EQ(error.code, ErrorCode::kNotFound);
  EXPECT_THAT(error.message, HasSubstr("there is no progress.json"));
}

TEST(ReportLoader, RefusesAnotherFormatByName) {
  const test::TempDir folder;
  folder.write("progress.json", R"({"format": 2, "run": "a", "step": 1})");
  const Error error = error_of(folder.path());
  EXPECT_EQ(error.code, ErrorCode::kForeign);
  EXPECT_THAT(error.message, HasSubstr("progress.json: format 2 of another version of gradus"));
}

TEST(ReportLoader, RefusesADamagedFileByName) {
  const test::TempDir folder;
  for (const auto* damaged : {"", "{", "[1]", "{\"format\": 1}"}) {
    folder.write("progress.json", damaged);
    const Error error = error_of(folder.path());
    EXPECT_EQ(error.code, ErrorCode::kCorrupt);
    EXPECT_THAT(error.message, HasSubstr("progress.json is damaged"));
    EXPECT_EQ(error.message.find('\n'), std::string::npos);
  }
}

TEST(ReportLoader, MissesTheHistoryOfARunWithTasks) {
  const test::TempDir folder;
  folder.write("progress.json",
               R"({"format": 1, "run": "a", "step": 1, "tasks": [{"task": "add"}]})");
  EXPECT_THAT(error_of(folder.path()).message, HasSubstr("history.db"));
}

TEST(ReportLoader, ReadsARunWithoutALadder) {
  const test::TempDir folder;
  folder.write("progress.json",
               R"({"format": 1, "run": "a", "step": 7, "tasks": [], "ladder": null,
                   "configuration": {"run": "a"}, "learner": {"kind": "linear"}})");
  const auto data = load_report(folder.path());
  ASSERT_TRUE(data) << data.error().message;
  EXPECT_EQ(data->step, 7u);
  EXPECT_EQ(data->ladder, "");
  EXPECT_EQ(data->learner->kind, "linear");
  ASSERT_EQ(data->origin.configuration.size(), 1u);
}

// A run that was killed has learned beyond what its last progress.json says.
TEST(ReportLoader, KeepsWhatWasDeclaredBeyondTheStepThatIsKnownButNoFaultThere) {
  const test::TempDir folder;
  {
    auto history = History::open(folder.path(), "a");
    ASSERT_TRUE(history) << history.error().message;
    ASSERT_TRUE((*history)->begin_attempt(0, {}));
    ASSERT_TRUE((*history)->annotate({1, 90, {}, "rate halved", false}));
    ASSERT_TRUE((*history)->plan_faults(
        std::vector<Annotation>{
            {.step = 40, .text = "fault begins: stall", .kind = AnnotationKind::kFault},
            {.step = 160, .text = "fault ends: stall", .kind = AnnotationKind::kFault}},
        0));
  }
  folder.write("progress.json",
               R"({"format": 1, "run": "a", "step": 50, "tasks": [{"task": "add"}]})");
  const auto data = load_report(folder.path());
  ASSERT_TRUE(data) << data.error().message;
  std::vector<std::string> texts;
  for (const Annotation& each : data->annotations) texts.push_back(each.text);
  EXPECT_THAT(texts, testing::ElementsAre("fault begins: stall", "rate halved"));
}

}  // namespace
}  // namespace gradus
