#include <rapidcheck.h>
#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ladders/generator.h"
#include "ladders/ladder_file.h"
#include "tests/ladders/arithmetic_oracle.h"

namespace gradus {
namespace {

/// What every generator of the registry must honour, asked of the built-in ladders that use it.
class GeneratorConformance : public testing::TestWithParam<GeneratorKind> {
 protected:
  static Ladder ladder() {
    for (const std::string_view name : builtin_ladders()) {
      Ladder ladder = load_ladder(name).value();
      if (ladder.generator == GetParam().name) return ladder;
    }
    ADD_FAILURE() << "no built-in ladder uses the generator " << GetParam().name;
    return {};
  }

  static std::unique_ptr<RecordGenerator> make(const Ladder& ladder, std::uint64_t seed,
                                               const std::vector<StreamChange>& changes) {
    return std::move(GetParam().make(ladder, seed, changes).value());
  }
};

std::string nth(RecordGenerator& generator, std::uint64_t count) {
  std::string record;
  for (std::uint64_t i = 0; i < count; ++i) generator.next(record);
  return record;
}

/// Up to three changes that begin in the first thousand records, some with an end; the last tier
/// always stays.
std::vector<StreamChange> arbitrary_changes(const Ladder& ladder) {
  const auto count = *rc::gen::inRange(0, 4);
  std::vector<StreamChange> changes;
  for (int i = 0; i < count; ++i) {
    const auto from = *rc::gen::inRange<std::uint64_t>(0, 1000);
    if (*rc::gen::arbitrary<bool>()) {
      const auto task = *rc::gen::inRange<std::size_t>(0, ladder.tasks.size());
      changes.push_back({StreamChange::Kind::kShuffleAnswers, from, ladder.tasks[task].name});
    } else {
      const auto tier = *rc::gen::inRange<std::size_t>(0, ladder.tiers.size() - 1);
      changes.push_back({StreamChange::Kind::kRemoveTier, from, ladder.tiers[tier].name});
    }
  }
  for (StreamChange& change : changes)
    if (*rc::gen::arbitrary<bool>()) change.until = change.from + *rc::gen::inRange(1, 500);
  return changes;
}

TEST_P(GeneratorConformance, SkippingEqualsDrawing) {
  const Ladder ladder = GeneratorConformance::ladder();
  EXPECT_TRUE(rc::check("skip(n), then next, gives what n + 1 nexts give", [&] {
    const auto seed = *rc::gen::arbitrary<std::uint64_t>();
    const auto skipped = *rc::gen::inRange<std::uint64_t>(0, 1500);
    const std::vector<StreamChange> changes = arbitrary_changes(ladder);
    const auto drawn = make(ladder, seed, changes);
    const auto jumped = make(ladder, seed, changes);
    const std::string expected = nth(*drawn, skipped + 1);
    jumped->skip(skipped / 2);
    jumped->skip(skipped - skipped / 2);
    RC_ASSERT(nth(*jumped, 1) == expected);
    RC_ASSERT(nth(*jumped, 20) == nth(*drawn, 20));
  }));
}

TEST_P(GeneratorConformance, ChangesNothingBeforeTheirRecord) {
  const Ladder ladder = GeneratorConformance::ladder();
  EXPECT_TRUE(rc::check("records before every change are those of the healthy stream", [&] {
    const auto seed = *rc::gen::arbitrary<std::uint64_t>();
    const std::vector<StreamChange> changes = arbitrary_changes(ladder);
    std::uint64_t first = 1000;
    for (const StreamChange& change : changes) first = std::min(first, change.from);
    RC_ASSERT(nth(*make(ladder, seed, changes), first) == nth(*make(ladder, seed, {}), first));
  }));
}

TEST_P(GeneratorConformance, StreamCarriesNothingHeldOutAndItemsNothingElse) {
  const Ladder ladder = GeneratorConformance::ladder();
  const auto prompt = [](const std::string& record) { return test::take_apart(record).prompt; };
  const auto generator = make(ladder, 11, {});
  for (int i = 0; i < 20'000; ++i) {
    const std::string record = nth(*generator, 1);
    ASSERT_FALSE(GetParam().held_out(prompt(record))) << record;
  }
  const std::vector<Item> items = GetParam().items(ladder).value();
  for (const Item& item : items) {
    ASSERT_TRUE(GetParam().held_out(prompt(item.record))) << item.record;
  }
}

TEST_P(GeneratorConformance, GivesTheItemsThatTheLadderAsksFor) {
  const Ladder ladder = GeneratorConformance::ladder();
  std::vector<std::size_t> counted(ladder.tasks.size());
  const std::vector<Item> items = GetParam().items(ladder).value();
  for (const Item& item : items) ++counted[item.task];
  for (std::size_t i = 0; i < counted.size(); ++i) EXPECT_EQ(counted[i], ladder.tasks[i].items);
}

TEST_P(GeneratorConformance, RefusesAnUnknownTask) {
  Ladder ladder = GeneratorConformance::ladder();
  ladder.tasks[0].name = "no_such_task";
  const auto stream = GetParam().make(ladder, 1, {});
  const auto items = GetParam().items(ladder);
  ASSERT_FALSE(stream);
  ASSERT_FALSE(items);
  EXPECT_EQ(stream.error().code, ErrorCode::kBadConfig);
  EXPECT_EQ(items.error().code, ErrorCode::kBadConfig);
}

INSTANTIATE_TEST_SUITE_P(Registry, GeneratorConformance, testing::ValuesIn(generator_kinds()),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(GeneratorRegistry, IsSortedByName) {
  const auto kinds = generator_kinds();
  EXPECT_TRUE(std::is_sorted(kinds.begin(), kinds.end(),
                             [](const auto& l, const auto& r) { return l.name < r.name; }));
}

TEST(GeneratorRegistry, FindsByNameOrNotAtAll) {
  for (const GeneratorKind& kind : generator_kinds()) {
    EXPECT_EQ(find_generator(kind.name), &kind);
    EXPECT_FALSE(kind.about.empty());
  }
  EXPECT_EQ(find_generator("no_such_generator"), nullptr);
  EXPECT_EQ(find_generator(""), nullptr);
}

}  // namespace
}  // namespace gradus
