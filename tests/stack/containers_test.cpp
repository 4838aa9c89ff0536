// docker-compose.yml and Dockerfile without a container engine: what can be wrong in them without
// one.

#include <yaml-cpp/yaml.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "tests/e2e/gradus.h"
#include "tests/support/temp_dir.h"

namespace gradus::test {
namespace {

/// docker-compose.yml as Compose resolves it.
YAML::Node composed() {
  const Finished config = run_to_end({"docker-compose", "config"});
  EXPECT_EQ(config.code, 0) << config.errors;
  return YAML::Load(config.output);
}

/// The services that go on for as long as the set does.
std::vector<std::pair<std::string, YAML::Node>> lasting_services() {
  std::vector<std::pair<std::string, YAML::Node>> lasting;
  for (const auto& service : composed()["services"])
    if (service.first.as<std::string>() != "topics")
      lasting.emplace_back(service.first.as<std::string>(), service.second);
  return lasting;
}

TEST(Compose, HasEveryPartOfTheSet) {
  std::set<std::string> names;
  for (const auto& service : composed()["services"]) names.insert(service.first.as<std::string>());
  EXPECT_EQ(names, (std::set<std::string>{"kafka", "topics", "producer", "gradus", "prometheus",
                                          "alertmanager", "alerts", "grafana"}));
}

TEST(Compose, MountsOnlyWhatExists) {
  int mounts = 0;
  for (const auto& service : composed()["services"]) {
    for (const YAML::Node& volume : service.second["volumes"]) {
      const std::string text = volume.as<std::string>();
      if (!text.starts_with('/')) continue;
      ++mounts;
      EXPECT_TRUE(std::filesystem::exists(text.substr(0, text.find(':')))) << text;
      EXPECT_TRUE(text.ends_with(":ro")) << text;
    }
  }
  EXPECT_GE(mounts, 6);
}

TEST(Compose, PublishesPortsOnThisMachineOnly) {
  int ports = 0;
  for (const auto& service : composed()["services"]) {
    for (const YAML::Node& port : service.second["ports"]) {
      ++ports;
      EXPECT_TRUE(port.as<std::string>().starts_with("127.0.0.1:")) << port;
    }
  }
  EXPECT_EQ(ports, 5);
}

TEST(Compose, ConfinesEveryService) {
  for (const auto& each : composed()["services"]) {
    const auto name = each.first.as<std::string>();
    const YAML::Node& service = each.second;
    EXPECT_EQ(service["cap_drop"].as<std::vector<std::string>>(), std::vector<std::string>{"ALL"})
        << name;
    EXPECT_EQ(service["security_opt"].as<std::vector<std::string>>(),
              std::vector<std::string>{"no-new-privileges:true"})
        << name;
    EXPECT_TRUE(service["mem_limit"].IsDefined()) << name;
    EXPECT_LE(service["pids_limit"].as<int>(), 1024) << name;
    EXPECT_EQ(service["logging"]["options"]["max-size"].as<std::string>(), "10m") << name;
    EXPECT_EQ(service["logging"]["options"]["max-file"].as<std::string>(), "3") << name;
    EXPECT_EQ(service["read_only"].IsDefined() && service["read_only"].as<bool>(), name != "kafka")
        << name;
    EXPECT_FALSE(service["privileged"].IsDefined() || service["cap_add"].IsDefined()) << name;
  }
}

// The password would stand in .env, which everybody has.
TEST(Compose, KeepsNoPassword) {
  EXPECT_EQ(read_file(".env").find("PASSWORD"), std::string::npos);
  const YAML::Node grafana = composed()["services"]["grafana"]["environment"];
  EXPECT_EQ(grafana["GF_SECURITY_DISABLE_INITIAL_ADMIN_CREATION"].as<std::string>(), "true");
  EXPECT_EQ(grafana["GF_AUTH_ANONYMOUS_ORG_ROLE"].as<std::string>(), "Viewer");
}

// Compose warns of the key `version` since 2.25.
TEST(Compose, IsOfTheFormOfToday) {
  EXPECT_FALSE(YAML::LoadFile("docker-compose.yml")["version"].IsDefined());
}

TEST(Compose, NamesAVersionOfEveryForeignImage) {
  for (const auto& service : composed()["services"]) {
    const auto image = service.second["image"].as<std::string>();
    if (image == "gradus") continue;
    EXPECT_TRUE(std::regex_search(image, std::regex(":v?[0-9]+\\.[0-9]+"))) << image;
  }
}

TEST(Compose, StartsAgainWhatFailsAndKnowsHowItIs) {
  for (const auto& [name, service] : lasting_services()) {
    EXPECT_EQ(service["restart"].as<std::string>(), "unless-stopped") << name;
    EXPECT_TRUE(service["healthcheck"].IsDefined()) << name;
  }
}

TEST(Compose, RunsGradusWithoutRightsOnAReadOnlySystem) {
  const YAML::Node services = composed()["services"];
  for (const auto* name : {"gradus", "producer"}) {
    EXPECT_EQ(services[name]["user"].as<std::string>(), "10001");
    EXPECT_TRUE(services[name]["read_only"].as<bool>());
    EXPECT_EQ(services[name]["build"]["context"].as<std::string>(),
              std::filesystem::current_path().string());
  }
}

TEST(Compose, GivesGradusAConfigurationThatItAccepts) {
  const Finished checked = run_gradus({"check", "dashboards/compose/gradus.yaml"});
  EXPECT_EQ(checked.code, 0) << checked.errors;
}

// The entry point as a shell runs it: with a seed of its own at each start.
TEST(Compose, LetsTheProducerBeginAnotherStreamAtEachStart) {
  const YAML::Node entry = composed()["services"]["producer"]["entrypoint"];
  ASSERT_EQ(entry.size(), 4u);
  std::string script = std::regex_replace(entry[2].as<std::string>(), std::regex("\\$\\$"), "$$");
  EXPECT_NE(script.find("--seed \"$(date +%s)\""), std::string::npos) << script;
  script = std::regex_replace(script, std::regex("exec gradus"), "exec " GRADUS_BINARY);
  const Finished produced =
      run_to_end({entry[0].as<std::string>(), entry[1].as<std::string>(), script,
                  entry[3].as<std::string>(), "produce", "--ladder", "arithmetic", "--count", "1"});
  EXPECT_EQ(produced.code, 0) << produced.errors;
  EXPECT_NE(produced.output.find("\"prompt\""), std::string::npos) << produced.output;
}

TEST(Compose, GivesPrometheusAndAlertmanagerConfigurationsThatTheyAccept) {
  const Finished rules =
      run_to_end({"promtool", "check", "config", "dashboards/compose/prometheus.yml"});
  EXPECT_EQ(rules.code, 0) << rules.output << rules.errors;
  const Finished routes =
      run_to_end({"amtool", "check-config", "dashboards/alertmanager/alertmanager.demo.yml"});
  EXPECT_EQ(routes.code, 0) << routes.output << routes.errors;
}

TEST(Compose, ShowsTheDashboardsOfThisRepository) {
  const YAML::Node provider =
      YAML::LoadFile("dashboards/compose/provisioning/dashboards/gradus.yml")["providers"][0];
  EXPECT_EQ(provider["options"]["path"].as<std::string>(), "/etc/gradus/grafana");
  const YAML::Node grafana = composed()["services"]["grafana"];
  const auto home =
      grafana["environment"]["GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH"].as<std::string>();
  EXPECT_TRUE(std::filesystem::exists("dashboards/grafana/" +
                                      std::filesystem::path(home).filename().string()))
      << home;
}

/// The Debian packages that hold the shared libraries of the binary, by asking the linker and dpkg.
std::set<std::string> packages_of_libraries() {
  std::set<std::string> packages;
  std::istringstream libraries(run_to_end({"ldd", GRADUS_BINARY}).output);
  for (std::string line; std::getline(libraries, line);) {
    std::smatch found;
    if (!std::regex_search(line, found, std::regex("=> (/\\S+)"))) continue;
    const std::string path = std::filesystem::canonical(found[1].str()).string();
    Finished owner = run_to_end({"dpkg-query", "--search", path});
    // The package database may know the file without the /usr that a merged file system gives it.
    if (owner.code != 0 && path.starts_with("/usr/"))
      owner = run_to_end({"dpkg-query", "--search", path.substr(4)});
    EXPECT_EQ(owner.code, 0) << path;
    packages.insert(owner.output.substr(0, owner.output.find(':')));
  }
  return packages;
}

TEST(Dockerfile, InstallsTheLibrariesThatTheBinaryNeeds) {
  const std::set<std::string> packages = packages_of_libraries();
  ASSERT_TRUE(packages.contains("librdkafka1"));
  const std::string dockerfile = read_file("Dockerfile");
  const std::string installed = dockerfile.substr(dockerfile.rfind("apt-get install"));
  // What comes with every Debian, and what librdkafka itself depends on.
  const std::set<std::string> present = {"libc6",      "libgcc-s1", "libstdc++6", "liblz4-1",
                                         "libsasl2-2", "libssl3",   "libzstd1"};
  for (const std::string& package : packages) {
    if (present.contains(package)) continue;
    EXPECT_NE(installed.find(" " + package + " "), std::string::npos) << package;
  }
}

TEST(Dockerfile, RunsAsNobodyInParticular) {
  EXPECT_NE(read_file("Dockerfile").find("USER 10001"), std::string::npos);
}

}  // namespace
}  // namespace gradus::test
