#include "run/asked_items.h"

#include "tests/support/temp_dir.h"

namespace gradus {
namespace {

/// So many questions of a task, from a number on.
std::string questions(const std::string& task, int from, int count) {
  std::string lines;
  for (int i = from; i < from + count; ++i)
    lines +=
        R"({"task":")" + task + R"(","prompt":")" + std::to_string(i) + "=\",\"answer\":\"1\"}\n";
  return lines;
}

/// A ladder of the tasks `add` and `spell`; the first file asks 0 to 2 of both.
class SealedQuestions : public testing::Test {
 protected:
  SealedQuestions() {
    ladder_.name = "own";
    ladder_.tiers = {{.name = "low", .title = "Low", .tasks = {0, 1}}};
    ladder_.tasks.resize(2);
    ladder_.tasks[0].name = "add";
    ladder_.tasks[1].name = "spell";
    ask_first(questions("add", 0, 3) + questions("spell", 0, 3));
  }

  void ask_first(const std::string& lines) {
    ladder_.items_file = folder_.write("items.jsonl", lines).string();
  }

  /// What is wrong with sealed items of which the 17th line is this one.
  std::string error_of(const std::string& line) {
    ladder_.sealed_file =
        folder_.write("sealed.jsonl", questions("add", 10, 16) + line + "\n").string();
    const auto items = sealed_items(ladder_);
    if (items) return "no error";
    EXPECT_EQ(items.error().code, ErrorCode::kBadConfig);
    std::string message = items.error().message;
    const std::string folder = folder_.path().string() + "/";
    for (auto at = message.find(folder); at != std::string::npos; at = message.find(folder))
      message.erase(at, folder.size());
    return message;
  }

  static std::string same_as(const std::string& place) {
    return "sealed.jsonl:17: the same question as " + place +
           "; a sealed item must be asked nowhere else";
  }

  const test::TempDir folder_;
  Ladder ladder_;
};

TEST_F(SealedQuestions, AreRefusedWhereTheFirstFileAsksThemWhateverElseTheLineSays) {
  for (const char* line : {
           R"({"task":"add","prompt":"1=","answer":"1"})",
           R"({ "tags":["odd"], "answer": "1", "prompt": "1=" , "task":"add"})",
           R"({"task":"add","prompt":"1=","answer":"2"})",
           R"({"task":"add","prompt":"\u0031\u003d","answer":"1","weight":2})",
       })
    EXPECT_EQ(error_of(line), same_as("items.jsonl:2")) << line;
}

TEST_F(SealedQuestions, AreRefusedWhereTheyAreAskedTwice) {
  EXPECT_EQ(error_of(questions("add", 11, 1)), same_as("sealed.jsonl:2"));
}

TEST_F(SealedQuestions, AreComparedWithAllOfTheFirstFile) {
  ladder_.tasks[0].items = 1;
  EXPECT_EQ(error_of(questions("add", 2, 1)), same_as("items.jsonl:3"));
}

TEST_F(SealedQuestions, MayBeThoseOfAnotherTask) {
  EXPECT_EQ(error_of(questions("spell", 10, 16)), "no error");
}

TEST_F(SealedQuestions, OfAttributesAreTheSameHoweverTheyAreWritten) {
  ask_first(R"({"task":"add","x":[1,0.5],"y":0})"
            "\n"
            R"({"task":"spell","features":{"a":1,"b":"c"},"y":0})");
  EXPECT_EQ(error_of(R"({"task":"add","y":1,"x":[1.0, 5e-1]})"), same_as("items.jsonl:1"));
  EXPECT_EQ(error_of(R"({"task":"add","y":0,"x":[0.5,1]})"), "no error");
  const std::string features = R"({"task":"spell","y":1,"features":{"b":"c", "a":1}})";
  std::string sixteen;
  for (int i = 0; i < 15; ++i)
    sixteen +=
        "\n"
        R"({"task":"spell","y":1,"features":{"a":)" +
        std::to_string(i + 10) + "}}";
  EXPECT_EQ(error_of(features + sixteen), same_as("items.jsonl:2"));
}

}  // namespace
}  // namespace gradus
