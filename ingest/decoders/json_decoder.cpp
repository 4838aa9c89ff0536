#include "ingest/decoders/json_decoder.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string>
#include <unordered_map>

#include "ingest/decoders/json_fault.h"
#include "ingest/decoders/question_features.h"
#include "ingest/feature_hash.h"

namespace gradus {
namespace {

using simdjson::dom::element;
using simdjson::dom::element_type;

constexpr double kLastSecond = 253402300799;  // of the year 9999: milliseconds are told apart

enum Field : std::uint8_t {
  kTask,
  kPrompt,
  kAnswer,
  kX,
  kFeatures,
  kY,
  kWeight,
  kTime,
  kFieldCount
};
constexpr std::array<std::string_view, kFieldCount> kFieldNames{
    "task", "prompt", "answer", "x", "features", "y", "weight", "time"};

// The known fields of one record that are there and not null.
struct Fields {
  std::array<element, kFieldCount> value;
  std::array<bool, kFieldCount> seen{};
};

Fields find_fields(simdjson::dom::object object) {
  Fields fields;
  for (const auto [key, value] : object) {
    const auto name = std::find(kFieldNames.begin(), kFieldNames.end(), key);
    if (name == kFieldNames.end() || value.is_null()) continue;
    const auto field = static_cast<std::size_t>(name - kFieldNames.begin());
    if (fields.seen[field]) continue;
    fields.seen[field] = true;
    fields.value[field] = value;
  }
  return fields;
}

// A number or a boolean as a finite float.
Reject read_number(element from, float& to) {
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

class JsonDecoder final : public Decoder {
 public:
  JsonDecoder(const InputSpec& input, const Ladder* ladder)
      : input_(input),
        mask_(static_cast<std::uint32_t>((std::uint64_t{1} << input.bits) - 1)),
        ladder_(ladder) {
    if (ladder == nullptr) return;
    for (std::size_t i = 0; i < ladder->tasks.size(); ++i) {
      tasks_.emplace(ladder->tasks[i].name, static_cast<TaskIndex>(i));
    }
  }

  Reject decode(const RawRecord& record, ExampleBatch& out) override {
    if (record.bytes.empty()) return Reject::kEmpty;
    if (record.bytes.front() == '\0') return Reject::kFraming;
    element root;
    const auto error = parser_.parse(record.bytes.data(), record.bytes.size()).get(root);
    if (error != simdjson::SUCCESS) return explain(error, record.bytes);
    simdjson::dom::object object;
    if (root.get(object) != simdjson::SUCCESS) return Reject::kWrongType;
    const Reject reason = append(find_fields(object), record.timestamp_ms, out);
    if (reason != Reject::kNone && input_.kind == InputKind::kSparse) {
      out.slot.resize(out.row_begin.back());
      out.value.resize(out.row_begin.back());
    }
    return reason;
  }

 private:
  static Reject explain(simdjson::error_code error, std::string_view bytes) {
    if (error == simdjson::EMPTY) return Reject::kEmpty;
    if (error == simdjson::DEPTH_ERROR) return Reject::kTooDeep;
    if (error == simdjson::CAPACITY || error == simdjson::MEMALLOC) return Reject::kTooLarge;
    return explain_malformed(bytes);
  }

  // Everything that can fail comes before the first column that all examples have.
  Reject append(const Fields& fields, std::int64_t time_ms, ExampleBatch& out) {
    TaskIndex task = kNoTask;
    float weight = 1;
    if (const Reject reason = read_task(fields, task); reason != Reject::kNone) return reason;
    if (const Reject reason = read_weight(fields, weight); reason != Reject::kNone) return reason;
    if (const Reject reason = read_time(fields, time_ms); reason != Reject::kNone) return reason;
    const Reject reason = input_.kind == InputKind::kText ? append_text(fields, out)
                          : fields.seen[kPrompt]          ? append_choice(fields, task, out)
                                                          : append_attributes(fields, out);
    if (reason != Reject::kNone) return reason;
    out.task.push_back(task);
    out.weight.push_back(weight);
    out.event_time_ms.push_back(time_ms);
    return Reject::kNone;
  }

  Reject read_task(const Fields& fields, TaskIndex& task) const {
    if (ladder_ == nullptr) return Reject::kNone;
    if (!fields.seen[kTask]) {
      task = 0;
      return tasks_.size() == 1 ? Reject::kNone : Reject::kMissingField;
    }
    std::string_view name;
    if (fields.value[kTask].get(name) != simdjson::SUCCESS) return Reject::kWrongType;
    const auto found = tasks_.find(name);
    if (found == tasks_.end()) return Reject::kUnknownTask;
    task = found->second;
    return Reject::kNone;
  }

  static Reject read_weight(const Fields& fields, float& weight) {
    if (!fields.seen[kWeight]) return Reject::kNone;
    const Reject reason = read_number(fields.value[kWeight], weight);
    return reason == Reject::kNone && weight < 0 ? Reject::kOutOfRange : reason;
  }

  static Reject read_time(const Fields& fields, std::int64_t& time_ms) {
    if (!fields.seen[kTime]) return Reject::kNone;
    double seconds = 0;
    if (fields.value[kTime].get(seconds) != simdjson::SUCCESS) return Reject::kWrongType;
    if (!(seconds >= 0 && seconds <= kLastSecond)) return Reject::kOutOfRange;
    time_ms = std::llround(seconds * 1000);
    return Reject::kNone;
  }

  static Reject read_question(const Fields& fields, std::string_view& prompt,
                              std::string_view& answer) {
    if (!fields.seen[kPrompt] || !fields.seen[kAnswer]) return Reject::kMissingField;
    if (fields.value[kPrompt].get(prompt) != simdjson::SUCCESS) return Reject::kWrongType;
    if (fields.value[kAnswer].get(answer) != simdjson::SUCCESS) return Reject::kWrongType;
    return answer.empty() ? Reject::kMissingField : Reject::kNone;
  }

  Reject append_text(const Fields& fields, ExampleBatch& out) const {
    std::string_view prompt, answer;
    Reject reason = read_question(fields, prompt, answer);
    if (reason == Reject::kNone && input_.check_text != nullptr) {
      reason = input_.check_text(prompt, answer);
    }
    if (reason != Reject::kNone) return reason;
    out.prompt_begin.push_back(static_cast<std::uint32_t>(out.arena.size()));
    out.arena.append(prompt);
    out.answer_begin.push_back(static_cast<std::uint32_t>(out.arena.size()));
    out.arena.append(answer);
    out.text_end.push_back(static_cast<std::uint32_t>(out.arena.size()));
    return Reject::kNone;
  }

  Reject append_choice(const Fields& fields, TaskIndex task, ExampleBatch& out) const {
    std::string_view prompt, answer;
    if (const Reject reason = read_question(fields, prompt, answer); reason != Reject::kNone) {
      return reason;
    }
    if (task == kNoTask) return Reject::kOutOfRange;
    const auto& choices = ladder_->tasks[task].choices;
    const auto choice = std::find(choices.begin(), choices.end(), answer);
    const auto label = static_cast<std::size_t>(choice - choices.begin());
    if (choice == choices.end() || (input_.classes > 0 && label >= input_.classes)) {
      return Reject::kOutOfRange;
    }
    append_question_features(prompt, mask_, out);
    close_row(static_cast<float>(label), out);
    return Reject::kNone;
  }

  Reject append_attributes(const Fields& fields, ExampleBatch& out) {
    if (!fields.seen[kX] && !fields.seen[kFeatures]) return Reject::kMissingField;
    if (!fields.seen[kY]) return Reject::kMissingField;
    float label = 0;
    Reject reason = read_label(fields.value[kY], label);
    if (reason == Reject::kNone && fields.seen[kX]) reason = append_array(fields.value[kX], out);
    if (reason == Reject::kNone && fields.seen[kFeatures]) {
      reason = append_features(fields.value[kFeatures], out);
    }
    if (reason == Reject::kNone) close_row(label, out);
    return reason;
  }

  Reject read_label(element from, float& label) const {
    if (const Reject reason = read_number(from, label); reason != Reject::kNone) return reason;
    if (input_.classes == 0) return Reject::kNone;
    if (input_.classes == 2 && label == -1) label = 0;
    const bool is_class =
        label >= 0 && label < static_cast<float>(input_.classes) && label == std::floor(label);
    return is_class ? Reject::kNone : Reject::kOutOfRange;
  }

  Reject append_array(element from, ExampleBatch& out) const {
    simdjson::dom::array array;
    if (from.get(array) != simdjson::SUCCESS) return Reject::kWrongType;
    std::uint32_t index = 0;
    for (const element value : array) {
      if (!value.is_null()) {
        float number = 0;
        const Reject reason = read_number(value, number);
        if (reason != Reject::kNone) return reason;
        add(index, number, out);
      }
      ++index;
    }
    return Reject::kNone;
  }

  Reject append_features(element from, ExampleBatch& out) {
    simdjson::dom::object object;
    if (from.get(object) != simdjson::SUCCESS) return Reject::kWrongType;
    for (const auto [name, value] : object) {
      std::string_view text;
      float number = 0;
      if (value.is_null()) continue;
      if (value.get(text) == simdjson::SUCCESS) {
        scratch_.assign(name).append(1, '=').append(text);
        add(murmur3_32(scratch_, 0), 1, out);
        continue;
      }
      const Reject reason = read_number(value, number);
      if (reason != Reject::kNone) return reason;
      add(feature_hash(name), number, out);
    }
    return Reject::kNone;
  }

  void add(std::uint32_t hash, float value, ExampleBatch& out) const {
    if (value == 0) return;
    out.slot.push_back(hash & mask_);
    out.value.push_back(value);
  }

  static void close_row(float label, ExampleBatch& out) {
    out.label.push_back(label);
    out.row_begin.push_back(static_cast<std::uint32_t>(out.slot.size()));
  }

  InputSpec input_;
  std::uint32_t mask_;
  const Ladder* ladder_;
  std::unordered_map<std::string_view, TaskIndex> tasks_;
  simdjson::dom::parser parser_;
  std::string scratch_;
};

}  // namespace

Result<std::unique_ptr<Decoder>> make_json_decoder(const InputSpec& input, const Ladder* ladder,
                                                   Options& options) {
  if (auto finished = options.finish(); !finished) return tl::unexpected(finished.error());
  return std::make_unique<JsonDecoder>(input, ladder);
}

}  // namespace gradus
