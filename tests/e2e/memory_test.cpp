#include <cmath>
#include <csignal>
#include <optional>
#include <regex>

#include "tests/e2e/gradus.h"
#include "tests/support/temp_dir.h"

namespace gradus::test {
namespace {

using ::testing::HasSubstr;

/// A run whose estimate must hold.
struct Load {
  std::string name;
  std::vector<std::string> keys;
  std::string ladder;
  std::string items;
  std::string records;
  double probes = -1;  ///< until all of it is in use; there are none without a ladder
};

/// What GoogleTest shows of a parameter.
void PrintTo(const Load& load, std::ostream* out) { *out << load.name; }

class Memory : public ::testing::TestWithParam<Load> {
 protected:
  Memory() {
    const Load& load = GetParam();
    folder_.write("items.jsonl", load.items);
    arguments_ = {folder_.write("g.yaml",
                                "stream.source: file\nserve.listen: 127.0.0.1:0\n"
                                "checkpoint.every: 50ms\nprobes.cpu_share: 1\n"
                                "stream.file.follow: true\nmetrics.max_series: 100000\n"),
                  "--set",
                  "stream.file.path=" + folder_.write("records.jsonl", load.records).string(),
                  "--set", "data=" + (folder_ / "data").string()};
    std::vector<std::string> keys = load.keys;
    if (!load.ladder.empty())
      keys.push_back("ladder=" + folder_.write("ladder.yaml", load.ladder).string());
    for (const std::string& key : keys) arguments_.insert(arguments_.end(), {"--set", key});
  }

  std::vector<std::string> command(std::vector<std::string> begin) const {
    begin.insert(begin.end(), arguments_.begin(), arguments_.end());
    return begin;
  }
  /// The megabytes that `most` of them are refused with; nothing where they are enough.
  std::optional<double> refused_with(double most) const {
    std::vector<std::string> arguments = command({"check"});
    arguments.insert(arguments.end(),
                     {"--set", "limits.memory=" + std::to_string(std::lround(most)) + "MB"});
    const Finished checked = run_gradus(arguments);
    if (checked.code == 0) return std::nullopt;
    std::smatch found;
    const std::regex words("limits.memory: the run would take about ([0-9.]+) MB ");
    EXPECT_TRUE(std::regex_search(checked.errors, found, words)) << checked.errors;
    return found.empty() ? std::nullopt : std::optional(std::stod(found[1]));
  }
  /// The estimate: first what is known without the items, then with them.
  double estimate() const {
    double estimated = 0;
    while (const auto more = refused_with(estimated + 1)) estimated = *more;
    return estimated;
  }

  const TempDir folder_;
  std::vector<std::string> arguments_;
};

/// The most megabytes that a process held at any time.
double peak_of(pid_t pid) {
  const std::string status = read_file("/proc/" + std::to_string(pid) + "/status");
  std::smatch found;
  EXPECT_TRUE(std::regex_search(status, found, std::regex("VmHWM:\\s+([0-9]+) kB")));
  return found.empty() ? 0 : std::stod(found[1]) / 1024;
}

TEST_P(Memory, IsEstimatedWithinAFactorOfTwo) {
  const double estimated = estimate();
  ServingGradus gradus(command({"run", "--config"}));
  EXPECT_TRUE(eventually([&] {
    return gradus.metric("gradus_checkpoint_writes_total", "outcome=\"ok\"") >= 1 &&
           gradus.metric("gradus_probe_runs_total") >= GetParam().probes;
  }));
  EXPECT_GT(gradus.body("/api/v1/progress"), "");
  const double peak = peak_of(gradus.process().pid());
  EXPECT_EQ(gradus.end_with(SIGTERM).code, 0);
  EXPECT_LE(peak, 1.25 * estimated);
  EXPECT_GE(peak, estimated / 2);
  RecordProperty("estimated_megabytes", std::to_string(estimated));
  RecordProperty("peak_megabytes", std::to_string(peak));
}

std::string tasks(std::size_t count) {
  std::string out =
      "format: 1\nname: many\nitems_file: items.jsonl\ntiers:\n  - name: low\n"
      "    tasks:\n";
  for (std::size_t i = 0; i < count; ++i) out += "      - {name: t" + std::to_string(i) + "}\n";
  return out;
}

std::string items(std::size_t tasks, std::size_t each) {
  std::string out;
  for (std::size_t task = 0; task < tasks; ++task)
    for (std::size_t i = 0; i < each; ++i)
      out += R"({"task":"t)" + std::to_string(task) + R"(","prompt":")" + std::to_string(i) +
             R"(+1=","answer":")" + std::to_string(100 + i % 800) + "\"}\n";
  return out;
}

std::string questions() {
  std::string out;
  for (int i = 0; i < 400; ++i) out += "{\"task\":\"t0\",\"prompt\":\"1+1=\",\"answer\":\"2\"}\n";
  return out;
}

/// Records that use every slot of a table: a checkpoint leaves out those that nothing has used.
std::string full_rows(std::size_t slots) {
  std::string row = "{\"x\":[1";
  for (std::size_t i = 1; i < slots; ++i) row += ",1";
  row += "],\"y\":1}\n";
  return row + row + row;
}

INSTANTIATE_TEST_SUITE_P(All, Memory,
                         ::testing::Values(Load{"several classes",
                                                {"learner.bits=16", "learner.classes=40"},
                                                "",
                                                "",
                                                full_rows(std::size_t{1} << 16)},
                                           Load{"a transformer",
                                                {"learner.kind=transformer", "learner.width=256",
                                                 "learner.layers=2"},
                                                "",
                                                "",
                                                questions()},
                                           Load{"many tasks",
                                                {"learner.kind=transformer"},
                                                tasks(150),
                                                items(150, 16),
                                                questions(),
                                                150},
                                           Load{"many items",
                                                {"learner.kind=transformer"},
                                                tasks(1),
                                                items(1, 30'000),
                                                questions(),
                                                1}));

// 2^28 slots are 4 GB, and the checkpoint's copies more than that: nothing of it is taken first.
TEST(MemoryLimit, RefusesARunBeforeItTakesAny) {
  const TempDir folder;
  const std::string config = folder.write(
      "g.yaml", "stream.source: stdin\nlearner: {kind: linear, bits: 28}\nlimits: {memory: 2GB}\n");
  for (const std::vector<std::string>& command :
       {std::vector<std::string>{"check", config},
        std::vector<std::string>{"run", "--config", config}}) {
    std::vector<std::string> limited = {"prlimit", "--as=600000000"};
    const auto arguments = gradus_command(command);
    limited.insert(limited.end(), arguments.begin(), arguments.end());
    const Finished refused = run_to_end(limited);
    EXPECT_EQ(refused.code, 2) << refused.errors;
    EXPECT_THAT(refused.errors,
                HasSubstr("g.yaml:3: limits.memory: the run would take about 22.0 GB (the learner "
                          "22.0 GB, the program 25 MB) and may take 2.0 GB"));
  }
}

}  // namespace
}  // namespace gradus::test
