#include "history/history.h"

#include "tests/history/history_scores.h"
#include "tests/history/tamper.h"
#include "tests/support/file_size_limit.h"
#include "tests/support/temp_dir.h"

namespace gradus {
namespace {

using test::at_second;
using test::FileSizeLimit;
using test::read_file;
using test::report_of;
using test::score_at;
using test::tamper;
using test::TempDir;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::unique_ptr<History> opened(const TempDir& dir, std::string_view run = "school") {
  auto history = History::open(dir.path(), run);
  EXPECT_TRUE(history) << history.error().message;
  return std::move(*history);
}

std::unique_ptr<History> begun(const TempDir& dir, Step step = 0) {
  auto history = opened(dir);
  EXPECT_TRUE(history->begin_attempt(step, at_second(1)));
  return history;
}

void append(History& history, const Score& score,
            const ProgressReport& report = report_of({"add", "sub"})) {
  const auto done = history.append(std::vector{score}, report);
  ASSERT_TRUE(done) << done.error().message;
}

std::vector<Step> steps(const HistoryReader& history) {
  std::vector<Step> found;
  const auto scores = history.scores();
  EXPECT_TRUE(scores);
  for (const Score& score : *scores) found.push_back(score.step);
  return found;
}

TEST(History, GivesBackEveryFieldOfAScore) {
  const TempDir dir;
  auto history = begun(dir);
  const Score given = score_at(1000, 0.7, 1);
  append(*history, given);
  const auto scores = history->scores();
  ASSERT_TRUE(scores);
  ASSERT_EQ(scores->size(), 1u);
  const Score& got = scores->front();
  EXPECT_EQ(got.task, 1);
  EXPECT_EQ(got.step, 1000u);
  EXPECT_EQ(got.own_step, 250u);
  EXPECT_EQ(got.time, at_second(1000));
  EXPECT_EQ(got.sums.items, 4u);
  EXPECT_EQ(got.sums.exact, 3u);
  EXPECT_EQ(got.sums.q, given.sums.q) << "to the last bit";
  EXPECT_EQ(got.sums.q_squared, given.sums.q_squared);
  EXPECT_EQ(got.sums.log_loss, 2.5);
  EXPECT_THAT(got.exact_bits, ElementsAre(0b1011u));
  EXPECT_EQ(got.item_digest, 0xFEDCBA9876543210u);
  ASSERT_EQ(got.facets.size(), 2u);
  EXPECT_EQ(got.facets[0].name, "units");
  EXPECT_EQ(got.facets[0].sums.exact, 2u);
  EXPECT_EQ(got.facets[0].sums.q, 3);
  EXPECT_EQ(got.facets[1].name, "end");
}

TEST(History, KeepsScoresWithoutFacetsAndBits) {
  const TempDir dir;
  auto history = begun(dir);
  Score bare = score_at(5, 0.5);
  bare.facets.clear();
  bare.exact_bits.clear();
  append(*history, bare);
  const auto scores = history->scores();
  ASSERT_TRUE(scores);
  EXPECT_THAT(scores->front().facets, IsEmpty());
  EXPECT_THAT(scores->front().exact_bits, IsEmpty());
}

TEST(History, SurvivesARestart) {
  const TempDir dir;
  append(*begun(dir), score_at(10, 0.5));
  auto again = opened(dir);
  EXPECT_EQ(*again->begin_attempt(10, at_second(2)), 2u);
  append(*again, score_at(20, 0.6));
  EXPECT_THAT(steps(*again), ElementsAre(10u, 20u));
}

TEST(History, CountsAttemptsFromOne) {
  const TempDir dir;
  auto history = opened(dir);
  EXPECT_EQ(*history->begin_attempt(0, at_second(1)), 1u);
  EXPECT_EQ(*history->begin_attempt(0, at_second(2)), 2u);
}

TEST(History, TellsOfItsAttempts) {
  const TempDir dir;
  auto history = begun(dir);
  ASSERT_TRUE(history->begin_attempt(20, at_second(7)));
  const auto attempts = history->attempts();
  ASSERT_TRUE(attempts);
  ASSERT_EQ(attempts->size(), 2u);
  EXPECT_EQ(attempts->front().number, 1u);
  EXPECT_EQ(attempts->back().number, 2u);
  EXPECT_EQ(attempts->back().step, 20u);
  EXPECT_EQ(attempts->back().time, at_second(7));
}

TEST(History, LeavesOutWhatAnAbandonedAttemptFound) {
  const TempDir dir;
  auto history = begun(dir);
  for (const Step step : {10, 20, 30}) append(*history, score_at(step, 0.1));
  ASSERT_TRUE(history->begin_attempt(20, at_second(2)));
  append(*history, score_at(25, 0.9));
  EXPECT_THAT(steps(*history), ElementsAre(10u, 20u, 25u));
  const auto curve = history->curve("add", 0, 100, 100);
  ASSERT_TRUE(curve);
  ASSERT_EQ(curve->size(), 3u);
  EXPECT_EQ(curve->back().step, 25u);
  EXPECT_EQ(curve->back().last, 0.9);
}

TEST(History, KeepsAbandonedRowsMarkedInTheFile) {
  const TempDir dir;
  {
    auto history = begun(dir);
    for (const Step step : {10, 20, 30}) append(*history, score_at(step, 0.1));
    ASSERT_TRUE(history->begin_attempt(10, at_second(2)));
  }
  tamper(dir, "UPDATE scores SET abandoned_by = NULL WHERE abandoned_by = 2 AND attempt = 1");
  EXPECT_THAT(steps(**HistoryReader::open(dir.path())), ElementsAre(10u, 20u, 30u));
}

TEST(History, AppendsTheVerdictChangeThatAReportDatesAtTheScore) {
  const TempDir dir;
  auto history = begun(dir);
  ProgressReport report = report_of({"add", "sub"});
  VerdictChange change;
  change.from = Verdict::kLearning;
  change.to = Verdict::kRegressing;
  change.step = 40;
  change.own_step = 7;
  change.time = at_second(40);
  change.score = 0.3;
  change.alarm = {
      .evidence = {8.5, 7.25}, .window_from = 20, .slope_before = 0.1, .slope_now = -0.2};
  change.log_e_items = 3.5;
  change.items_lost = {2, 5};
  change.items_gained = 1;
  report.tasks[1].last_change = change;
  append(*history, score_at(40, 0.3, 1), report);
  append(*history, score_at(50, 0.3, 1),
         report);  // the change is still the last one, not a new one

  const auto changes = history->changes();
  ASSERT_TRUE(changes);
  ASSERT_EQ(changes->size(), 1u);
  const auto& [task, got] = changes->front();
  EXPECT_EQ(task, "sub");
  EXPECT_EQ(got.from, Verdict::kLearning);
  EXPECT_EQ(got.to, Verdict::kRegressing);
  EXPECT_EQ(got.step, 40u);
  EXPECT_EQ(got.own_step, 7u);
  EXPECT_EQ(got.time, at_second(40));
  EXPECT_EQ(got.score, 0.3);
  ASSERT_TRUE(got.alarm);
  EXPECT_EQ(got.alarm->window_from, 20u);
  EXPECT_EQ(got.alarm->slope_before, 0.1);
  EXPECT_EQ(got.alarm->slope_now, -0.2);
  EXPECT_EQ(got.alarm->evidence.log_e, 8.5);
  EXPECT_EQ(got.alarm->evidence.threshold, 7.25);
  EXPECT_EQ(got.log_e_items, 3.5);
  EXPECT_THAT(got.items_lost, ElementsAre(2u, 5u));
  EXPECT_EQ(got.items_gained, 1u);

  const auto of_task = history->changes("sub", 40, 40);
  ASSERT_TRUE(of_task);
  ASSERT_EQ(of_task->size(), 1u);
  EXPECT_THAT(of_task->front().items_lost, ElementsAre(2u, 5u));
  EXPECT_THAT(*history->changes("add", 0, 100), IsEmpty());
  EXPECT_THAT(*history->changes("sub", 41, 100), IsEmpty());
}

TEST(History, KeepsThatNoDetectorWasBehindAVerdictChange) {
  const TempDir dir;
  auto history = begun(dir);
  ProgressReport report = report_of({"add"});
  report.tasks[0].last_change.emplace().step = 40;
  append(*history, score_at(40, 0.3), report);
  const auto changes = history->changes();
  ASSERT_TRUE(changes);
  ASSERT_EQ(changes->size(), 1u);
  EXPECT_FALSE(changes->front().second.alarm);
}

// As earlier versions wrote it: the progress detector's evidence whatever it was.
TEST(History, TakesEvidenceBelowItsThresholdForNoAlarm) {
  const TempDir dir;
  auto history = begun(dir);
  ProgressReport report = report_of({"add"});
  VerdictChange change;
  change.to = Verdict::kMastered;
  change.step = 40;
  change.alarm = Alarm{.evidence = {0.4, 9.9}};
  report.tasks[0].last_change = change;
  append(*history, score_at(40, 0.3), report);
  EXPECT_FALSE(history->changes()->front().second.alarm);
}

TEST(History, LeavesOutAbandonedVerdictChanges) {
  const TempDir dir;
  auto history = begun(dir);
  ProgressReport report = report_of({"add"});
  report.tasks[0].last_change.emplace().step = 40;
  append(*history, score_at(40, 0.3), report);
  ASSERT_TRUE(history->begin_attempt(39, at_second(2)));
  EXPECT_THAT(*history->changes(), IsEmpty());
}

TEST(History, AppendsAllScoresOfASnapshotOrNone) {
  const TempDir dir;
  auto history = begun(dir);
  append(*history, score_at(10, 0.5));
  const std::vector<Score> both = {score_at(20, 0.5, 1), score_at(20, 0.5, 0)};
  const auto refused = history->append(both, report_of({"renamed", "sub"}));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kForeign);
  EXPECT_THAT(refused.error().message, AllOf(HasSubstr("was add"), HasSubstr("is now renamed")));
  EXPECT_THAT(steps(*history), ElementsAre(10u));
  append(*history, score_at(20, 0.5));
}

std::shared_ptr<const GivenAnswers> given_at(Step step, std::string text) {
  GivenAnswers given{.step = step, .item_digest = 77, .q = {0.5f, 0.25f}, .exact_bits = {0b10}};
  given.begin = {0, 1, static_cast<std::uint32_t>(text.size())};
  given.text = std::move(text);
  return std::make_shared<const GivenAnswers>(std::move(given));
}

TaskAnswers answers_to_add() {
  const std::vector<AskedItem> items = {{"1+1=", "2"}, {"9+9=", "18"}};
  return {"add", std::make_shared<const std::vector<AskedItem>>(items), given_at(20, "37"),
          given_at(10, "218")};
}

TEST(History, KeepsTheNewestAndTheBestAnswersInPlaceOfEarlierOnes) {
  const TempDir dir;
  auto history = begun(dir);
  TaskAnswers answers = answers_to_add();
  ASSERT_TRUE(history->keep_answers(0, answers));
  answers.newest = given_at(30, "38");
  ASSERT_TRUE(history->keep_answers(0, answers));
  const auto kept = history->answers();
  ASSERT_TRUE(kept) << kept.error().message;
  ASSERT_EQ(kept->size(), 1u);
  const TaskAnswers& got = kept->front();
  EXPECT_EQ(got.task, "add");
  ASSERT_EQ(got.items->size(), 2u);
  EXPECT_EQ(got.items->at(1).question, "9+9=");
  EXPECT_EQ(got.items->at(1).answer, "18");
  EXPECT_EQ(got.newest->step, 30u);
  EXPECT_EQ(got.newest->answer(1), "8");
  EXPECT_EQ(got.best->step, 10u);
  EXPECT_EQ(got.best->answer(1), "18");
  EXPECT_EQ(got.best->item_digest, 77u);
  EXPECT_THAT(got.best->q, ElementsAre(0.5f, 0.25f));
  EXPECT_TRUE(got.best->exact(1));
  EXPECT_FALSE(got.best->exact(0));
}

TEST(History, ForgetsTheAnswersOfAnAbandonedAttempt) {
  const TempDir dir;
  auto history = begun(dir);
  ASSERT_TRUE(history->keep_answers(0, answers_to_add()));
  ASSERT_TRUE(history->begin_attempt(15, at_second(2)));
  const auto kept = history->answers();
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->at(0).newest, nullptr) << "of step 20";
  ASSERT_NE(kept->at(0).best, nullptr) << "of step 10";
}

