#include "judge/curve_formats.h"

#include "judge/curve_bytes.h"
#include "tests/judge/event_bytes.h"

namespace gradus {
namespace {

using test::event_of;
using test::record_of;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* kHeader = "step,task,score\n";

Result<CurveFile> read(const std::string& text, const CurveChoice& choice = {},
                       std::string_view format = "") {
  return read_curves(text, "f", format, choice);
}

std::vector<std::string> tasks_of(const CurveFile& file) {
  std::vector<std::string> names;
  for (const FileCurve& curve : file.curves) names.push_back(curve.task);
  return names;
}

CurveFile recorded(const std::string& name, const CurveChoice& choice = {}) {
  const auto bytes = read_curve_bytes("tests/judge/data/" + name);
  EXPECT_TRUE(bytes);
  auto file = read_curves(bytes.value_or(""), name, "", choice);
  EXPECT_TRUE(file) << (file ? "" : file.error().message);
  return file.value_or(CurveFile{});
}

std::string refusal(const std::string& text, const CurveChoice& choice = {}) {
  const auto file = read(text, choice);
  EXPECT_FALSE(file);
  return file ? "" : file.error().message;
}

TEST(CurveFormats, AreSortedByName) {
  const auto formats = curve_formats();
  EXPECT_TRUE(std::is_sorted(formats.begin(), formats.end(),
                             [](const auto& a, const auto& b) { return a.name < b.name; }));
}

// The recorded run itself has 378 probes; the first of copy is .0648 at step 1,024.
TEST(CurveFormats, ReadTheSameCurvesFromEveryForm) {
  for (const auto& [name, format] : {std::pair("curves.csv.gz", "csv"),
                                     {"curves.jsonl.gz", "jsonl"},
                                     {"wandb.csv.gz", "wandb"},
                                     {"tensors.tfevents.gz", "tensorboard"}}) {
    const CurveFile file = recorded(name);
    EXPECT_EQ(file.format, format);
    ASSERT_EQ(file.curves.size(), 3u) << name;
    EXPECT_THAT(file.problems, IsEmpty());
    for (const FileCurve& curve : file.curves) EXPECT_EQ(curve.scores.size(), 378u) << name;
    EXPECT_EQ(file.curves[0].scores[0].step, 1024u);
    EXPECT_NEAR(file.curves[0].scores[0].score, 0.0648, 1e-7) << name;
  }
}

TEST(CurveFormats, TakeOnlyScoresFromATrainingLog) {
  const CurveFile file = recorded("simple_values.tfevents.gz");
  EXPECT_THAT(tasks_of(file), ElementsAre("eval/copy", "eval/add1", "eval/sub2"));
  EXPECT_THAT(file.notes, ElementsAre(HasSubstr("no scalars"), HasSubstr("train/loss, lr"),
                                      HasSubstr("--percent 'eval/accuracy_percent'")));
}

TEST(CurveFormats, TurnPercentagesAndLossesIntoScoresWhenAsked) {
  const CurveFile file =
      recorded("simple_values.tfevents.gz", {.percent = {"*percent"}, .log_loss = {"train/*"}});
  ASSERT_THAT(tasks_of(file), Contains("train/loss"));
  // The loss written was 2.3 - q, of q = .0648 at first.
  EXPECT_NEAR(file.curves[1].scores[0].score, std::exp(-2.3 + 0.0648), 1e-6);
}

TEST(CurveFormats, KeepTheTimeOfAnEvent) {
  const CurveFile file = recorded("tensors.tfevents.gz");
  EXPECT_NEAR(unix_seconds(file.curves[0].scores[0].time), 1.7e9 + 1.024, 1e-3);
}

TEST(CurveFormats, RefuseWhatTheyDoNotKnow) {
  EXPECT_THAT(refusal(""), HasSubstr("f: it is empty"));
  EXPECT_THAT(refusal("hello\nworld\n"), HasSubstr("neither CSV"));
  EXPECT_THAT(refusal(std::string(1000, '\0')), HasSubstr("neither CSV"));
  EXPECT_THAT(refusal("[{\"step\": 1}]"), HasSubstr("jq -c '.[]'"));
}

TEST(CsvCurves, TakeColumnsInAnyOrderAndNameTheOthersOnce) {
  const auto file = read("score,seed,task,step\n.5,1,a,10\n.6,1,a,20\n");
  ASSERT_TRUE(file);
  EXPECT_EQ(file->curves[0].scores[1].step, 20u);
  EXPECT_THAT(file->notes, ElementsAre("columns not used: seed"));
}

TEST(CsvCurves, SayWhichColumnIsMissing) {
  EXPECT_THAT(refusal("step,task,q\n1,a,.5\n"), HasSubstr("f:1: no column 'score'"));
  EXPECT_THAT(refusal("n,task,score\n1,a,.5\n"), HasSubstr("f:1: no column 'step'"));
}

TEST(CsvCurves, WithoutTasksAreOneCurve) {
  const auto file = read("step,score\n1,.5\n2,.6\n");
  ASSERT_TRUE(file);
  EXPECT_THAT(tasks_of(*file), ElementsAre("score"));
}

TEST(CsvCurves, ReadMarksSemicolonsAndQuotes) {
  const auto file = read("\xEF\xBB\xBFStep;Task;Score\r\n\"1\";\"a;b\";0.5\r\n");
  ASSERT_TRUE(file);
  EXPECT_THAT(tasks_of(*file), ElementsAre("a;b"));
}

struct BadRow {
  const char* row;
  const char* says;
};

class BadRows : public ::testing::TestWithParam<BadRow> {};

TEST_P(BadRows, AreNamedWithTheirLineAndCounted) {
  const auto file = read("step,task,score,exact,items\n10,a,.5,.5,64\n" +
                         std::string(GetParam().row) + "\n30,a,.6,.5,64\n");
  ASSERT_TRUE(file);
  EXPECT_EQ(file->curves[0].scores.size(), 2u);
  EXPECT_EQ(file->bad_rows, 1u);
  ASSERT_EQ(file->problems.size(), 2u);
  EXPECT_THAT(file->problems[0], testing::StartsWith("f:3: "));
  EXPECT_THAT(file->problems[0], HasSubstr(GetParam().says));
  EXPECT_THAT(file->problems[1], HasSubstr("f: 1 of 3 rows left out: 1 "));
}

INSTANTIATE_TEST_SUITE_P(
    All, BadRows,
    ::testing::Values(BadRow{"20,a,1.5,.5,64", "score 1.5 is outside [0, 1] (task 'a', step 20)"},
                      BadRow{"20,a,-.1,.5,64", "is outside [0, 1]"},
                      BadRow{"20,a,nan,.5,64", "not a number"},
                      BadRow{"20,a,high,.5,64", "score 'high' is no number"},
                      BadRow{"20,a,,.5,64", "score is empty"},
                      BadRow{"20,,.5,.5,64", "task is empty"},
                      BadRow{"20,a,.5,7,64", "exact 7 is outside [0, 1]"},
                      BadRow{"20,a,.5,.5,65", "items 65, but 64 in an earlier row"},
                      BadRow{"20,a,.5,.5,0", "items 0 is outside"},
                      BadRow{"10,a,.5,.5,64", "step 10 is not above 10"},
                      BadRow{"5,a,.5,.5,64", "step 5 is not above 10"},
                      BadRow{"2.5,a,.5,.5,64", "a whole number from 0 is expected"},
                      BadRow{"-3,a,.5,.5,64", "a whole number from 0 is expected"},
                      BadRow{"1e300,a,.5,.5,64", "a whole number from 0 is expected"},
                      BadRow{"20,a,.5", "3 fields; 5 are expected"}));

TEST(CurveCollector, NamesFiveBadRowsAndCountsTheRest) {
  std::string text = kHeader;
  for (int step = 1; step <= 100; ++step)
    text += std::to_string(step) + ",a," + (step % 10 == 0 ? "x" : ".5") + "\n";
  const auto file = read(text);
  ASSERT_TRUE(file);
  EXPECT_EQ(file->problems.size(), 6u);
  EXPECT_EQ(file->problems.back(), "f: 10 of 100 rows left out: 10 unreadable");
}

TEST(CurveCollector, LeavesOutACurveThatIsNoScore) {
  const auto file = read(std::string(kHeader) + "1,a,.5\n1,loss,2.5\n2,loss,2.25\n3,loss,.75\n");
  ASSERT_TRUE(file);
  EXPECT_THAT(tasks_of(*file), ElementsAre("a"));
  EXPECT_THAT(file->notes, ElementsAre(HasSubstr("'loss' is left out: 2 of its 3 values")));
  EXPECT_EQ(file->bad_rows, 0u);
}

TEST(CurveCollector, RefusesAFileWithoutOneGoodRow) {
  EXPECT_THAT(refusal(kHeader), HasSubstr("f: no curve to judge: there is not one row in it"));
  EXPECT_THAT(refusal(std::string(kHeader) + "x,a,.5\n"),
              HasSubstr("not one of its 1 rows could be used; first f:2: step 'x' is no number"));
  EXPECT_THAT(refusal(std::string(kHeader) + "1,a,57\n"), HasSubstr("--percent 'a'"));
  EXPECT_THAT(refusal(std::string(kHeader) + "1,a,.5\n", {.metric = {"b*"}}),
              HasSubstr("not chosen by --metric: a"));
}

TEST(CurveCollector, GivesUpAfterAMillionBadRows) {
  std::string text = "{\"step\": 1, \"task\": \"a\", \"score\": 0.5}\n";
  for (std::uint64_t i = 0; i < 2 * CurveCollector::kMostBadRows; ++i) text += "x\n";
  EXPECT_THAT(refusal(text),
              HasSubstr("f: no file of curves: 1,000,000 of its first 1,000,001 rows "
                        "cannot be used; first f:2: no JSON object"));
}

TEST(JsonlCurves, NameBadLines) {
  const auto file = read(R"({"step": 1, "task": "a", "score": 0.5, "seed": 3}
not json
{"step": 2, "task": "a"}
{"step": "2", "task": "a", "score": 0.5}
[1]
{"step": 3, "task": "a", "score": null}
{"step": 4, "task": "a", "score": 0.25, "exact": null})");
  ASSERT_TRUE(file);
  EXPECT_EQ(file->curves[0].scores.size(), 2u);
  ASSERT_EQ(file->problems.size(), 6u);
  EXPECT_THAT(file->problems[0], HasSubstr("f:2: no JSON object"));
  EXPECT_THAT(file->problems[1], HasSubstr("f:3: score is missing"));
  EXPECT_THAT(file->problems[2], HasSubstr("f:4: step is no number"));
  EXPECT_THAT(file->notes, ElementsAre("keys not used: seed"));
}

TEST(WandbCurves, TakeEveryRunAndNoCompanions) {
  const auto file = read(
      "\"Step\",\"one - acc\",\"one - acc__MIN\",\"one - acc__MAX\",\"two - acc\",\"two - _step\"\n"
      "1,.5,.4,.6,,1\n2,.6,.5,.7,.25,2\n");
  ASSERT_TRUE(file);
  EXPECT_THAT(tasks_of(*file), ElementsAre("one - acc", "two - acc"));
  EXPECT_EQ(file->curves[1].scores.size(), 1u);
}

TEST(WandbCurves, OfOneRunAreNamedByTheirMetric) {
  const auto file = read("Step,run - 3 - eval/acc\n1,.5\n");
  ASSERT_TRUE(file);
  EXPECT_THAT(tasks_of(*file), ElementsAre("eval/acc"));
}

TEST(WandbCurves, NeedTheStepAsTheirFirstColumn) {
  const auto file = read("Relative Time (Process),run - acc\n1,.5\n", {}, "wandb");
  ASSERT_FALSE(file);
  EXPECT_THAT(file.error().message, HasSubstr("choose Step as the x axis"));
}

TEST(TensorboardCurves, SurviveACutOffEndAndDamage) {
  std::string bytes = record_of(event_of(1, "acc", .5F)) + record_of(event_of(2, "acc", .6F)) +
                      record_of(event_of(3, "acc", .7F));
  const std::size_t second = record_of(event_of(1, "acc", .5F)).size();
  bytes[second + 14] ^= 1;
  bytes.resize(bytes.size() - 3);
  const auto file = read(bytes);
  ASSERT_TRUE(file);
  EXPECT_EQ(file->curves[0].scores.size(), 1u);
  ASSERT_EQ(file->problems.size(), 3u);
  EXPECT_THAT(file->problems[0], HasSubstr("f: record 2: damaged: its checksum does not hold"));
  EXPECT_THAT(file->problems[1], HasSubstr("f: record 3: the file ends within it"));
}

TEST(TensorboardCurves, NameStepsThatCannotBe) {
  const auto file = read(record_of(event_of(5, "acc", .5F)) + record_of(event_of(-1, "acc", .5F)));
  ASSERT_TRUE(file);
  EXPECT_THAT(file->problems[0], HasSubstr("record 2: step -1 of task 'acc'"));
}

TEST(TensorboardCurves, MustBeginWithARecord) {
  const auto file = read("step,task,score\n1,a,.5\n", {}, "tensorboard");
  ASSERT_FALSE(file);
  EXPECT_THAT(file.error().message, HasSubstr("no TensorBoard event file"));
}

}  // namespace
}  // namespace gradus
