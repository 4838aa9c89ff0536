#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <functional>

#include "tests/e2e/gradus.h"
#include "tests/support/temp_dir.h"

namespace gradus::test {
namespace {

using ::testing::HasSubstr;

constexpr const char* kMemory = "--as=600000000";  // of which the libraries' mappings take 150 MB
constexpr const char* kSeconds = "--cpu=20";       // of the processor: whatever else runs

/// A command, and what the one line that it ends with says.
struct Hostile {
  std::string name;
  std::function<std::vector<std::string>(const TempDir&)> arguments;
  std::string says;
};

/// What GoogleTest shows of a parameter.
void PrintTo(const Hostile& hostile, std::ostream* out) { *out << hostile.name; }

class HostileFile : public ::testing::TestWithParam<Hostile> {};

TEST_P(HostileFile, IsRefusedInOneLineWithinTheBudget) {
  const TempDir folder;
  std::vector<std::string> command = {"prlimit", kMemory, kSeconds, "--core=0"};
  const auto arguments = gradus_command(GetParam().arguments(folder));
  command.insert(command.end(), arguments.begin(), arguments.end());
  const Finished refused = run_to_end(command);
  EXPECT_EQ(refused.code, 2) << refused.errors.substr(0, 2000);
  EXPECT_EQ(std::count(refused.errors.begin(), refused.errors.end(), '\n'), 1)
      << refused.errors.substr(0, 2000);
  EXPECT_LT(refused.errors.size(), 1000u);
  EXPECT_THAT(refused.errors, HasSubstr(GetParam().says));
}

std::string repeated(std::string_view text, std::size_t bytes) {
  std::string out;
  while (out.size() < bytes) out += text;
  return out;
}

/// `text` packed by gzip until it unpacks to `bytes`.
std::string bomb(const TempDir& folder, std::string_view text, std::size_t bytes) {
  const std::string file = folder / "bomb.gz";
  const std::string block = repeated(text, std::size_t{1} << 20);
  gzFile out = gzopen(file.c_str(), "wb1");
  for (std::size_t written = 0; written < bytes; written += block.size())
    gzwrite(out, block.data(), static_cast<unsigned>(block.size()));
  gzclose(out);
  return file;
}

Hostile check_text(std::string name, std::string text, std::string says) {
  return {std::move(name),
          [text = std::move(text)](const TempDir& folder) {
            return std::vector<std::string>{"check", folder.write("file.yaml", text)};
          },
          std::move(says)};
}

/// A ladder whose items are in `items`.
Hostile check_items(std::string name, std::string items, std::string says) {
  return check_text(std::move(name),
                    "format: 1\nname: mine\nitems_file: " + items +
                        "\ntiers: [{name: low, tasks: [{name: easy}]}]\n",
                    std::move(says));
}

Hostile check_secret(std::string name, const std::string& file, std::string says) {
  return check_text(std::move(name),
                    "stream:\n  source: kafka\n  kafka: {brokers: \"b:9\", topic: t, options: "
                    "{sasl.password_file: " +
                        file + "}}\n",
                    std::move(says));
}

Hostile judge_text(std::string name, std::function<std::string()> text, std::string says) {
  return {std::move(name),
          [text = std::move(text)](const TempDir& folder) {
            return std::vector<std::string>{"judge", folder.write("curves", text())};
          },
          std::move(says)};
}

// The class of texts on which yaml-cpp 0.7 gives empty documents without end.
const std::string kStrayComma = "    title: sums\n,   - {name: add3}\nformat: 1\n";

std::string aliases() {
  std::string yaml = "format: 1\na0: &a0 [x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 30; ++i) {
    const std::string one = "*a" + std::to_string(i - 1) + ", ";
    yaml +=
        "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + repeated(one, 40) + "x]\n";
  }
  return yaml;
}

INSTANTIATE_TEST_SUITE_P(
    Yaml, HostileFile,
    ::testing::Values(check_text("comma", kStrayComma, "file.yaml:2: the YAML document ends"),
                      check_text("comma in a configuration", "  run: a\n,\n", "file.yaml:2: "),
                      check_text("aliases", aliases(), "more than 100000 values"),
                      check_text("brackets", repeated("[{", 500'000), "levels deep"),
                      check_text("a cycle", "run: &a\n  b: *a\n", "file.yaml:2: an alias within"),
                      check_text("a long key", "? " + repeated("x", 500'000) + "\n: 1\n",
                                 "file.yaml:1: "),
                      check_text("a long value", "stream: {source: " + repeated("x", 500'000) + "}",
                                 "file.yaml:1: stream.source"),
                      check_text("a large file", repeated("#\n", 600'000), "larger than 512 KB")));

INSTANTIATE_TEST_SUITE_P(
    Named, HostileFile,
    ::testing::Values(Hostile{"a device as configuration",
                              [](const TempDir&) {
                                return std::vector<std::string>{"check", "/dev/zero"};
                              },
                              "/dev/zero: is larger than 512 KB"},
                      Hostile{"a pipe as configuration",
                              [](const TempDir& folder) {
                                const std::string pipe = folder / "pipe";
                                ::mkfifo(pipe.c_str(), 0600);
                                return std::vector<std::string>{"run", "--config", pipe};
                              },
                              "a pipe that nobody writes to"},
                      check_items("a device of items", "/dev/zero", "/dev/zero: is larger than 64"),
                      check_items("a directory of items", "/dev", "/dev: is a directory"),
                      check_secret("a device of secrets", "/dev/zero", "is larger than 64 KB"),
                      check_secret("a directory of secrets", "/dev", "/dev: is a directory")));

/// One record of TensorBoard that claims to be 2^60 bytes long, its length's checksum right.
std::string lying_event() {
  constexpr std::string_view kClaim("\x00\x00\x00\x00\x00\x00\x00\x10\xC4\x23\x4E\x8E", 12);
  return std::string(kClaim) + "data";
}

INSTANTIATE_TEST_SUITE_P(
    Curves, HostileFile,
    ::testing::Values(
        Hostile{"a gzip bomb",
                [](const TempDir& folder) {
                  return std::vector<std::string>{"judge", bomb(folder, "x", 1u << 30)};
                },
                "unpacks to more than 256 MB"},
        Hostile{"a device",
                [](const TempDir&) {
                  return std::vector<std::string>{"judge", "/dev/zero"};
                },
                "/dev/zero: is larger than 256 MB"},
        judge_text(
            "one endless field", [] { return "step,score\n1," + repeated("9", 64 << 20); },
            "longer than 1 MB"),
        judge_text(
            "an endless header", [] { return "step,score," + repeated("a,", 64 << 20); }, ""),
        judge_text(
            "deep JSON", [] { return "{\"a\":" + repeated("[", 64 << 20); }, "longer than 1 MB"),
        judge_text(
            "deep JSON lines",
            [] { return repeated("{\"a\":" + repeated("[", 900'000) + "\n", 16 << 20); },
            "no JSON object"),
        judge_text("a lying length", lying_event, "the file ends within it")));

}  // namespace
}  // namespace gradus::test
