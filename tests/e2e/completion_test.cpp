// Shell completion and the manual page: what they hold is compared with --help, which comes from
// the same declarations, and the scripts are run by the shells themselves.

#include <algorithm>
#include <map>
#include <sstream>

#include "tests/e2e/gradus.h"
#include "tests/support/temp_dir.h"

namespace gradus::test {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsSupersetOf;
using ::testing::UnorderedElementsAre;
using Words = std::vector<std::string>;

/// What a help text lists: the first word of each line that is indented by two spaces or begins
/// with an option, up to the commas between its names.
std::vector<Words> entries_of(const std::string& help) {
  std::vector<Words> entries;
  std::istringstream lines(help);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t indent = std::min(line.find_first_not_of(' '), line.size());
    const std::string text = line.substr(indent);
    if (text.empty() || indent == 0 || (indent > 2 && !text.starts_with("--"))) continue;
    std::istringstream names(text.substr(0, text.find(' ')));
    Words entry;
    for (std::string name; std::getline(names, name, ',');) entry.push_back(name);
    entries.push_back(entry);
  }
  return entries;
}

/// Every command with all names of its options, as --help lists them.
std::map<std::string, Words> commands_of_help() {
  std::map<std::string, Words> commands;
  const std::string help = run_gradus({"--help"}).output;
  for (const Words& entry : entries_of(help.substr(help.find("Subcommands:")))) {
    Words& options = commands[entry[0]];
    for (const Words& names : entries_of(run_gradus({entry[0], "--help"}).output))
      for (const std::string& name : names)
        if (name.starts_with('-')) options.push_back(name);
  }
  return commands;
}