TEST(History, SaysSoWhenAnswersAreDamaged) {
  const TempDir dir;
  auto history = begun(dir);
  ASSERT_TRUE(history->keep_answers(0, answers_to_add()));
  tamper(dir, "UPDATE answers SET given = x'05'");
  EXPECT_EQ(history->answers().error().code, ErrorCode::kCorrupt);
}

/// Makes the file what version 1 of the history was.
void make_version_1(const TempDir& dir) {
  tamper(dir,
         "DROP TABLE annotations; DROP TABLE questions; DROP TABLE answers; DROP TABLE stream; "
         "DROP TABLE stream_rejects; "
         "ALTER TABLE changes DROP COLUMN lost_answers; "
         "PRAGMA user_version = 1; PRAGMA wal_checkpoint(TRUNCATE)");
}

TEST(History, BringsAnOlderFileForward) {
  const TempDir dir;
  append(*begun(dir), score_at(10, 0.5));
  make_version_1(dir);
  auto history = begun(dir, 10);
  ASSERT_TRUE(history->annotate({1, 10, at_second(4), "after the update"}));
  EXPECT_THAT(steps(*history), ElementsAre(10u));
  EXPECT_EQ(history->annotations()->size(), 1u);
  EXPECT_TRUE(History::open(dir.path(), "school")) << "and again";
}

