#include "ingest/decoders/json_fields.h"

#include <algorithm>

namespace gradus {
namespace {

// In the order of JsonField.
constexpr std::array<std::string_view, kJsonFields> kNames{"task",     "prompt", "answer", "x",
                                                           "features", "y",      "weight", "time"};
constexpr double kLastSecond = 253402300799;  // of the year 9999

}  // namespace

JsonFields::JsonFields(simdjson::dom::object object) {
  for (const auto [key, value] : object) {
    const auto name = std::find(kNames.begin(), kNames.end(), key);
    const auto field = static_cast<std::size_t>(name - kNames.begin());
    if (name == kNames.end() || seen_[field] || value.is_null()) continue;
    seen_[field] = true;
    value_[field] = value;
  }
}

Reject read_weight(const JsonFields& fields, float& weight) {
  if (!fields.has(JsonField::kWeight)) return Reject::kNone;
  const Reject reason = read_number(fields[JsonField::kWeight], weight);
  return reason == Reject::kNone && weight < 0 ? Reject::kOutOfRange : reason;
}

Reject read_time(const JsonFields& fields, std::int64_t& time_ms) {
  if (!fields.has(JsonField::kTime)) return Reject::kNone;
  double seconds = 0;
  if (fields[JsonField::kTime].get(seconds) != simdjson::SUCCESS) return Reject::kWrongType;
  if (!(seconds >= 0 && seconds <= kLastSecond)) return Reject::kOutOfRange;
  time_ms = std::llround(seconds * 1000);
  return Reject::kNone;
}

Reject read_question(const JsonFields& fields, std::string_view& prompt, std::string_view& answer) {
  if (!fields.has(JsonField::kPrompt) || !fields.has(JsonField::kAnswer)) {
    return Reject::kMissingField;
  }
  if (fields[JsonField::kPrompt].get(prompt) != simdjson::SUCCESS) return Reject::kWrongType;
  if (fields[JsonField::kAnswer].get(answer) != simdjson::SUCCESS) return Reject::kWrongType;
  return answer.empty() ? Reject::kMissingField : Reject::kNone;
}

}  // namespace gradus
