#include "ingest/decoders/json_fault.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <string>
#include <system_error>

namespace gradus {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool in_literal(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '+' || c == '-' ||
         c == '.';
}

// The literals of a text one after the other: runs of letters, digits and signs outside strings.
class Literals {
 public:
  explicit Literals(std::string_view text) : rest_(text) {}

  // The next literal; empty at the end.
  std::string_view next() {
    while (!rest_.empty() && !in_literal(rest_.front())) {
      rest_.remove_prefix(rest_.front() == '"' ? string_length() : 1);
    }
    const auto end = std::find_if_not(rest_.begin(), rest_.end(), in_literal);
    const auto literal = rest_.substr(0, static_cast<std::size_t>(end - rest_.begin()));
    rest_.remove_prefix(literal.size());
    return literal;
  }

 private:
  std::size_t string_length() const {
    std::size_t i = 1;
    while (i < rest_.size() && rest_[i] != '"') i += rest_[i] == '\\' ? 2 : 1;
    return std::min(i + 1, rest_.size());
  }

  std::string_view rest_;
};

bool names_non_finite(std::string_view literal) {
  constexpr std::array<std::string_view, 3> kNames{"nan", "inf", "infinity"};
  if (literal.starts_with('-') || literal.starts_with('+')) literal.remove_prefix(1);
  std::string lower(literal.substr(0, 9));
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return std::find(kNames.begin(), kNames.end(), lower) != kNames.end();
}

std::size_t digits(std::string_view& text) {
  const auto end = std::find_if_not(text.begin(), text.end(), is_digit);
  const auto count = static_cast<std::size_t>(end - text.begin());
  text.remove_prefix(count);
  return count;
}

// Well formed by RFC 8259, and yet beyond a double, or an integer beyond 64 bits.
bool is_too_large(std::string_view literal) {
  std::string_view rest = literal;
  if (rest.starts_with('-')) rest.remove_prefix(1);
  const bool leading_zero = rest.starts_with('0');
  const std::size_t whole = digits(rest);
  if (whole == 0 || (leading_zero && whole > 1)) return false;
  if (rest.empty()) return whole >= 19;
  if (rest.starts_with('.')) {
    rest.remove_prefix(1);
    if (digits(rest) == 0) return false;
  }
  if (rest.starts_with('e') || rest.starts_with('E')) {
    rest.remove_prefix(1);
    if (rest.starts_with('-') || rest.starts_with('+')) rest.remove_prefix(1);
    if (digits(rest) == 0) return false;
  }
  double value = 0;
  const auto parsed = std::from_chars(literal.data(), literal.data() + literal.size(), value);
  return rest.empty() && parsed.ec == std::errc::result_out_of_range;
}

}  // namespace

Reject explain_malformed(std::string_view bytes) {
  if (!simdjson::validate_utf8(bytes.data(), bytes.size())) return Reject::kInvalidUtf8;
  Literals literals(bytes);
  for (auto literal = literals.next(); !literal.empty(); literal = literals.next()) {
    if (names_non_finite(literal) || is_too_large(literal)) return Reject::kNotFinite;
  }
  return Reject::kMalformed;
}

}  // namespace gradus