TEST(HistoryReader, ReadsAnOlderFileAsItIs) {
  const TempDir dir;
  append(*begun(dir), score_at(10, 0.5));
  make_version_1(dir);
  const std::string before = read_file(dir / "history.db");
  const auto reader = HistoryReader::open(dir.path());
  ASSERT_TRUE(reader) << reader.error().message;
  EXPECT_THAT(steps(**reader), ElementsAre(10u));
  EXPECT_THAT(*(*reader)->annotations(), IsEmpty());
  EXPECT_THAT(*(*reader)->answers(), IsEmpty());
  EXPECT_THAT(*(*reader)->changes(), IsEmpty());
  EXPECT_EQ((*reader)->stream_window(0, 10)->span.examples, 0u);
  EXPECT_EQ(read_file(dir / "history.db"), before);
}

TEST(History, RefusesTheDirectoryOfAnotherRunUntouched) {
  const TempDir dir;
  append(*begun(dir), score_at(10, 0.5));
  const std::string before = read_file(dir / "history.db");
  const auto other = History::open(dir.path(), "university");
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().code, ErrorCode::kForeign);
  EXPECT_THAT(other.error().message,
              AllOf(HasSubstr("history.db"), HasSubstr("run school"), HasSubstr("university")));
  EXPECT_EQ(read_file(dir / "history.db"), before);
}

