#include "ingest/record.h"

#include <array>
#include <cstddef>

namespace gradus {
namespace {

struct Words {
  std::string_view name, hint;
};

// In the order of Reject.
constexpr std::array<Words, kRejectCount> kWords{{
    {"none", "nothing is wrong with it"},
    {"empty", "expected one JSON object, found no bytes or only blanks"},
    {"too_large", "longer than stream.max_record_bytes; raise it, or send smaller records"},
    {"malformed", "expected one whole JSON object and nothing after it"},
    {"invalid_utf8", "expected UTF-8 text"},
    {"too_deep", "nested more than 1024 deep; expected a flat object"},
    {"framing", "begins with byte 0, looks like schema-registry framing; expected plain JSON"},
    {"missing_field",
     "a question needs task, prompt and answer; attributes need x or features, and y"},
    {"wrong_type", "a field has another JSON type than it should"},
    {"not_finite", "a number is NaN, infinite, above 3.4e38, or an integer of more than 64 bits"},
    {"out_of_range", "a label, weight, time or index lies outside what the learner takes"},
    {"unknown_task", "the task is not in the ladder"},
    {"unknown_character", "a character is not in the learner's vocabulary"},
    {"too_long", "more tokens than the learner takes"},
    {"tombstone", "a null value: skipped"},
}};

}  // namespace

std::string_view reject_name(Reject reason) {
  return kWords[static_cast<std::size_t>(reason)].name;
}

std::optional<Reject> find_reject(std::string_view name) {
  for (int i = 0; i < kRejectCount; ++i)
    if (reject_name(static_cast<Reject>(i)) == name) return static_cast<Reject>(i);
  return std::nullopt;
}

std::string_view reject_hint(Reject reason) {
  return kWords[static_cast<std::size_t>(reason)].hint;
}

}  // namespace gradus
