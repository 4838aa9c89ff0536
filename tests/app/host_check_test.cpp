#include "app/host_check.h"

#include <gtest/gtest.h>

namespace gradus {
namespace {

TEST(HostCheck, TakesAddressesAndLocalhostInAnyForm) {
  for (const char* host : {"", "127.0.0.1", "127.0.0.1:9630", "[::1]", "[::1]:9630", "localhost",
                           "LocalHost:9630", "localhost.", "gradus.localhost:9630", "192.0.2.7:80"})
    EXPECT_TRUE(is_own_host(host, {})) << host;
}

TEST(HostCheck, TakesNamesThatAreGiven) {
  const std::vector<std::string> names = {"other", "Gradus.Example.org"};
  EXPECT_TRUE(is_own_host("gradus.example.org:443", names));
  EXPECT_FALSE(is_own_host("gradus.example.org.evil.example", names));
}

TEST(HostCheck, RefusesEveryOtherName) {
  for (const char* host : {"evil.example", "evil.example:9630", "127.0.0.1.evil.example:9630",
                           "localhost.evil.example", "x", "[", "[evil.example]", ":", ":9630"})
    EXPECT_FALSE(is_own_host(host, {})) << host;
}

}  // namespace
}  // namespace gradus
