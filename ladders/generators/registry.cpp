#include <array>

#include "base/registry.h"
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
constexpr Registry kRegistry{kGenerators};

}  // namespace

std::span<const GeneratorKind> generator_kinds() { return kRegistry; }

const GeneratorKind* find_generator(std::string_view name) { return kRegistry.find(name); }

}  // namespace gradus
