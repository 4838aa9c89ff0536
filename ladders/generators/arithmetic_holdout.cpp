#include <algorithm>
#include <charconv>
#include <utility>

#include "base/hash.h"
#include "base/invariant.h"
#include "ladders/generators/arithmetic_tasks.h"

namespace gradus::arithmetic {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Removes the digits that `text` begins with and returns them.
std::string_view take_number(std::string_view& text) {
  const auto end = std::find_if_not(text.begin(), text.end(), is_digit);
  const auto length = static_cast<std::size_t>(end - text.begin());
  const std::string_view number = text.substr(0, length);
  text.remove_prefix(length);
  return number;
}

/// Puts the smaller number first. Numbers have no leading zeros here, so the longer is larger.
void sort_two(std::string_view& first, std::string_view& second) {
  const bool sorted =
      first.size() != second.size() ? first.size() < second.size() : first <= second;
  if (!sorted) std::swap(first, second);
}

/// What may stand after two commutative operands for their order still not to matter.
bool keeps_commutative(char sign, std::string_view rest) {
  return rest.empty() || (sign == '+' && (rest[0] == '-' || rest.starts_with(" mod ")));
}

}  // namespace

PromptText& PromptText::operator<<(std::string_view text) {
  invariant(text.size() <= characters_.size() - size_, "a prompt fits its buffer");
  std::copy(text.begin(), text.end(), characters_.begin() + size_);
  size_ += text.size();
  return *this;
}

PromptText& PromptText::operator<<(int number) {
  char* const begin = characters_.data() + size_;
  const auto written = std::to_chars(begin, characters_.data() + characters_.size(), number);
  invariant(written.ec == std::errc{}, "a prompt fits its buffer");
  size_ += static_cast<std::size_t>(written.ptr - begin);
  return *this;
}

void canonicalize(std::string_view prompt, PromptText& canonical) {
  canonical.clear();
  std::string_view rest = prompt;
  const bool named = rest.starts_with("max ") || rest.starts_with("gcd ");
  const std::string_view head = rest.substr(0, named ? 4 : 0);
  rest.remove_prefix(head.size());

  const std::size_t count = head == "max " ? 3 : 2;
  std::array<std::string_view, 3> operands{take_number(rest)};
  const char sign = rest.empty() ? '\0' : rest[0];
  bool sortable = !operands[0].empty() && (named ? sign == ' ' : sign == '+' || sign == '*');
  for (std::size_t i = 1; i < count && sortable; ++i) {
    sortable = rest.starts_with(sign);
    if (sortable) rest.remove_prefix(1);
    operands[i] = take_number(rest);
    sortable = sortable && !operands[i].empty();
  }
  if (!sortable || !keeps_commutative(sign, rest)) {
    canonical << prompt;
    return;
  }
  sort_two(operands[0], operands[1]);
  if (count == 3) {
    sort_two(operands[1], operands[2]);
    sort_two(operands[0], operands[1]);
  }
  canonical << head << operands[0];
  for (std::size_t i = 1; i < count; ++i) canonical << std::string_view(&sign, 1) << operands[i];
  canonical << rest;
}

bool is_held_out(std::string_view prompt) {
  if (prompt.ends_with('=')) prompt.remove_suffix(1);
  // Longer than any prompt of these tasks: nothing to sort.
  if (prompt.size() > PromptText::kCapacity) return holdout_hash(prompt) % 5 == 0;
  PromptText canonical;
  canonicalize(prompt, canonical);
  return holdout_hash(canonical.view()) % 5 == 0;
}

}  // namespace gradus::arithmetic
