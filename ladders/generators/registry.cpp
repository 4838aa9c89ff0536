#include <algorithm>
#include <array>

#include "ladders/generator.h"
#include "ladders/generators/arithmetic.h"
#include "ladders/generators/arithmetic_tasks.h"

namespace gradus {
namespace {

constexpr auto kGenerators = std::to_array<GeneratorKind>({
    {
        .name = "arithmetic",
        .about = "sums, products, remainders and equations in plain text, from one digit to four",
        .tasks = arithmetic::generator_tasks,
        .make = arithmetic::make_generator,
        .items = arithmetic::make_items,
        .sealed_items = arithmetic::make_sealed_items,
        .held_out = arithmetic::is_held_out,
    },
});

static_assert(std::is_sorted(kGenerators.begin(), kGenerators.end(),
                             [](const GeneratorKind& left, const GeneratorKind& right) {
                               return left.name < right.name;
                             }));

}  // namespace

std::span<const GeneratorKind> generator_kinds() { return kGenerators; }

const GeneratorKind* find_generator(std::string_view name) {
  const auto found = std::find_if(kGenerators.begin(), kGenerators.end(),
                                  [name](const GeneratorKind& kind) { return kind.name == name; });
  return found == kGenerators.end() ? nullptr : &*found;
}

}  // namespace gradus
