#include <algorithm>
#include <sstream>

#include "tests/e2e/gradus.h"
#include "tests/support/temp_dir.h"

namespace gradus::test {
namespace {

/// The fenced blocks of a document that are in this language.
std::vector<std::string> blocks_of(const std::string& document, const std::string& language) {
  std::vector<std::string> blocks;
  std::istringstream lines(read_file(document));
  bool inside = false;
  for (std::string line; std::getline(lines, line);) {
    if (!inside && line == "```" + language) {
      inside = true;
      blocks.emplace_back();
    } else if (line == "```") {
      inside = false;
    } else if (inside) {
      blocks.back() += line + "\n";
    }
  }
  return blocks;
}

/// The words of a shell line up to a comment, without quotes.
std::vector<std::string> words_of(const std::string& line) {
  std::vector<std::string> words;
  std::istringstream in(line);
  for (std::string word; in >> word && !word.starts_with('#');) {
    std::erase(word, '"');
    words.push_back(word);
  }
  return words;
}

/// The arguments of every command line of gradus in a document: in its shell blocks, and between
/// backticks in its text.
std::vector<std::vector<std::string>> commands_of(const std::string& document) {
  std::vector<std::string> lines;
  for (const std::string& block : blocks_of(document, "sh")) {
    std::istringstream in(block);
    for (std::string line; std::getline(in, line);) lines.push_back(line);
  }
  const std::string text = read_file(document);
  for (std::size_t at = 0; (at = text.find("`gradus ", at)) != std::string::npos;) {
    const std::size_t end = text.find('`', at + 1);
    lines.push_back(text.substr(at + 1, end - at - 1));
    at = end + 1;
  }
  std::vector<std::vector<std::string>> commands;
  for (const std::string& line : lines) {
    std::vector<std::string> words = words_of(line);
    if (words.empty() || (words[0] != "gradus" && !words[0].ends_with("/gradus"))) continue;
    commands.emplace_back(words.begin() + 1, words.end());
  }
  return commands;
}

class Documents : public ::testing::TestWithParam<const char*> {};

TEST_P(Documents, ShowConfigurationsThatAreValid) {
  const auto blocks = blocks_of(GetParam(), "yaml");
  EXPECT_FALSE(blocks.empty());
  for (std::string block : blocks) {
    const TempDir folder;
    // A file of records must be there.
    const std::string shown = "path: examples.jsonl.gz";
    if (const std::size_t at = block.find(shown); at != std::string::npos)
      block.replace(at, shown.size(), "path: " + folder.write("examples.jsonl", "").string());
    const Finished checked = run_gradus({"check", folder.write("gradus.yaml", block)});
    EXPECT_EQ(checked.code, 0) << block << checked.errors;
  }
}

// With --help a command is parsed and not run, and its help must name every option that is shown.
TEST_P(Documents, ShowCommandsThatThereAre) {
  const auto commands = commands_of(GetParam());
  EXPECT_FALSE(commands.empty());
  for (auto arguments : commands) {
    arguments.emplace_back("--help");
    const Finished parsed = run_gradus(arguments);
    EXPECT_EQ(parsed.code, 0) << ::testing::PrintToString(arguments) << parsed.errors;
    for (const std::string& word : arguments) {
      if (!word.starts_with("--")) continue;
      EXPECT_NE(parsed.output.find(word), std::string::npos)
          << ::testing::PrintToString(arguments) << " has no " << word;
    }
  }
}

// The ladder of one's own questions in docs/ladders.md, its items asked and learned from at once.
TEST(LaddersDocument, ShowsQuestionsOfOnesOwnThatRun) {
  const TempDir folder;
  for (const std::string& block : blocks_of("docs/ladders.md", "yaml"))
    if (block.find("items_file:") != std::string::npos) folder.write("squares.yaml", block);
  const auto items = blocks_of("docs/ladders.md", "json");
  ASSERT_FALSE(items.empty());
  folder.write("squares.jsonl", items[0]);
  const std::string config = folder.write(
      "gradus.yaml", "stream: {source: file, file: {path: " + (folder / "squares.jsonl").string() +
                         "}}\nladder: ./squares.yaml\nlearner: {kind: transformer}\n"
                         "serve: {listen: '127.0.0.1:0'}\ndata: " +
                         (folder / "data").string() + "\n");
  const Finished checked = run_gradus({"check", config});
  EXPECT_EQ(checked.code, 0) << checked.errors;
  const Finished ran = run_gradus({"run", "--config", config, "--until-end"});
  EXPECT_EQ(ran.code, 0) << ran.errors;
  EXPECT_EQ(run_gradus({"check", config, "--set", "learner.kind=linear"}).code, 0);
}

INSTANTIATE_TEST_SUITE_P(Files, Documents,
                         ::testing::Values("README.md", "docs/configuration.md",
                                           "docs/operations.md"));

}  // namespace
}  // namespace gradus::test
