#include "base/result.h"

namespace gradus {
namespace {

TEST(Result, CarriesCodeAndMessageOfAFailure) {
  const Result<int> result = fail(ErrorCode::kLocked, "in use");
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, ErrorCode::kLocked);
  EXPECT_EQ(result.error().message, "in use");
}

TEST(ErrorCodeName, IsTheCodeInSnakeCase) {
  EXPECT_EQ(error_code_name(ErrorCode::kBadConfig), "bad_config");
  EXPECT_EQ(error_code_name(ErrorCode::kBadData), "bad_data");
  EXPECT_EQ(error_code_name(ErrorCode::kIo), "io");
  EXPECT_EQ(error_code_name(ErrorCode::kCorrupt), "corrupt");
  EXPECT_EQ(error_code_name(ErrorCode::kForeign), "foreign");
  EXPECT_EQ(error_code_name(ErrorCode::kLocked), "locked");
  EXPECT_EQ(error_code_name(ErrorCode::kNotFound), "not_found");
  EXPECT_EQ(error_code_name(ErrorCode::kUnavailable), "unavailable");
  EXPECT_EQ(error_code_name(ErrorCode::kPositionGone), "position_gone");
  EXPECT_EQ(error_code_name(ErrorCode::kInternal), "internal");
}

}  // namespace
}  // namespace gradus
