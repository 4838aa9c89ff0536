#include "terminal/ladder_view.h"

#include <algorithm>

#include "terminal/cells.h"
#include "terminal/results.h"
#include "tests/terminal/ladder_fixture.h"

namespace gradus::test {
namespace {

using ::testing::AnyOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

class LadderScreen : public ::testing::Test {
 protected:
  std::vector<std::string> drawn(const DisplayFrame& frame, TerminalSize size) {
    if (frame.report) trails_.add(*frame.report);
    std::vector<std::string> out;
    for (const ScreenLine& line : view_.draw({frame, trails_, log_}, size)) {
      EXPECT_LE(cell_count(line.text()), size.columns) << line.text();
      out.push_back(line.text());
    }
    EXPECT_THAT(out, SizeIs(size.rows));
    return out;
  }
  void press(std::initializer_list<Key> keys) {
    for (const Key key : keys) EXPECT_FALSE(view_.press(key));
  }
  std::string row_of(const std::string& task, TerminalSize size) {
    const auto lines = drawn(frame_of(three_tiers()), size);
    const auto header = std::find_if(lines.begin(), lines.end(), [](const std::string& line) {
      return line.find("verdict") != std::string::npos;
    });
    const auto row = std::find_if(header, lines.end(), [&](const std::string& line) {
      return line.find(task + " ") != std::string::npos;
    });
    return row == lines.end() ? "" : *row;
  }

