#include <rapidcheck/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "base/exact_sum.h"

namespace gradus {
namespace {

/// Any finite double, of any exponent.
rc::Gen<double> finite() {
  return rc::gen::suchThat(
      rc::gen::map(rc::gen::arbitrary<std::uint64_t>(),
                   [](std::uint64_t bits) { return std::bit_cast<double>(bits); }),
      [](double value) { return std::isfinite(value); });
}

std::string bytes_of(const ExactSum& sum) {
  ByteWriter out;
  sum.save(out);
  return out.take();
}

ExactSum sum_of(const std::vector<double>& terms) {
  ExactSum sum;
  for (const double term : terms) sum += term;
  return sum;
}

// IEEE 754 rounds a single addition correctly.
RC_GTEST_PROP(ExactSum, RoundsOnceLikeAnAddition, ()) {
  const double a = *finite();
  // Mostly exponents close to each other, where something cancels or is cut off.
  const double near = std::ldexp(*finite(), *rc::gen::inRange(-60, 60));
  const double b = *rc::gen::element(near, a * 0.75, -a, std::nextafter(-a, 0.0), *finite());
  RC_PRE(std::isfinite(b));
  RC_ASSERT(sum_of({a, b}).value() == a + b);
}

RC_GTEST_PROP(ExactSum, IsTheSameInAnyOrderAndGrouping, ()) {
  const auto terms = *rc::gen::container<std::vector<double>>(finite());
  const ExactSum forth = sum_of(terms);
  auto shuffled = terms;
  std::sort(shuffled.begin(), shuffled.end());
  const auto cut = shuffled.begin() + *rc::gen::inRange<std::ptrdiff_t>(
                                          0, static_cast<std::ptrdiff_t>(terms.size()) + 1);
  ExactSum merged = sum_of({cut, shuffled.end()});
  merged += sum_of({shuffled.begin(), cut});
  RC_ASSERT(bytes_of(merged) == bytes_of(forth));
  RC_ASSERT(std::bit_cast<std::uint64_t>(merged.value()) ==
            std::bit_cast<std::uint64_t>(forth.value()));
}

RC_GTEST_PROP(ExactSum, GivesBackWhatWasAdded, ()) {
  const auto before = *rc::gen::container<std::vector<double>>(finite());
  const auto added = *rc::gen::container<std::vector<double>>(finite());
  ExactSum all = sum_of(before);
  all += sum_of(added);
  RC_ASSERT(bytes_of(all - sum_of(before)) == bytes_of(sum_of(added)));
}

RC_GTEST_PROP(ExactSum, ComesBackAsItWasSaved, ()) {
  const ExactSum sum = sum_of(*rc::gen::container<std::vector<double>>(finite()));
  const std::string bytes = bytes_of(sum);
  ByteReader in(bytes);
  const ExactSum loaded = ExactSum::load(in);
  RC_ASSERT(in.ok() && in.at_end());
  RC_ASSERT(bytes_of(loaded) == bytes);
}

}  // namespace
}  // namespace gradus
