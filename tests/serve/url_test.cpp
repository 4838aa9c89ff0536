#include "serve/url.h"

namespace gradus {
namespace {

TEST(Url, SplitsPathAndQueryAndDecodesBoth) {
  const HttpTarget target = parse_target("/api/v1/history?task=add%2B1&from=5&from=6&empty&x=a+b");
  EXPECT_EQ(target.path, "/api/v1/history");
  EXPECT_EQ(target.query.at("task"), "add+1");
  EXPECT_EQ(target.query.at("from"), "5");
  EXPECT_EQ(target.query.at("empty"), "");
  EXPECT_EQ(target.query.at("x"), "a b");
}

TEST(Url, KeepsWhatIsNoValidEscape) {
  EXPECT_EQ(parse_target("/%zz%4").path, "/%zz%4");
  EXPECT_EQ(parse_target("").path, "");
  EXPECT_TRUE(parse_target("/?&&").query.empty());
}

TEST(Url, ReadsAddressesOfBothFamilies) {
  EXPECT_EQ(parse_address("127.0.0.1:9630")->port, 9630);
  EXPECT_EQ(parse_address("[::1]:0")->host, "::1");
  EXPECT_EQ(parse_address("localhost:80")->host, "127.0.0.1");
}

TEST(Url, TakesTheAddressOfAServerAsPeopleTypeIt) {
  EXPECT_EQ(server_url("http://127.0.0.1:9630"), "http://127.0.0.1:9630");
  EXPECT_EQ(server_url("http://h:1/"), "http://h:1");
  EXPECT_EQ(server_url("http://h:1/gradus/"), "http://h:1/gradus");
  EXPECT_EQ(server_url("localhost:9630"), "http://localhost:9630");
  EXPECT_EQ(server_url("gradus.example.org:80/a"), "http://gradus.example.org:80/a");
  EXPECT_EQ(server_url("[::1]:9630"), "http://[::1]:9630");
  EXPECT_EQ(server_url("9630"), "http://127.0.0.1:9630");
  EXPECT_EQ(server_url(":9630"), "http://127.0.0.1:9630");
}

TEST(Url, RefusesWhatIsNoServerAndNamesWhatWouldBe) {
  for (const char* bad : {"", "/", "http://", "host", "host:", "host:99999", "99999", "ftp://h:1",
                          "http://h", "a b:1x"}) {
    const auto url = server_url(bad);
    ASSERT_FALSE(url.has_value()) << bad;
    EXPECT_THAT(url.error().message, testing::HasSubstr("HOST:PORT or PORT is expected"));
  }
  EXPECT_THAT(server_url("host").error().message, testing::HasSubstr("did you mean host:9630?"));
  EXPECT_THAT(server_url("https://h:1").error().message, testing::HasSubstr("no TLS"));
}

TEST(Url, SuggestsTheAddressThatABarePortMeans) {
  EXPECT_THAT(parse_address("9631").error().message, testing::HasSubstr("such as 127.0.0.1:9631"));
  EXPECT_THAT(parse_address(":9631").error().message, testing::HasSubstr("such as 127.0.0.1:9631"));
}

TEST(Url, RefusesWhatIsNoAddressAndSaysWhatWouldBe) {
  for (const char* bad :
       {"", ":", "9630", "host:", ":9630", "host:port", "host:99999", "host:-1", "host:80x"}) {
    const auto address = parse_address(bad);
    ASSERT_FALSE(address.has_value()) << bad;
    EXPECT_EQ(address.error().code, ErrorCode::kBadConfig);
    EXPECT_THAT(address.error().message, testing::HasSubstr("HOST:PORT"));
  }
}

}  // namespace
}  // namespace gradus
