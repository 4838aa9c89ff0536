#include "ingest/decoders/json_explain.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.h"
#include "ingest/decoders/json_fields.h"

namespace gradus {
namespace {

using simdjson::dom::element;
using simdjson::dom::element_type;

constexpr std::size_t kShownBytes = 64;

std::string_view type_name(element value) {
  switch (value.type()) {
    case element_type::ARRAY:
      return "a list";
    case element_type::OBJECT:
      return "an object";
    case element_type::STRING:
      return "a text";
    case element_type::BOOL:
      return "a boolean";
    case element_type::NULL_VALUE:
      return "null";
    default:
      return "a number";
  }
}

/// A field and the JSON types that it may have.
struct FieldRule {
  JsonField field;
  std::string_view name;
  std::string_view expected;
  std::string_view types;  // first letters of type_name without the article
};
constexpr std::array kRules = {
    FieldRule{JsonField::kTask, "task", "a text", "t"},
    FieldRule{JsonField::kWeight, "weight", "a number", "nb"},
    FieldRule{JsonField::kTime, "time", "a number of seconds since 1970", "n"},
    FieldRule{JsonField::kPrompt, "prompt", "a text", "t"},
    FieldRule{JsonField::kAnswer, "answer", "a text", "t"},
    FieldRule{JsonField::kX, "x", "a list of numbers", "l"},
    FieldRule{JsonField::kFeatures, "features", "an object of numbers and texts", "o"},
    FieldRule{JsonField::kY, "y", "a number or a boolean", "nb"},
};

char type_letter(element value) {
  const std::string_view name = type_name(value);
  return name.substr(name.find(' ') + 1)[0];
}

/// Whether the decoder has looked at this field.
bool is_read(JsonField field, const JsonFields& fields, const InputSpec& input,
             const Ladder* ladder) {
  if (!fields.has(field)) return false;
  const bool question = input.kind == InputKind::kText || fields.has(JsonField::kPrompt);
  switch (field) {
    case JsonField::kTask:
      return ladder != nullptr;
    case JsonField::kPrompt:
    case JsonField::kAnswer:
      return question;
    case JsonField::kX:
    case JsonField::kFeatures:
    case JsonField::kY:
      return !question;
    default:
      return true;
  }
}

/// "y is a text": probably the name of a class.
std::string class_name(const InputSpec& input) {
  const std::string fault = "y is a text, expected a ";
  if (input.classes == 0)
    return fault +
           "number or a boolean; names of classes are written as numbers from 0, with "
           "learner.classes set to how many there are";
  return fault + "class from 0 to " + std::to_string(input.classes - 1) +
         " or a boolean; names of classes are written as such numbers";
}

std::string wrong_type(const JsonFields& fields, const InputSpec& input, const Ladder* ladder) {
  for (const FieldRule& rule : kRules) {
    if (!is_read(rule.field, fields, input, ladder)) continue;
    const element value = fields[rule.field];
    if (rule.types.find(type_letter(value)) != std::string_view::npos) continue;
    if (rule.field == JsonField::kY && value.type() == element_type::STRING)
      return class_name(input);
    return std::string(rule.name) + " is " + std::string(type_name(value)) + ", expected " +
           std::string(rule.expected);
  }
  return fields.has(JsonField::kX) ? "x holds something else than numbers"
                                   : "features holds something else than numbers and texts";
}

std::string missing_field(const JsonFields& fields, const InputSpec& input, const Ladder* ladder) {
  std::vector<std::string_view> missing;
  const auto need = [&](JsonField field, std::string_view name) {
    std::string_view text;
    const bool empty =
        fields.has(field) && fields[field].get(text) == simdjson::SUCCESS && text.empty();
    if (!fields.has(field) || empty) missing.push_back(name);
  };
  if (ladder != nullptr && ladder->tasks.size() != 1) need(JsonField::kTask, "task");
  if (input.kind == InputKind::kText || fields.has(JsonField::kPrompt)) {
    need(JsonField::kPrompt, "prompt");
    need(JsonField::kAnswer, "answer");
  } else {
    if (!fields.has(JsonField::kX)) need(JsonField::kFeatures, "x or features");
    need(JsonField::kY, "y");
  }
  std::string out = missing.size() > 1 ? "the fields " : "the field ";
  for (std::size_t i = 0; i < missing.size(); ++i)
    out += (i == 0 ? "" : i + 1 == missing.size() ? " and " : ", ") + std::string(missing[i]);
  return out + (missing.size() > 1 ? " are" : " is") + " missing or empty";
}

std::string unknown_task(const JsonFields& fields, const Ladder& ladder) {
  std::string_view name;
  if (fields[JsonField::kTask].get(name) != simdjson::SUCCESS) return {};
  const auto& left_out = ladder.left_out;
  if (std::find(left_out.begin(), left_out.end(), name) != left_out.end())
    return "the learner cannot take the task " + std::string(name) + ": it has free answers";
  std::vector<std::string_view> names;
  for (const Task& task : ladder.tasks) names.emplace_back(task.name);
  const std::string_view nearest = nearest_name(name, names);
  return "no task \"" + json_escaped(name.substr(0, kShownBytes)) + "\" in ladder " + ladder.name +
         (nearest.empty() ? std::string() : "; did you mean " + std::string(nearest) + "?");
}

std::string out_of_range(const JsonFields& fields, const InputSpec& input, const Ladder* ladder) {
  float weight = 1;
  std::int64_t time_ms = 0;
  if (read_weight(fields, weight) == Reject::kOutOfRange) return "weight is below 0";
  if (read_time(fields, time_ms) == Reject::kOutOfRange)
    return "time is not in seconds from 1970 to the year 9999; was it milliseconds?";
  if (!fields.has(JsonField::kPrompt))
    return "y is not a class from 0 to " + std::to_string(input.classes - 1);
  if (ladder == nullptr) return "a question needs a ladder whose task has choices";
  return "answer is none of the choices of its task";
}

std::string question_fault(const JsonFields& fields, Reject reason, const InputSpec& input) {
  std::string_view prompt, answer;
  const bool read = read_question(fields, prompt, answer) == Reject::kNone;
  if (!read || input.explain_text == nullptr) return std::string(reject_hint(reason));
  return input.explain_text(prompt, answer);
}

/// A record as the learner reads it, for those who give it something else.
std::string_view shown_record(const InputSpec& input) {
  return input.kind == InputKind::kText
             ? R"({"task":"add2","prompt":"12+34=","answer":"46"})"
             : R"({"x":[5.1,3.5],"y":0} or {"features":{"colour":"red"},"y":0})";
}

/// A line of Vowpal Wabbit: a bar with a space or a 'tag before it, "1 |a x:2", "1 'tag|a x:2".
bool looks_like_vw(std::string_view line) {
  const std::size_t bar = line.find('|');
  if (bar == std::string_view::npos) return false;
  const std::string_view before = line.substr(0, bar);
  const std::string_view word = before.substr(before.rfind(' ') + 1);
  return word.empty() || word.starts_with('\'');
}

/// Fields with separators between them, and nothing of JSON around.
bool looks_like_csv(std::string_view line) {
  if (line.find_first_of("{}") != std::string_view::npos) return false;
  return line.find_first_of(",;|\t") != std::string_view::npos;
}

/// The form that text which is no JSON has; empty where it is like none known.
std::string other_format(std::string_view bytes, const InputSpec& input) {
  const std::string_view line = bytes.substr(0, bytes.find('\n'));
  if (line.starts_with('{') || line.starts_with('[')) return {};
  const std::string expected =
      "Gradus reads JSON, one object a line, such as " + std::string(shown_record(input));
  if (looks_like_vw(line)) return "looks like Vowpal Wabbit's text format; " + expected;
  if (looks_like_csv(line)) return "looks like CSV; " + expected;
  return {};
}

/// What bytes that are no JSON look like; empty where like nothing known.
std::string_view looks_like(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF"))
    return "begins with a byte order mark; save the text as plain UTF-8 without one";
  if (bytes.starts_with("\x1F\x8B"))
    return "looks like gzip; unpack it first: zcat FILE | gradus ...";
  return {};
}

}  // namespace

std::string explain_json(std::string_view bytes, Reject reason, const InputSpec& input,
                         const Ladder* ladder, simdjson::dom::parser& parser) {
  if (const std::string_view like = looks_like(bytes); !like.empty()) return std::string(like);
  element root;
  simdjson::dom::object object;
  if (reason == Reject::kTooLarge || reason == Reject::kTombstone || reason == Reject::kEmpty)
    return std::string(reject_hint(reason));
  if (parser.parse(bytes.data(), bytes.size()).get(root) != simdjson::SUCCESS) {
    const std::string other = other_format(bytes, input);
    return other.empty() ? std::string(reject_hint(reason)) : other;
  }
  if (root.get(object) != simdjson::SUCCESS)
    return "the record is " + std::string(type_name(root)) + ", expected an object";
  const JsonFields fields(object);
  switch (reason) {
    case Reject::kMissingField:
      return missing_field(fields, input, ladder);
    case Reject::kWrongType:
      return wrong_type(fields, input, ladder);
    case Reject::kUnknownTask:
      return unknown_task(fields, *ladder);
    case Reject::kOutOfRange:
      return out_of_range(fields, input, ladder);
    case Reject::kUnknownCharacter:
    case Reject::kTooLong:
      return question_fault(fields, reason, input);
    default:
      return std::string(reject_hint(reason));
  }
}

}  // namespace gradus
