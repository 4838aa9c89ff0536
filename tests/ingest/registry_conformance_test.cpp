// What every source and every format must do, over the registries.

#include <algorithm>
#include <set>
#include <string>

#include "ingest/decoder.h"
#include "ingest/source.h"

namespace gradus {
namespace {

template <typename Kind>
class Registry : public testing::Test {
 public:
  static std::span<const Kind> kinds() {
    if constexpr (std::is_same_v<Kind, SourceKind>)
      return source_kinds();
    else
      return format_kinds();
  }
  static const Kind* find(std::string_view name) {
    if constexpr (std::is_same_v<Kind, SourceKind>)
      return find_source(name);
    else
      return find_format(name);
  }
};
using Kinds = testing::Types<SourceKind, FormatKind>;
TYPED_TEST_SUITE(Registry, Kinds);

TYPED_TEST(Registry, IsSortedByName) {
  const auto kinds = TestFixture::kinds();
  EXPECT_TRUE(std::is_sorted(kinds.begin(), kinds.end(),
                             [](const auto& a, const auto& b) { return a.name < b.name; }));
}

TYPED_TEST(Registry, FindsEachKindByItsNameAndNothingElse) {
  for (const auto& kind : TestFixture::kinds()) EXPECT_EQ(TestFixture::find(kind.name), &kind);
  EXPECT_EQ(TestFixture::find(""), nullptr);
  EXPECT_EQ(TestFixture::find("no_such_kind"), nullptr);
}

TYPED_TEST(Registry, DescribesEachKind) {
  for (const auto& kind : TestFixture::kinds()) {
    EXPECT_FALSE(kind.about.empty()) << kind.name;
    EXPECT_NE(kind.make, nullptr) << kind.name;
  }
}

std::string test_name(const testing::TestParamInfo<std::string>& kind) { return kind.param; }

class EverySource : public testing::TestWithParam<std::string> {};

TEST_P(EverySource, RefusesAKeyThatItDoesNotKnow) {
  ManualClock clock;
  SourceSetup setup{.clock = &clock};
  Options options("stream." + GetParam());
  options.set("no_such_key", "1", "gradus.yaml:3");
  const auto made = find_source(GetParam())->make(options, setup);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, ErrorCode::kBadConfig);
  EXPECT_THAT(made.error().message, testing::HasSubstr("no_such_key"));
}

std::vector<std::string> source_names() {
  std::vector<std::string> names;
  for (const SourceKind& kind : source_kinds()) names.emplace_back(kind.name);
  return names;
}
INSTANTIATE_TEST_SUITE_P(Kinds, EverySource, testing::ValuesIn(source_names()), test_name);

class EveryFormat : public testing::TestWithParam<std::string> {
 protected:
  std::unique_ptr<Decoder> make(const InputSpec& input) {
    Options options("stream." + GetParam());
    return std::move(*find_format(GetParam())->make(input, nullptr, options));
  }
};

TEST_P(EveryFormat, RefusesAKeyThatItDoesNotKnow) {
  Options options("stream." + GetParam());
  options.set("no_such_key", "1", "gradus.yaml:3");
  EXPECT_FALSE(find_format(GetParam())->make({}, nullptr, options));
}

TEST_P(EveryFormat, CallsARecordWithoutBytesEmptyAndLeavesTheBatchAsItWas) {
  for (const InputKind kind : {InputKind::kSparse, InputKind::kText}) {
    ExampleBatch batch;
    EXPECT_EQ(make({.kind = kind})->decode({}, batch), Reject::kEmpty);
    EXPECT_TRUE(batch.empty());
  }
}

std::vector<std::string> format_names() {
  std::vector<std::string> names;
  for (const FormatKind& kind : format_kinds()) names.emplace_back(kind.name);
  return names;
}
INSTANTIATE_TEST_SUITE_P(Kinds, EveryFormat, testing::ValuesIn(format_names()), test_name);

}  // namespace
}  // namespace gradus
