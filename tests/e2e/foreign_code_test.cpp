#include <csignal>
#include <filesystem>

#include "tests/e2e/gradus.h"
#include "tests/support/temp_dir.h"

namespace gradus::test {
namespace {

using ::testing::HasSubstr;

/// A configuration that names code of somebody else in two ways, each of which leaves a file.
class ForeignCode : public ::testing::Test {
 protected:
  ForeignCode() { ::setenv("GRADUS_TEST_MARKER", plugin_ran_.c_str(), 1); }
  ~ForeignCode() override { ::unsetenv("GRADUS_TEST_MARKER"); }

  std::string config(const std::string& allowed) const {
    return folder_.write("g.yaml",
                         "data: " + (folder_ / "data").string() +
                             "\nserve: {listen: 127.0.0.1:0}\nstream:\n  source: kafka\n  kafka:\n"
                             "    brokers: 127.0.0.1:1\n    topic: t\n    allow_code: " +
                             allowed +
                             "\n    options:\n      plugin.library.paths: " GRADUS_MARKER_PLUGIN
                             "\n      sasl.mechanism: GSSAPI\n"
                             "      sasl.kerberos.kinit.cmd: touch " +
                             (folder_ / "kinit").string() + "\n");
  }
  bool ran() const {
    return std::filesystem::exists(plugin_ran_) || std::filesystem::exists(folder_ / "kinit");
  }

  const TempDir folder_;
  const std::string plugin_ran_ = folder_ / "plugin";
};

TEST_F(ForeignCode, IsNotRunByCheck) {
  const Finished refused = run_gradus({"check", config("false")});
  EXPECT_EQ(refused.code, 2);
  EXPECT_THAT(refused.errors, HasSubstr("stream.kafka.options.plugin.library.paths: librdkafka "
                                        "would load a library or run a command"));
  const Finished accepted = run_gradus({"check", config("true")});
  EXPECT_EQ(accepted.code, 0) << accepted.errors;
  EXPECT_FALSE(ran());
}

TEST_F(ForeignCode, IsRunByARunOnlyWhereItIsAllowed) {
  EXPECT_EQ(run_gradus({"run", "--config", config("false")}).code, 2);
  EXPECT_FALSE(ran());
  ServingGradus gradus({"run", "--config", config("true")});
  EXPECT_TRUE(std::filesystem::exists(plugin_ran_));
  gradus.end_with(SIGTERM);
}

}  // namespace
}  // namespace gradus::test
