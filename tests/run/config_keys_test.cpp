#include "run/config_keys.h"

#include <algorithm>
#include <set>

#include "run/validate.h"
#include "tests/support/temp_dir.h"

namespace gradus {
namespace {

/// The least that is valid and makes this key one that is read.
Overrides around(const ConfigKey& key) {
  Overrides set = {"learner.kind=" + (key.kind.empty() ? "linear" : key.kind)};
  std::string source = "stdin";
  for (const std::string name : {"file", "generate", "kafka"})
    if (key.key.starts_with("stream." + name + ".")) source = name;
  set.push_back("stream.source=" + source);
  if (source == "generate")
    set.insert(set.end(), {"ladder=arithmetic", "learner.kind=transformer"});
  if (source == "file") set.emplace_back("stream.file.path=README.md");
  if (source == "kafka")
    set.insert(set.end(), {"stream.kafka.brokers=b:9092", "stream.kafka.topic=t"});
  return set;
}

Result<Config> valid(const Overrides& set) {
  const test::TempDir folder;
  return validate_config(folder.write("gradus.yaml", ""), set);
}

TEST(ConfigKeys, AreAllRead) {
  for (const ConfigKey& key : config_keys()) {
    Overrides set = around(key);
    if (key.option.fallback.empty()) continue;
    set.push_back(key.key + "=" + std::string(key.option.fallback));
    const auto read = valid(set);
    EXPECT_TRUE(read.has_value()) << key.key << ": " << read.error().message;
  }
}

// A section names the keys that it knows where it is given one that is like none of them.
TEST(ConfigKeys, AreAllThatASectionKnows) {
  std::set<std::string> sections;
  for (const ConfigKey& key : config_keys()) {
    const std::size_t dot = key.key.rfind('.');
    if (dot == std::string::npos || key.key.ends_with(".*")) continue;
    const std::string section = key.key.substr(0, dot);
    if (!sections.insert(section + key.kind).second) continue;
    Overrides set = around(key);
    set.push_back(section + ".qqqqqqqqqqqq=1");
    const auto refused = valid(set);
    ASSERT_FALSE(refused.has_value()) << section;
    const std::string words = "unknown key; known are ";
    const std::size_t at = refused.error().message.find(words);
    ASSERT_NE(at, std::string::npos) << refused.error().message;
    std::set<std::string> known, listed;
    std::string names = refused.error().message.substr(at + words.size()) + ", ";
    for (std::size_t end; (end = names.find(", ")) != std::string::npos; names.erase(0, end + 2))
      known.insert(names.substr(0, end));
    for (const ConfigKey& other : config_keys())
      if (other.key.starts_with(section + ".") &&
          other.key.find('.', section.size() + 1) == std::string::npos &&
          (other.kind.empty() || key.kind.empty() || other.kind == key.kind) &&
          (other.kind.empty() || other.kind == "linear" || section != "learner" ||
           key.kind == other.kind))
        listed.insert(other.key.substr(section.size() + 1));
    EXPECT_EQ(listed, known) << section;
  }
}

TEST(ConfigKeys, ShowTheirDefaultsWhereTheyConcernTheRun) {
  const auto config = valid({"stream.source=stdin", "probes.cpu_share=0.2"});
  ASSERT_TRUE(config.has_value()) << config.error().message;
  const std::string printed = print_config(*config);
  EXPECT_THAT(printed, testing::HasSubstr("probes.cpu_share: 0.2\n"));
  EXPECT_THAT(printed, testing::HasSubstr("# left out, so by default:\n"));
  EXPECT_THAT(printed, testing::HasSubstr("learner.kind: linear\n"));
  EXPECT_THAT(printed, testing::HasSubstr("stream.on_error: fail\n"));
  EXPECT_THAT(printed, testing::HasSubstr("learner.bits: 18\n"));
  EXPECT_THAT(printed, testing::Not(testing::HasSubstr("stream.file")));
  EXPECT_THAT(printed, testing::Not(testing::HasSubstr("learner.width")));
  EXPECT_THAT(printed, testing::Not(testing::HasSubstr("probes.cpu_share: 0.05")));
}

}  // namespace
}  // namespace gradus
