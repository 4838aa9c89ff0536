#include "run/config_paths.h"

#include <filesystem>

#include "run/config.h"
#include "tests/support/temp_dir.h"

namespace gradus {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

/// A configuration in a folder below the working directory, which is a folder of the test's own.
class ConfigPaths : public testing::Test {
 protected:
  ConfigPaths() : before_(fs::current_path()) {
    fs::current_path(folder_.path());
    fs::create_directory("conf");
  }
  ~ConfigPaths() override { fs::current_path(before_); }

  void write(std::string_view path) const { folder_.write(path, "x"); }
  Config read(const std::string& yaml, const Overrides& overrides = {}) const {
    const auto config =
        parse_config("stream: {source: file}\n" + yaml, "conf/gradus.yaml", "conf", overrides);
    EXPECT_TRUE(config.has_value()) << config.error().message;
    return *config;
  }
  static std::string stream_file(const Config& config) {
    Options options = config.source_options;
    return options.text("path", "");
  }

  const test::TempDir folder_;
  fs::path before_;
};

TEST_F(ConfigPaths, StartAtTheFolderOfTheFileWhereTheFileHasThem) {
  const Config config = read(
      "data: ./state\nladder: own.yaml\nstream.file: {path: ../in.jsonl}\n"
      "stream.kafka.options: {sasl.password_file: secret}\n");
  EXPECT_EQ(config.data, "conf/state");
  EXPECT_EQ(config.ladder, "conf/own.yaml");
  EXPECT_EQ(stream_file(config), "in.jsonl");
  EXPECT_THAT(config.notes, testing::IsEmpty());
}

TEST_F(ConfigPaths, StartAtTheWorkingDirectoryWhereTheyWereTyped) {
  const Config config =
      read("data: a\nladder: b.yaml\n",
           {{"data", "state", "--data"}, "ladder=./own.yaml", "stream.file.path=in.jsonl"});
  EXPECT_EQ(config.data, "state");
  EXPECT_EQ(config.ladder, "./own.yaml");
  EXPECT_EQ(stream_file(config), "in.jsonl");
}

TEST_F(ConfigPaths, LeaveWholePathsNamesAndTheDefaultAlone) {
  const Config config = read("ladder: arithmetic\nstream.file: {path: /in.jsonl}\n");
  EXPECT_EQ(config.ladder, "arithmetic");
  EXPECT_EQ(stream_file(config), "/in.jsonl");
  EXPECT_EQ(config.data, "gradus-data");
}

TEST_F(ConfigPaths, StillLeadToARunThatStartedAtTheWorkingDirectory) {
  write("state/checkpoint.gradus");
  write("in.jsonl");
  const Config config = read("data: ./state\nstream.file: {path: in.jsonl}\n");
  EXPECT_EQ(config.data, "./state");
  EXPECT_EQ(stream_file(config), "in.jsonl");
  ASSERT_EQ(config.notes.size(), 2U);
  EXPECT_THAT(config.notes[0], HasSubstr("conf/gradus.yaml:2: data: taken for "));
  EXPECT_THAT(config.notes[0], HasSubstr("since there is no conf/state"));
  EXPECT_THAT(config.notes[1], HasSubstr("stream.file.path: taken for "));
}

TEST_F(ConfigPaths, StillLeadToATypedLadderBesideTheFile) {
  write("conf/own.yaml");
  const Config config = read("", {"ladder=own.yaml"});
  EXPECT_EQ(config.ladder, "conf/own.yaml");
  EXPECT_THAT(config.notes, testing::ElementsAre(HasSubstr("--set ladder: taken for ")));
  write("own.yaml");
  EXPECT_EQ(read("", {"ladder=own.yaml"}).ladder, "own.yaml");
}

// Either could be meant, and learning on in the wrong one would not be noticed.
TEST_F(ConfigPaths, AreRefusedWhereTwoRunsCouldBeMeant) {
  write("state/checkpoint.gradus");
  write("conf/state/progress.json");
  const auto config =
      parse_config("stream: {source: stdin}\ndata: state\n", "conf/gradus.yaml", "conf", {});
  ASSERT_FALSE(config.has_value());
  EXPECT_EQ(config.error().code, ErrorCode::kBadConfig);
  EXPECT_THAT(config.error().message,
              testing::StartsWith("conf/gradus.yaml:2: data: both conf/state and "));
}

TEST_F(ConfigPaths, AreTheSameInAFileOfTheWorkingDirectory) {
  write("state/checkpoint.gradus");
  for (const char* folder : {"", "."}) {
    const auto config =
        parse_config("stream: {source: stdin}\ndata: state\n", "gradus.yaml", folder, {});
    ASSERT_TRUE(config.has_value()) << config.error().message;
    EXPECT_EQ(config->data, "state");
    EXPECT_THAT(config->notes, testing::IsEmpty());
  }
}

}  // namespace
}  // namespace gradus