Words lines_of(const std::string& text) {
  Words lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

/// Completion as each shell does it, of a command line whose last word is being typed.
class Completion : public ::testing::Test {
 protected:
  Completion() {
    for (const std::string shell : {"bash", "fish"})
      folder_.write(shell, run_gradus({"completion", shell}).output);
    folder_.write("zsh/_gradus", run_gradus({"completion", "zsh"}).output);
    folder_.write("records.jsonl", "");
    std::filesystem::create_directory(folder_ / "recent");
  }

  /// Runs a script in the folder of the test.
  std::string output_of(const Words& shell, const std::string& script) const {
    Words command = shell;
    command.push_back("cd '" + folder_.path().string() + "'\n" + script);
    const Finished ran = run_to_end(command);
    EXPECT_EQ(ran.code, 0) << ran.errors;
    EXPECT_EQ(ran.errors, "");
    return ran.output;
  }
  /// `words` as bash hands them over, which takes = : and @ for words of their own.
  Words in_bash(const Words& words) const {
    std::string line = "source ./bash\nCOMP_WORDS=(gradus";
    for (const std::string& word : words) line += " '" + word + "'";
    return lines_of(
        output_of({"bash", "--norc", "-c"},
                  line + ")\nCOMP_CWORD=" + std::to_string(words.size()) +
                      "\n$(complete -p gradus | sed 's/.*-F //; s/ .*//')\n"
                      "((${#COMPREPLY[@]} == 0)) || printf '%s\\n' \"${COMPREPLY[@]}\""));
  }
  /// Without the descriptions that fish puts behind a tab.
  Words in_fish(const std::string& line) const {
    Words found;
    for (const std::string& each : lines_of(output_of(
             {"fish", "--no-config", "-c"}, "source ./fish\ncomplete -C 'gradus " + line + "'")))
      found.push_back(each.substr(0, each.find('\t')));
    return found;
  }

  /// zsh completes on a terminal only: one of its own is sent the line and a tab, and writes down
  /// the words that it is about to show.
  Words in_zsh(const std::string& line) const {
    folder_.write("setup", R"(PROMPT=
fpath=(./zsh $fpath)
autoload -Uz compinit && compinit -u -D
compadd() {
  local -a fitting
  builtin compadd -A fitting "$@"
  print -rl -- $fitting >>found
  builtin compadd "$@"
}
finish() { exit }
comppostfuncs=(finish)
bindkey '^I' complete-word
print ready
)");
    Words found = lines_of(output_of({"zsh", "-f", "-c"},
                                     R"(zmodload zsh/zpty
: >found
zpty shell 'zsh -f -i'
zpty -w shell 'source ./setup'
zpty -r shell seen '*ready*'
zpty -w -n shell $'gradus )" + line + R"(\t'
zpty -r shell seen '*until it has ended*' || true
cat found)"));
    std::erase(found, "");
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
  }

  const TempDir folder_;
};

TEST_F(Completion, OffersEveryCommandAndOptionInEveryShell) {
  const auto commands = commands_of_help();
  ASSERT_GE(commands.size(), 15U);
  const std::string zsh = read_file(folder_ / "zsh/_gradus");
  const Words bash_commands = in_bash({""}), fish_commands = in_fish(""), zsh_commands = in_zsh("");
  for (const auto& [command, options] : commands) {
    SCOPED_TRACE(command);
    EXPECT_THAT(options, Contains("--help"));
    EXPECT_THAT(bash_commands, Contains(command));
    EXPECT_THAT(fish_commands, Contains(command));
    EXPECT_THAT(zsh_commands, Contains(command));
    EXPECT_THAT(in_bash({command, "-"}), ::testing::UnorderedElementsAreArray(options));
    EXPECT_THAT(in_fish(command + " -"), IsSupersetOf(options));
    const std::string head = "\n    " + command + ")\n";
    ASSERT_THAT(zsh, HasSubstr(head));
    const std::size_t from = zsh.find(head);
    const std::string part = zsh.substr(from, zsh.find(";;", from) - from);
    for (const std::string& option : options) EXPECT_THAT(part, HasSubstr("'*" + option));
  }
}

TEST_F(Completion, OffersTheValuesThatAnOptionTakes) {
  const Words learners = {"linear", "transformer"};
  EXPECT_EQ(in_bash({"demo", "--learner", ""}), learners);
  EXPECT_EQ(in_bash({"demo", "--learner", "=", "tr"}), Words{"transformer"});
  EXPECT_EQ(in_bash({"demo", "--learner", "="}), learners);
  EXPECT_EQ(in_fish("demo --learner "), learners);
  EXPECT_EQ(in_bash({"demo", "--fault", "st"}), Words{"stall@"});
  EXPECT_EQ(in_fish("demo --fault st"), Words{"stall@"});
  EXPECT_EQ(in_bash({"run", "--set", "stream.kafka.to"}), Words{"stream.kafka.topic="});
  EXPECT_EQ(in_bash({"list", "m"}), Words{"metrics"});
  EXPECT_EQ(in_fish("list m"), Words{"metrics"});
  EXPECT_EQ(in_zsh("li"), Words{"list"});
  EXPECT_EQ(in_zsh("demo --learner "), learners);
  EXPECT_EQ(in_zsh("demo --learner=tr"), Words{"transformer"});
  EXPECT_EQ(in_zsh("demo --fault st"), Words{"stall@"});
  EXPECT_EQ(in_zsh("run --set stream.kafka.to"), Words{"stream.kafka.topic="});
  EXPECT_EQ(in_bash({"help", "wat"}), Words{"watch"});
}

TEST_F(Completion, OffersFilesWhereAFileIsExpected) {
  EXPECT_THAT(in_bash({"run", "rec"}), UnorderedElementsAre("recent", "records.jsonl"));
  EXPECT_THAT(in_bash({"run", "--config", "rec"}), UnorderedElementsAre("recent", "records.jsonl"));
  EXPECT_THAT(in_fish("run --config rec"), UnorderedElementsAre("recent/", "records.jsonl"));
  EXPECT_THAT(in_zsh("run --config rec"), UnorderedElementsAre("recent", "records.jsonl"));
  EXPECT_THAT(in_bash({"demo", "--data", "rec"}), UnorderedElementsAre("recent"));
  EXPECT_THAT(in_fish("demo --data rec"), UnorderedElementsAre("recent/"));
  EXPECT_THAT(in_bash({"plan", "--ladder", ""}), IsSupersetOf({"arithmetic", "records.jsonl"}));
}

TEST_F(Completion, OffersNothingWhereAValueIsFree) {
  EXPECT_EQ(in_bash({"demo", "--seconds", ""}), Words{});
  EXPECT_EQ(in_bash({"demo", "--fault", "stall", "@", ""}), Words{});
  EXPECT_EQ(in_bash({"run", "--set", "learner.bits", "=", "2"}), Words{});
  EXPECT_EQ(in_fish("demo --seconds "), Words{});
}

TEST_F(Completion, KnowsTheOptionsBehindValuesAndArguments) {
  EXPECT_EQ(in_bash({"demo", "--seconds", "9", "--see"}), Words{"--seed"});
  EXPECT_EQ(in_bash({"watch", "localhost", ":", "9630", "--o"}), Words{"--once"});
  EXPECT_EQ(in_bash({"demo", "--fault", "stall", "@", "20", "--learner", "l"}), Words{"linear"});
  EXPECT_EQ(in_fish("demo --seconds 9 --see"), Words{"--seed"});
  EXPECT_EQ(in_zsh("demo --seconds 9 --see"), Words{"--seed"});
}

TEST(CompletionCommand, NamesTheNearestShell) {
  const Finished refused = run_gradus({"completion", "zhs"});
  EXPECT_EQ(refused.code, 2);
  EXPECT_THAT(refused.errors,
              HasSubstr("SHELL: 'zhs' is not one of bash, fish, zsh; did you mean zsh?"));
}

TEST(ManPage, TellsEveryCommandAndOption) {
  const TempDir folder;
  const std::string page = run_gradus({"man"}).output;
  const Finished shown =
      run_to_end({"man", "--warnings", "-l", folder.write("gradus.1", page).string()});
  EXPECT_EQ(shown.code, 0);
  EXPECT_EQ(shown.errors, "");
  for (const auto& [command, options] : commands_of_help()) {
    const std::size_t from = page.find("\n.SS gradus " + command);
    ASSERT_NE(from, std::string::npos) << command;
    const std::string part = page.substr(from, page.find("\n.S", from + 1) - from);
    for (std::string option : options) {
      if (option == "-h" || option == "--help") continue;
      for (std::size_t at = 0; (at = option.find('-', at)) != std::string::npos; at += 2)
        option.insert(at, "\\");
      EXPECT_THAT(part, HasSubstr("\\fB" + option + "\\fR")) << command;
    }
  }
}

}  // namespace
}  // namespace gradus::test
