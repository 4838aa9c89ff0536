#include <algorithm>
#include <string_view>
#include <vector>

#include "ingest/decoder.h"
#include "ingest/source.h"
#include "ladders/generator.h"
#include "learner/learner.h"

namespace gradus {
namespace {

template <typename Kinds>
std::vector<std::string_view> names_of(const Kinds& kinds) {
  std::vector<std::string_view> names;
  for (const auto& kind : kinds) names.push_back(kind.name);
  return names;
}

/// Every set of kinds in the project, by the name of its table.
std::vector<std::vector<std::string_view>> registries() {
  return {names_of(generator_kinds()), names_of(source_kinds()), names_of(format_kinds()),
          names_of(learner_kinds())};
}

/// A name in snake case, as configurations write it.
bool is_snake_case(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char byte) {
    return byte == '_' || (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9');
  });
}

TEST(Registries, AreNotEmpty) {
  EXPECT_THAT(registries(), testing::Each(testing::Not(testing::IsEmpty())));
}

TEST(Registries, AreSortedByNameWithoutRepeats) {
  for (const auto& names : registries()) {
    EXPECT_THAT(names, testing::WhenSorted(testing::ContainerEq(names)));
    EXPECT_EQ(std::adjacent_find(names.begin(), names.end()), names.end());
  }
}

TEST(Registries, NameKindsInSnakeCase) {
  for (const auto& names : registries()) {
    for (const auto name : names) EXPECT_TRUE(is_snake_case(name)) << name;
  }
}

}  // namespace
}  // namespace gradus
