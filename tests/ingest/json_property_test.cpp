#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <tuple>
#include <vector>

#include "tests/ingest/fakes.h"

namespace gradus {
namespace {

// Every column of a batch, to be compared.
auto columns(const ExampleBatch& batch) {
  return std::tie(batch.task, batch.weight, batch.event_time_ms, batch.label, batch.row_begin,
                  batch.slot, batch.value, batch.arena, batch.prompt_begin, batch.answer_begin,
                  batch.text_end);
}

void check_shape(const ExampleBatch& batch, InputKind kind) {
  RC_ASSERT(batch.weight.size() == batch.size());
  RC_ASSERT(batch.event_time_ms.size() == batch.size());
  RC_ASSERT(batch.slot.size() == batch.value.size());
  RC_ASSERT(batch.row_begin.back() == batch.slot.size());
  RC_ASSERT(batch.row_begin.size() == (kind == InputKind::kSparse ? batch.size() + 1 : 1));
  RC_ASSERT(batch.text_end.size() == (kind == InputKind::kText ? batch.size() : 0));
}

// Decodes into a batch that holds an example already: grown by one, or as it was.
void decode_any(const std::string& bytes, InputKind kind) {
  const Ladder ladder = test::small_ladder();
  const auto decoder = test::json_decoder({.kind = kind}, &ladder);
  ExampleBatch batch;
  const std::string before = R"({"task":"odd","prompt":"odd 3","answer":"1"})";
  RC_ASSERT(decoder->decode({.bytes = before, .key = {}}, batch) == Reject::kNone);
  const ExampleBatch untouched = batch;
  const Reject reason = decoder->decode({.bytes = bytes, .key = {}}, batch);
  RC_ASSERT(batch.size() == (reason == Reject::kNone ? 2u : 1u));
  RC_ASSERT(reason == Reject::kNone || columns(batch) == columns(untouched));
  check_shape(batch, kind);
}

RC_GTEST_PROP(JsonDecoderProperty, ArbitraryBytesNeverHarmABatch, (const std::string& bytes)) {
  decode_any(bytes, InputKind::kSparse);
  decode_any(bytes, InputKind::kText);
}

// Valid records with bytes changed, put in or left out: far more of these get past the parser.
RC_GTEST_PROP(JsonDecoderProperty, DamagedRecordsNeverHarmABatch, ()) {
  auto bytes = *rc::gen::elementOf(
      std::vector<std::string>{R"({"task":"odd","prompt":"odd 3","answer":"1","weight":2})",
                               R"({"task":"add1","x":[1,2.5,-3e2,null,true],"y":1,"time":17})",
                               R"({"task":"odd","features":{"a":1,"b":"c","d":null},"y":0})"});
  const auto damages = *rc::gen::inRange(0, 4);
  for (int i = 0; i < damages && !bytes.empty(); ++i) {
    const auto at = *rc::gen::inRange<std::size_t>(0, bytes.size());
    const auto length = *rc::gen::inRange<std::size_t>(0, 4);
    const auto part =
        *rc::gen::container<std::string>(rc::gen::elementOf(std::string("{}[]\":,0e-.nt\\ \xFF")));
    bytes.replace(at, length, part.substr(0, 3));
  }
  decode_any(bytes, InputKind::kSparse);
  decode_any(bytes, InputKind::kText);
}

RC_GTEST_PROP(JsonDecoderProperty, ReadsBackTheNumbersThatWereWritten,
              (const std::vector<std::int32_t>& numbers)) {
  std::string text = R"({"y":1,"x":[)";
  for (const std::int32_t number : numbers) text += std::to_string(number) + ",";
  text += "0]}";
  const auto decoder = test::json_decoder({}, nullptr);
  ExampleBatch batch;
  RC_ASSERT(decoder->decode({.bytes = text, .key = {}}, batch) == Reject::kNone);
  std::size_t k = 0;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (numbers[i] == 0) continue;
    RC_ASSERT(batch.slot[k] == i);
    RC_ASSERT(batch.value[k] == static_cast<float>(numbers[i]));
    ++k;
  }
  RC_ASSERT(batch.slot.size() == k);
}

}  // namespace
}  // namespace gradus
