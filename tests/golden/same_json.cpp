#include "tests/golden/same_json.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace gradus::test {

void expect_same(const nlohmann::ordered_json& actual, const nlohmann::ordered_json& expected,
                 double tolerance, const std::string& where) {
  ASSERT_EQ(actual.is_structured(), expected.is_structured()) << where;
  if (!expected.is_structured()) {
    if (expected.is_number_float() && actual.is_number_float())
      EXPECT_NEAR(actual.get<double>(), expected.get<double>(), tolerance) << where;
    else
      EXPECT_EQ(actual, expected) << where;
    return;
  }
  ASSERT_EQ(actual.size(), expected.size()) << where;
  auto theirs = expected.items().begin();
  for (const auto& ours : actual.items()) {
    ASSERT_EQ(ours.key(), theirs.key()) << where;
    expect_same(ours.value(), theirs.value(), tolerance, where + "/" + ours.key());
    ++theirs;
  }
}

}  // namespace gradus::test
