#include "ingest/decoders/json_decoder.h"

#include <simdjson.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <unordered_map>

#include "ingest/decoders/json_explain.h"
#include "ingest/decoders/json_fault.h"
#include "ingest/decoders/json_fields.h"
#include "ingest/decoders/question_features.h"
#include "ingest/feature_hash.h"

namespace gradus {
namespace {

using simdjson::dom::element;

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
    if (error != simdjson::SUCCESS) return why_unparsed(error, record.bytes);
    simdjson::dom::object object;
    if (root.get(object) != simdjson::SUCCESS) return Reject::kWrongType;
    const Reject reason = append(JsonFields(object), record.timestamp_ms, out);
    if (reason != Reject::kNone && input_.kind == InputKind::kSparse) {
      out.slot.resize(out.row_begin.back());
      out.value.resize(out.row_begin.back());
    }
    return reason;
  }

  std::string explain(const RawRecord& record, Reject reason) override {
    return explain_json(record.bytes, reason, input_, ladder_, parser_);
  }

 private:
  static Reject why_unparsed(simdjson::error_code error, std::string_view bytes) {
    if (error == simdjson::EMPTY) return Reject::kEmpty;
    if (error == simdjson::DEPTH_ERROR) return Reject::kTooDeep;
    if (error == simdjson::CAPACITY || error == simdjson::MEMALLOC) return Reject::kTooLarge;
    return explain_malformed(bytes);
  }

  // Everything that can fail comes before the first column that all examples have.
  Reject append(const JsonFields& fields, std::int64_t time_ms, ExampleBatch& out) {
    TaskIndex task = kNoTask;
    float weight = 1;
    if (const Reject reason = read_task(fields, task); reason != Reject::kNone) return reason;
    if (const Reject reason = read_weight(fields, weight); reason != Reject::kNone) return reason;
    if (const Reject reason = read_time(fields, time_ms); reason != Reject::kNone) return reason;
    const Reject reason = input_.kind == InputKind::kText  ? append_text(fields, out)
                          : fields.has(JsonField::kPrompt) ? append_choice(fields, task, out)
                                                           : append_attributes(fields, out);
    if (reason != Reject::kNone) return reason;
    out.task.push_back(task);
    out.weight.push_back(weight);
    out.event_time_ms.push_back(time_ms);
    return Reject::kNone;
  }

  Reject read_task(const JsonFields& fields, TaskIndex& task) const {
    if (ladder_ == nullptr) return Reject::kNone;
    if (!fields.has(JsonField::kTask)) {
      task = 0;
      return tasks_.size() == 1 ? Reject::kNone : Reject::kMissingField;
    }
    std::string_view name;
    if (fields[JsonField::kTask].get(name) != simdjson::SUCCESS) return Reject::kWrongType;
    const auto found = tasks_.find(name);
    if (found == tasks_.end()) return Reject::kUnknownTask;
    task = found->second;
    return Reject::kNone;
  }

  Reject append_text(const JsonFields& fields, ExampleBatch& out) const {
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

  Reject append_choice(const JsonFields& fields, TaskIndex task, ExampleBatch& out) const {
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

  Reject append_attributes(const JsonFields& fields, ExampleBatch& out) {
    const bool has_x = fields.has(JsonField::kX), has_features = fields.has(JsonField::kFeatures);
    if (!(has_x || has_features) || !fields.has(JsonField::kY)) return Reject::kMissingField;
    float label = 0;
    Reject reason = read_label(fields[JsonField::kY], label);
    if (reason == Reject::kNone && has_x) reason = append_array(fields[JsonField::kX], out);
    if (reason == Reject::kNone && has_features) {
      reason = append_features(fields[JsonField::kFeatures], out);
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
