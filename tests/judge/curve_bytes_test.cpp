#include "judge/curve_bytes.h"

#include "serve/gzip.h"
#include "tests/support/temp_dir.h"

namespace gradus {
namespace {

using testing::HasSubstr;

TEST(CurveBytes, UnpackEveryMemberOfAGzipFile) {
  const test::TempDir folder;
  const auto bytes = read_curve_bytes(folder.write("a.gz", gzip("one,") + gzip("two")));
  ASSERT_TRUE(bytes);
  EXPECT_EQ(*bytes, "one,two");
}

TEST(CurveBytes, SayThatGzipDataIsCutOffOrDamaged) {
  const test::TempDir folder;
  const std::string packed = gzip(std::string(10'000, 'x'));
  for (std::size_t size : {std::size_t{3}, std::size_t{20}, packed.size() - 1}) {
    const auto bytes = read_curve_bytes(folder.write("a.gz", packed.substr(0, size)));
    ASSERT_FALSE(bytes) << size;
    EXPECT_EQ(bytes.error().code, ErrorCode::kBadData);
    EXPECT_THAT(bytes.error().message, HasSubstr("a.gz: the gzip data is damaged or cut off"));
  }
}

TEST(CurveBytes, NameAFileOfADirectory) {
  const test::TempDir folder;
  const auto file = folder.write("events.out.tfevents.1", "x");
  const auto bytes = read_curve_bytes(folder.path());
  ASSERT_FALSE(bytes);
  EXPECT_EQ(bytes.error().code, ErrorCode::kBadConfig);
  EXPECT_THAT(bytes.error().message, HasSubstr("such as " + file.string()));
}

TEST(CurveBytes, SayThatThereIsNoFile) {
  const auto bytes = read_curve_bytes("/nonexistent/curves.csv");
  ASSERT_FALSE(bytes);
  EXPECT_EQ(bytes.error().code, ErrorCode::kNotFound);
}

}  // namespace
}  // namespace gradus
