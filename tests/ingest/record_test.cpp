#include "ingest/record.h"

#include <set>

namespace gradus {
namespace {

TEST(RejectName, IsUniqueSnakeCaseForEveryReason) {
  std::set<std::string_view> names;
  for (int i = 0; i < kRejectCount; ++i) {
    const std::string_view name = reject_name(static_cast<Reject>(i));
    EXPECT_TRUE(names.insert(name).second) << name;
    EXPECT_EQ(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_"), name.npos) << name;
    EXPECT_FALSE(reject_hint(static_cast<Reject>(i)).empty()) << name;
  }
}

TEST(RejectName, StandsInTheOrderOfTheReasons) {
  EXPECT_EQ(reject_name(Reject::kNone), "none");
  EXPECT_EQ(reject_name(Reject::kInvalidUtf8), "invalid_utf8");
  EXPECT_EQ(reject_name(Reject::kFraming), "framing");
  EXPECT_EQ(reject_name(Reject::kNotFinite), "not_finite");
  EXPECT_EQ(reject_name(Reject::kUnknownTask), "unknown_task");
  EXPECT_EQ(reject_name(Reject::kTooLong), "too_long");
  EXPECT_EQ(reject_name(Reject::kTombstone), "tombstone");
}

}  // namespace
}  // namespace gradus