  ScoreTrails trails_;
  std::vector<std::string> log_;
  LadderView view_{QuitKey::kEndsTheRun};
};

TEST_F(LadderScreen, FitsEverySizeAndShowsWhatIsNeeded) {
  log_ = {"2026-12-01T00:45:49.123Z warning app: the fault 'stall' strikes, from step 200,000 on"};
  ProgressReport report = three_tiers();
  report.annotations.push_back({1, 60'000, {}, "learning rate halved", false});
  report.annotations.push_back({2, 80'000, {}, "fault: stall", false, AnnotationKind::kFault});
  report.annotations.push_back({3, 200'000, {}, "to come", false, AnnotationKind::kFault});
  const DisplayFrame frame = frame_of(report);
  for (std::size_t columns = 40; columns <= 220; columns += 6) {
    for (std::size_t rows = 12; rows <= 70; ++rows) {
      const auto lines = drawn(frame, {columns, rows});
      EXPECT_THAT(lines[0], HasSubstr("gradus"));
      EXPECT_THAT(lines[1], HasSubstr("step 100,000"));
      EXPECT_THAT(lines, Contains(HasSubstr("learning")));
      EXPECT_THAT(lines, Contains(HasSubstr("▼ 80k fault: stall")));
      EXPECT_THAT(lines, Not(Contains(HasSubstr("to come"))));
      EXPECT_THAT(lines, Contains(HasSubstr("00:45:49 warning app")));
      EXPECT_THAT(lines.back(), HasSubstr("q end"));
    }
  }
}

TEST_F(LadderScreen, ColumnsDropOutInTheStatedOrder) {
  EXPECT_THAT(row_of("add", {40, 24}), AllOf(HasSubstr(" 0.50 learning"), HasSubstr("▅")));
  EXPECT_THAT(row_of("add", {40, 24}), Not(AnyOf(HasSubstr("█"), HasSubstr("second"))));
  EXPECT_THAT(row_of("add", {52, 24}), AllOf(HasSubstr("█"), Not(HasSubstr("second"))));
  EXPECT_THAT(row_of("add", {64, 24}), AllOf(HasSubstr("second"), Not(HasSubstr("[0.48"))));
  EXPECT_THAT(row_of("add", {80, 24}), HasSubstr("[0.48, 0.52]"));
  EXPECT_THAT(drawn(frame_of(three_tiers()), {70, 24})[4], Not(HasSubstr("exact")));
  EXPECT_THAT(drawn(frame_of(three_tiers()), {100, 24})[4],
              AllOf(HasSubstr("exact"), Not(HasSubstr("forecast"))));
  EXPECT_THAT(drawn(frame_of(three_tiers()), {120, 24})[4], HasSubstr("since; forecast"));
}

TEST_F(LadderScreen, ATooSmallScreenSaysWhatItNeeds) {
  const auto lines = view_.draw({frame_of(three_tiers()), trails_, log_}, {39, 24});
  EXPECT_EQ(lines[0].text(), "gradus needs 40 x 12 cells");
  EXPECT_EQ(lines[1].text(), "here are 39 x 24");
  EXPECT_THAT(view_.draw({frame_of(three_tiers()), trails_, log_}, {5, 2}), SizeIs(2));
  EXPECT_THAT(view_.draw({frame_of(three_tiers()), trails_, log_}, {1, 1}), SizeIs(1));
}

TEST_F(LadderScreen, HostileNamesStayInTheirColumns) {
  ProgressReport report = three_tiers();
  report.tasks[2].task = "\x1b[2J\x1b[1;1H加法加法加法加法加法加法加法加法";
  report.tasks[3].task = "e\u0301\u0301\u0301\u0301\xff\n\r\u202E";
  report.tiers[1].tier = report.tasks[2].tier = report.tasks[3].tier = "\x9b\u009b\n";
  DisplayFrame frame = frame_of(report);
  frame.run = frame.headline = frame.trouble = "\x1b]0;title\x07";
  for (const TerminalSize size : {TerminalSize{40, 15}, {80, 24}, {200, 60}})
    for (const std::string& line : drawn(frame, size))
      EXPECT_THAT(line, Not(AnyOf(HasSubstr("\x1b"), HasSubstr("\x07"), HasSubstr("\n"))));
}

TEST_F(LadderScreen, SelectsWhereLearningHappensUntilAKeyMovesIt) {
  const DisplayFrame frame = frame_of(three_tiers());
  EXPECT_THAT(drawn(frame, {80, 24}), Contains(StartsWith("› second  add")));
  press({Key::kDown, Key::kDown});
  EXPECT_THAT(drawn(frame, {80, 24}), Contains(StartsWith("› third   mul")));
  press({Key::kHome});
  EXPECT_THAT(drawn(frame, {80, 24}), Contains(StartsWith("› first   copy")));
  press({Key::kUp, Key::kEnd});
  EXPECT_THAT(drawn(frame, {80, 24}), Contains(StartsWith("› third   solve")));
  press({Key::kEscape});
  EXPECT_THAT(drawn(frame, {80, 24}), Contains(StartsWith("› second  add")));
}

TEST_F(LadderScreen, ScrollsWithTheSelection) {
  const DisplayFrame frame = frame_of(three_tiers());
  press({});
  drawn(frame, {80, 12});
  press({Key::kEnd});
  const auto lines = drawn(frame, {80, 12});
  EXPECT_THAT(lines, Contains(StartsWith("› third   solve")));
  EXPECT_THAT(lines, Not(Contains(HasSubstr("first     copy"))));
}

TEST_F(LadderScreen, EnterFoldsTheTierAndUnfoldsIt) {
  const DisplayFrame frame = frame_of(three_tiers());
  drawn(frame, {80, 24});
  press({Key::kEnter});
  const auto folded = drawn(frame, {80, 24});
  EXPECT_THAT(folded, Contains(StartsWith("+ second  2 tasks")));
  EXPECT_THAT(folded, Contains(StartsWith(" second  add 0.50 · sub 0.50")));
  press({Key::kEnter});
  EXPECT_THAT(drawn(frame, {80, 24}), Contains(StartsWith("› second  add")));
}

TEST_F(LadderScreen, SortsByTheNextOrder) {
  const DisplayFrame frame = frame_of(three_tiers());
  press({Key::kSort});
  const auto lines = drawn(frame, {80, 14});
  EXPECT_THAT(lines[4], StartsWith("› third   mul"));
  EXPECT_THAT(lines.back(), HasSubstr("s sort: score"));
}

TEST_F(LadderScreen, HelpSaysKeysColumnsAndVerdictsAndScrolls) {
  const DisplayFrame frame = frame_of(three_tiers());
  press({Key::kHelp});
  const auto lines = drawn(frame, {100, 50});
  EXPECT_THAT(lines, Contains(HasSubstr("KEYS")));
  EXPECT_THAT(lines, Contains(HasSubstr("VERDICTS")));
  EXPECT_THAT(lines, Contains(HasSubstr("stalled")));
  EXPECT_THAT(drawn(frame, {40, 15}), Contains(HasSubstr("KEYS")));
  for (int i = 0; i < 100; ++i) press({Key::kDown});
  EXPECT_THAT(drawn(frame, {40, 15}), Not(Contains(HasSubstr("KEYS"))));
  press({Key::kOther});
  EXPECT_THAT(drawn(frame, {40, 15}), Contains(HasSubstr("add")));
}

TEST_F(LadderScreen, QAsksBeforeItEndsARun) {
  const DisplayFrame frame = frame_of(three_tiers());
  EXPECT_FALSE(view_.press(Key::kQuit));
  EXPECT_THAT(drawn(frame, {40, 15}).back(), HasSubstr("End the run?"));
  EXPECT_FALSE(view_.press(Key::kOther)) << "no";
  EXPECT_THAT(drawn(frame, {40, 15}).back(), HasSubstr("q end"));
  EXPECT_FALSE(view_.press(Key::kQuit));
  EXPECT_TRUE(view_.press(Key::kQuit));
}

TEST_F(LadderScreen, QLeavesAWatch) { EXPECT_TRUE(LadderView(QuitKey::kLeaves).press(Key::kQuit)); }

TEST_F(LadderScreen, SaysWhatIsWrongFirstAndThatItEnds) {
  DisplayFrame frame = frame_of(three_tiers());
  frame.status.connected = false;
  frame.ending = true;
  const auto lines = drawn(frame, {40, 15});
  EXPECT_THAT(lines[1], StartsWith(" NOT CONNECTED · step"));
  EXPECT_THAT(lines.back(), HasSubstr("Ending"));
}

TEST_F(LadderScreen, ShowsARunWithoutALadder) {
  DisplayFrame frame = frame_of(three_tiers());
  frame.report = nullptr;
  frame.headline = "This run learns without a ladder.";
  EXPECT_THAT(drawn(frame, {40, 15})[2], HasSubstr("without a ladder"));
}

TEST_F(LadderScreen, ResultsFitTheTerminalAndFoldNothing) {
  const DisplayFrame frame = frame_of(three_tiers());
  for (const std::size_t width : {40, 80, 200}) {
    const std::string text = results_text(frame, trails_, width, Palette::kNone);
    EXPECT_THAT(text, AllOf(HasSubstr("copy"), HasSubstr("solve"), HasSubstr("step 100,000")));
    EXPECT_THAT(text, Not(HasSubstr("tasks")));
  }
  EXPECT_EQ(text_within("one two\nthree\n", 5), "one\ntwo\nthree\n");
}

}  // namespace
}  // namespace gradus::test
