#include "ladders/items_file.h"

#include <string>
#include <vector>

#include "tests/support/temp_dir.h"

namespace gradus {
namespace {

using test::TempDir;

/// A ladder of the tasks `add` and `spell`, with its items in a file of its own.
class ItemsFile : public testing::Test {
 protected:
  ItemsFile() {
    ladder_.name = "own";
    ladder_.tiers = {{.name = "low", .title = "Low", .tasks = {0, 1}}};
    ladder_.tasks.resize(2);
    ladder_.tasks[0].name = "add";
    ladder_.tasks[1].name = "spell";
  }

  Result<std::vector<Item>> read(std::string_view content) {
    ladder_.items_file = folder_.write("items.jsonl", content).string();
    return read_items_file(ladder_);
  }

  std::string error_of(std::string_view content) {
    const auto items = read(content);
    if (items) return "no error";
    EXPECT_EQ(items.error().code, ErrorCode::kBadData);
    const std::string folder = folder_.path().string() + "/";
    std::string message = items.error().message;
    return message.starts_with(folder) ? message.substr(folder.size()) : message;
  }

  /// The message for this line, which comes after a good one.
  std::string error_of_line(std::string_view line) {
    return error_of("{\"task\":\"add\",\"answer\":\"2\"}\n" + std::string(line) + "\n");
  }

  TempDir folder_;
  Ladder ladder_;
};

TEST_F(ItemsFile, GivesRecordsInTaskOrderAsTheyStand) {
  const auto items = read(
      "{\"task\":\"spell\",\"prompt\":\"A\",\"answer\":\"a\"}\r\n"
      "\n"
      " {\"prompt\" : \"1+1=\", \"answer\":\"2\", \"task\" : \"add\" , \"tags\" : [\"no_carry\", "
      "\"small\"]}\n"
      "  \t\n"
      "{\"task\":\"spell\",\"prompt\":\"B\",\"answer\":\"b\",\"tags\":[]}");
  ASSERT_TRUE(items) << items.error().message;
  ASSERT_EQ(items->size(), 3u);
  EXPECT_EQ((*items)[0].task, 0);
  EXPECT_EQ((*items)[0].record,
            " {\"prompt\" : \"1+1=\", \"answer\":\"2\", \"task\" : \"add\" , \"tags\" : "
            "[\"no_carry\", \"small\"]}");
  EXPECT_EQ((*items)[0].tags, (std::vector<std::string>{"no_carry", "small"}));
  EXPECT_EQ((*items)[1].record, "{\"task\":\"spell\",\"prompt\":\"A\",\"answer\":\"a\"}");
  EXPECT_EQ((*items)[2].task, 1);
  EXPECT_TRUE((*items)[2].tags.empty());
}

TEST_F(ItemsFile, TakesTheTaskOfTheOutermostObjectOnly) {
  const auto items = read(
      R"({"x":{"task":"nobody","y":[{"task":"no"}]},"note":"\"task\":\"no\" } ] \\","task":"add"})"
      "\n"
      R"({"task":"spell","prompt":"}{][,\u0022","n":-1.5e3,"ok":true,"none":null})");
  ASSERT_TRUE(items) << items.error().message;
  EXPECT_EQ(items->size(), 2u);
}

TEST_F(ItemsFile, TakesTheFirstItemsWhereTheLadderSaysHowMany) {
  ladder_.tasks[0].items = 2;
  const auto items = read(R"({"task":"add","n":1})"
                          "\n"
                          R"({"task":"add","n":2})"
                          "\n"
                          R"({"task":"add","n":3})"
                          "\n"
                          R"({"task":"spell"})");
  ASSERT_TRUE(items) << items.error().message;
  ASSERT_EQ(items->size(), 3u);
  EXPECT_EQ((*items)[1].record, R"({"task":"add","n":2})");
}

TEST_F(ItemsFile, RefusesATaskWithTooFewItems) {
  EXPECT_EQ(error_of(""), "items.jsonl: 0 items of task add, must be at least 1");
  EXPECT_EQ(error_of("{\"task\":\"add\"}"),
            "items.jsonl: 0 items of task spell, must be at least 1");
  ladder_.tasks[0].items = 2;
  EXPECT_EQ(error_of("{\"task\":\"add\"}\n{\"task\":\"spell\"}"),
            "items.jsonl: 1 items of task add, must be at least 2");
}

