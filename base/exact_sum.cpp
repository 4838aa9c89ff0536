#include "base/exact_sum.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <span>
#include <vector>

namespace gradus {
namespace {

constexpr int kDigitBits = 32;
constexpr int kMantissaBits = 52;
constexpr int kLowestExponent = -1074;
constexpr std::int64_t kDigitMask = 0xffffffff;
// A term adds less than 2^33 to a digit.
constexpr std::uint64_t kMostUncarried = std::uint64_t{1} << 29;

}  // namespace

ExactSum& ExactSum::operator+=(double term) {
  if (!std::isfinite(term)) {
    not_finite_ += term;
    return *this;
  }
  const auto bits = std::bit_cast<std::uint64_t>(term);
  const std::uint64_t exponent = bits >> kMantissaBits & 0x7ff;
  std::uint64_t mantissa = bits & ((std::uint64_t{1} << kMantissaBits) - 1);
  // Numbers below 2^-1022 have no hidden bit, and the exponent of those just above.
  if (exponent > 0) mantissa |= std::uint64_t{1} << kMantissaBits;
  const std::uint64_t place = exponent > 0 ? exponent - 1 : 0;
  const std::size_t digit = place / kDigitBits;
  const std::uint64_t shift = place % kDigitBits;
  const std::uint64_t low = (mantissa & kDigitMask) << shift;
  const std::uint64_t high = (mantissa >> kDigitBits) << shift;
  const std::int64_t sign = bits >> 63 != 0 ? -1 : 1;
  digits_[digit] += sign * static_cast<std::int64_t>(low & kDigitMask);
  digits_[digit + 1] += sign * static_cast<std::int64_t>((low >> kDigitBits) + (high & kDigitMask));
  digits_[digit + 2] += sign * static_cast<std::int64_t>(high >> kDigitBits);
  if (++uncarried_ >= kMostUncarried) carry();
  return *this;
}

ExactSum& ExactSum::operator+=(const ExactSum& other) {
  for (std::size_t i = 0; i < kDigits; ++i) digits_[i] += other.digits_[i];
  not_finite_ += other.not_finite_;
  uncarried_ += other.uncarried_ + 1;
  if (uncarried_ >= kMostUncarried) carry();
  return *this;
}

ExactSum& ExactSum::operator-=(const ExactSum& other) {
  for (std::size_t i = 0; i < kDigits; ++i) digits_[i] -= other.digits_[i];
  not_finite_ -= other.not_finite_;
  uncarried_ += other.uncarried_ + 1;
  if (uncarried_ >= kMostUncarried) carry();
  return *this;
}

void ExactSum::carry() {
  for (std::size_t i = 0; i + 1 < kDigits; ++i) {
    digits_[i + 1] +=
        digits_[i] >> kDigitBits;  // rounds down: the digit that stays is not negative
    digits_[i] &= kDigitMask;
  }
  uncarried_ = 0;
}

double ExactSum::value() const {
  if (not_finite_ != 0) return not_finite_;
  ExactSum sum = *this;
  sum.carry();
  const bool negative = sum.digits_.back() < 0;
  if (negative) {
    for (std::int64_t& digit : sum.digits_) digit = -digit;
    sum.carry();
  }
  const auto& digits = sum.digits_;
  std::size_t top = kDigits - 1;
  while (top > 0 && digits[top] == 0) --top;
  const auto digit = [&](std::size_t below) {
    return below <= top ? static_cast<std::uint64_t>(digits[top - below]) : 0;
  };
  // The 64 leading bits. The last one is also set where any bit behind it is, which is all that
  // rounding to 53 bits wants to know of those.
  const int gap = std::countl_zero(static_cast<std::uint32_t>(digit(0)));
  if (gap == kDigitBits) return 0;
  std::uint64_t leading = (digit(0) << kDigitBits | digit(1)) << gap;
  leading |= (digit(2) << gap) >> kDigitBits;
  bool more = (digit(2) << gap & static_cast<std::uint64_t>(kDigitMask)) != 0;
  for (std::size_t below = 3; below <= top && !more; ++below) more = digit(below) != 0;
  if (more) leading |= 1;
  const int exponent = (static_cast<int>(top) - 1) * kDigitBits - gap + kLowestExponent;
  const double magnitude = std::ldexp(static_cast<double>(leading), exponent);
  return negative ? -magnitude : magnitude;
}

void ExactSum::save(ByteWriter& out) const {
  ExactSum sum = *this;
  sum.carry();
  const auto is_zero = [](std::int64_t digit) { return digit == 0; };
  const auto begin = std::find_if_not(sum.digits_.begin(), sum.digits_.end(), is_zero);
  const auto end = std::find_if_not(sum.digits_.rbegin(), sum.digits_.rend(), is_zero).base();
  out.put(sum.not_finite_);
  out.put(static_cast<std::uint32_t>(begin - sum.digits_.begin()));
  out.put_all(begin < end ? std::span<const std::int64_t>(begin, end)
                          : std::span<const std::int64_t>());
}

ExactSum ExactSum::load(ByteReader& in) {
  ExactSum sum;
  sum.not_finite_ = in.get<double>();
  const std::size_t first = in.get<std::uint32_t>();
  const std::vector<std::int64_t> digits = in.get_all<std::int64_t>();
  const bool fits = first <= kDigits && digits.size() <= kDigits - first &&
                    std::all_of(digits.begin(), digits.end(), [](std::int64_t digit) {
                      return digit >= -kDigitMask && digit <= kDigitMask;
                    });
  if (!fits) {
    in.fail();
    return {};
  }
  std::copy(digits.begin(), digits.end(), sum.digits_.begin() + static_cast<std::ptrdiff_t>(first));
  return sum;
}

}  // namespace gradus