TEST(History, RefusesANewerVersionUntouched) {
  const TempDir dir;
  begun(dir);
  tamper(dir, "PRAGMA user_version = 6; PRAGMA wal_checkpoint(TRUNCATE)");
  const std::string before = read_file(dir / "history.db");
  const auto newer = History::open(dir.path(), "school");
  ASSERT_FALSE(newer);
  EXPECT_EQ(newer.error().code, ErrorCode::kForeign);
  EXPECT_THAT(newer.error().message,
              AllOf(HasSubstr("history.db"), HasSubstr("history version 6")));
  EXPECT_EQ(read_file(dir / "history.db"), before);
}

TEST(History, RefusesAnotherProgramsDatabaseUntouched) {
  const TempDir dir;
  tamper(dir, "CREATE TABLE scores(x)");
  const std::string before = read_file(dir / "history.db");
  const auto foreign = History::open(dir.path(), "school");
  ASSERT_FALSE(foreign);
  EXPECT_EQ(foreign.error().code, ErrorCode::kForeign);
  EXPECT_EQ(read_file(dir / "history.db"), before);
}

TEST(History, RefusesAFileThatIsNoDatabaseUntouched) {
  const TempDir dir;
  dir.write("history.db", "step,task,score\n1,add,0.5\n");
  const auto foreign = History::open(dir.path(), "school");
  ASSERT_FALSE(foreign);
  EXPECT_EQ(foreign.error().code, ErrorCode::kForeign);
  EXPECT_THAT(foreign.error().message, HasSubstr((dir / "history.db").string()));
  EXPECT_EQ(read_file(dir / "history.db"), "step,task,score\n1,add,0.5\n");
}