TEST_F(ItemsFile, RefusesAnUnknownTaskWithItsLine) {
  EXPECT_EQ(error_of_line(R"({"task":"spel"})"),
            "items.jsonl:2: no task \"spel\" in ladder own; did you mean spell?");
  EXPECT_EQ(error_of_line(R"({"task":"something else"})"),
            "items.jsonl:2: no task \"something else\" in ladder own");
}

TEST_F(ItemsFile, RefusesWhatIsNoRecord) {
  for (const std::string_view line : {"{",
                                      "}",
                                      "[]",
                                      "text",
                                      "{}",
                                      "{\"task\"}",
                                      "{\"task\":}",
                                      "{\"task\":1}",
                                      "{\"task\":\"add\"",
                                      "{\"task\":\"add\"} x",
                                      "{\"task\":\"add",
                                      "{\"task\":\"add\\",
                                      "{\"task\":\"\"}",
                                      "{\"prompt\":\"1+1=\"}",
                                      "{\"task\":\"add\",\"tags\":\"a\"}",
                                      "{\"task\":\"add\",\"tags\":[1]}",
                                      "{\"task\":\"add\",\"tags\":[\"a\"}",
                                      "{\"task\":\"add\",\"tags\":[\"Not a name\"]}",
                                      "{\"task\":\"add\",\"x\":[[[",
                                      "{\"task\":\"add\",,}",
                                      "{\"a\":\"b"}) {
    EXPECT_EQ(error_of_line(line),
              R"(items.jsonl:2: not an item; one looks like {"task":"NAME",...,"tags":["NAME"]})")
        << line;
  }
}

TEST_F(ItemsFile, SaysWhichFileIsMissing) {
  ladder_.items_file = (folder_ / "none.jsonl").string();
  const auto items = read_items_file(ladder_);
  ASSERT_FALSE(items);
  EXPECT_EQ(items.error().code, ErrorCode::kNotFound);
  EXPECT_NE(items.error().message.find("none.jsonl"), std::string::npos);
}

/// So many lines of a task, from a number on.
std::string questions(const std::string& task, int from, int count) {
  std::string lines;
  for (int i = from; i < from + count; ++i)
    lines += R"({"task":")" + task + R"(","prompt":")" + std::to_string(i) + "=\"}\n";
  return lines;
}

class SealedFile : public ItemsFile {
 protected:
  SealedFile() {
    ladder_.items_file =
        folder_.write("items.jsonl", questions("add", 0, 3) + questions("spell", 0, 3)).string();
  }

  Result<std::vector<Item>> read_sealed(std::string_view content) {
    ladder_.sealed_file = folder_.write("sealed.jsonl", content).string();
    return read_sealed_file(ladder_);
  }

  std::string sealed_error(std::string_view content) {
    const auto items = read_sealed(content);
    if (items) return "no error";
    EXPECT_EQ(items.error().code, ErrorCode::kBadData);
    std::string message = items.error().message;
    const std::string folder = folder_.path().string() + "/";
    for (auto at = message.find(folder); at != std::string::npos; at = message.find(folder))
      message.erase(at, folder.size());
    return message;
  }
};

TEST_F(SealedFile, GivesAllItsItemsAndNoneOfATaskThatHasNone) {
  ladder_.tasks[1].items = 2;  // of the first set
  const auto items = read_sealed(questions("spell", 10, 20));
  ASSERT_TRUE(items) << items.error().message;
  ASSERT_EQ(items->size(), 20u);
  EXPECT_EQ((*items)[0].task, 1);
  EXPECT_EQ((*items)[19].line, 20u);
}

TEST_F(SealedFile, IsNoneWhereTheLadderNamesNone) {
  EXPECT_TRUE(read_sealed_file(ladder_).value().empty());
}

TEST_F(SealedFile, RefusesTooFewOfATask) {
  EXPECT_EQ(sealed_error(questions("add", 10, 15)),
            "sealed.jsonl: 15 sealed items of task add, must be at least 16, or none");
}

TEST_F(SealedFile, RefusesALineAsTheItemsFileDoes) {
  EXPECT_EQ(sealed_error(questions("add", 10, 16) + R"({"task":"spel"})"),
            "sealed.jsonl:17: no task \"spel\" in ladder own; did you mean spell?");
}

TEST_F(ItemsFile, PassesOverDeepNestingWithoutRecursion) {
  const std::string deep(100'000, '[');
  const std::string back(100'000, ']');
  EXPECT_TRUE(read("{\"task\":\"add\",\"x\":" + deep + back + "}\n{\"task\":\"spell\"}"));
}

}  // namespace
}  // namespace gradus
