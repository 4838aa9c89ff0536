#pragma once

#include <simdjson.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string_view>

#include "ingest/record.h"

namespace gradus {

/// What a JSON record may say; other keys are left unread.
enum class JsonField : std::uint8_t {
  kTask,
  kPrompt,
  kAnswer,
  kX,
  kFeatures,
  kY,
  kWeight,
  kTime,
};
inline constexpr std::size_t kJsonFields = 8;

/// The known fields of one record that are there and not null; of a key given twice the first.
class JsonFields {
 public:
  explicit JsonFields(simdjson::dom::object object);

  bool has(JsonField field) const { return seen_[static_cast<std::size_t>(field)]; }
  simdjson::dom::element operator[](JsonField field) const {
    return value_[static_cast<std::size_t>(field)];
  }

 private:
  std::array<simdjson::dom::element, kJsonFields> value_;
  std::array<bool, kJsonFields> seen_{};
};

/// A number or a boolean as a finite float.
inline Reject read_number(simdjson::dom::element from, float& to) {
  double number = 0;
  bool truth = false;
  if (from.get(number) != simdjson::SUCCESS) {
    if (from.get(truth) != simdjson::SUCCESS) return Reject::kWrongType;
    number = truth ? 1 : 0;
  }
  if (!(std::abs(number) <= std::numeric_limits<float>::max())) return Reject::kNotFinite;
  to = static_cast<float>(number);
  return Reject::kNone;
}

/// The weight, at least 0; as it was where the record has none.
Reject read_weight(const JsonFields& fields, float& weight);

/// The time, from seconds since 1970, in milliseconds; as it was where the record has none. Times
/// after the year 9999 are refused: somebody wrote milliseconds.
Reject read_time(const JsonFields& fields, std::int64_t& time_ms);

/// Prompt and answer of a question; an empty answer counts as missing.
Reject read_question(const JsonFields& fields, std::string_view& prompt, std::string_view& answer);

}  // namespace gradus