TEST(History, RefusesAFileThatIsCutOff) {
  const TempDir dir;
  append(*begun(dir), score_at(10, 0.5));
  const std::string whole = read_file(dir / "history.db");
  for (const std::size_t size : {std::size_t{50}, whole.size() / 2}) {
    dir.write("history.db", whole.substr(0, size));
    const auto cut = History::open(dir.path(), "school");
    ASSERT_FALSE(cut);
    EXPECT_EQ(cut.error().code, ErrorCode::kCorrupt) << cut.error().message;
    EXPECT_EQ(read_file(dir / "history.db"), whole.substr(0, size));
  }
}

TEST(History, SaysSoWhenARowIsDamaged) {
  const TempDir dir;
  auto history = begun(dir);
  append(*history, score_at(10, 0.5));
  tamper(dir, "UPDATE scores SET facets = x'05'");
  const auto scores = history->scores();
  ASSERT_FALSE(scores);
  EXPECT_EQ(scores.error().code, ErrorCode::kCorrupt);
  EXPECT_THAT(scores.error().message, HasSubstr("history.db"));
}

TEST(History, BeginsAnewWhereCreationWasKilledAtOnce) {
  const TempDir dir;
  dir.write("history.db", "");
  append(*begun(dir), score_at(10, 0.5));
}

TEST(History, SaysSoWhenTheDirectoryIsMissing) {
  const TempDir dir;
  const auto missing = History::open(dir / "no" / "such", "school");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::kIo);
  EXPECT_THAT(missing.error().message, HasSubstr("history.db"));
}

TEST(History, SaysInOneLineThatTheDiskIsFullAndGoesOnAfterwards) {
  const TempDir dir;
  auto history = begun(dir);
  append(*history, score_at(10, 0.5));
  {
    const FileSizeLimit full(4096);
    const auto refused = history->append(std::vector{score_at(20, 0.5)}, report_of({"add"}));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::kIo) << refused.error().message;
    EXPECT_THAT(refused.error().message, AllOf(HasSubstr("history.db"), HasSubstr("disk full")));
    EXPECT_EQ(refused.error().message.find('\n'), std::string::npos);
  }
  append(*history, score_at(30, 0.5));
  EXPECT_THAT(steps(*history), ElementsAre(10u, 30u));
}

TEST(HistoryReader, SeesWhatTheWriterHasCommitted) {
  const TempDir dir;
  auto history = begun(dir);
  const auto reader = HistoryReader::open(dir.path());
  ASSERT_TRUE(reader) << reader.error().message;
  append(*history, score_at(10, 0.5));
  EXPECT_THAT(steps(**reader), ElementsAre(10u));
}

TEST(HistoryReader, SaysSoWhenThereIsNoHistory) {
  const TempDir dir;
  const auto reader = HistoryReader::open(dir.path());
  ASSERT_FALSE(reader);
  EXPECT_EQ(reader.error().code, ErrorCode::kNotFound);
  EXPECT_FALSE(std::filesystem::exists(dir / "history.db"));
}

}  // namespace
}  // namespace gradus
