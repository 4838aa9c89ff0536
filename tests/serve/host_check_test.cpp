#include "serve/host_check.h"

#include <gtest/gtest.h>

namespace gradus {
namespace {

bool is_answered(std::string_view header, const std::vector<std::string>& names = {}) {
  const auto host = host_name(header);
  return host && is_own_host(*host, names);
}

TEST(HostCheck, TakesAddressesAndLocalhostInAnyForm) {
  for (const char* host :
       {"", "127.0.0.1", "127.0.0.1:9630", "[::1]", "[::1]:9630", "localhost", "LocalHost:9630",
        "localhost.", "gradus.localhost:9630", "192.0.2.7:80", "localhost:"})
    EXPECT_TRUE(is_answered(host)) << host;
}

TEST(HostCheck, TakesNamesThatAreGiven) {
  const std::vector<std::string> names = {"other", "Gradus.Example.org"};
  EXPECT_TRUE(is_answered("gradus.example.org:443", names));
  EXPECT_FALSE(is_answered("gradus.example.org.evil.example", names));
}

TEST(HostCheck, RefusesEveryOtherName) {
  for (const char* host : {"evil.example", "evil.example:9630", "127.0.0.1.evil.example:9630",
                           "localhost.evil.example", "x"})
    EXPECT_FALSE(is_answered(host)) << host;
}

// RFC 9110, 7.2: a host and, after a colon, the digits of a port.
TEST(HostCheck, TellsAHeaderThatIsNoHost) {
  for (const char* header :
       {"[", "[evil.example]", ":", ":9630", ".", "localhost:evil", "localhost:-1",
        "localhost:65536", "localhost:80:80", "[::1].evil", "[::1]evil", "[::1", "::1",
        "localhost evil", "local\thost", "user@localhost", "localhost/", "\x80"})
    EXPECT_EQ(host_name(header), std::nullopt) << header;
}

TEST(ExposureWords, WarnOfAServerThatOthersCanReach) {
  for (const char* address : {"0.0.0.0:9630", "[::]:9630", "192.0.2.7:80"})
    EXPECT_NE(exposure_words(address).find("without password or TLS"), std::string::npos)
        << address;
  for (const char* address : {"127.0.0.1:9630", "127.8.9.1:0", "[::1]:9630"})
    EXPECT_EQ(exposure_words(address), "") << address;
}

TEST(HostCheck, GivesTheNameWithoutItsPort) {
  EXPECT_EQ(host_name("LocalHost.:9630"), "localhost");
  EXPECT_EQ(host_name("[FE80::1]:80"), "fe80::1");
}

}  // namespace
}  // namespace gradus
