// Records in JSON, as every learner reads them, with and without a ladder.
#include "ingest/decoder.h"
#include "ladders/ladder_file.h"
#include "learner/learner.h"
#include "tests/fuzz/fuzz.h"

namespace gradus::test {
namespace {

struct Reader {
  std::unique_ptr<Learner> learner;
  std::unique_ptr<Decoder> decoder;
};

std::vector<Reader> make_readers() {
  static const Ladder ladder = load_ladder("arithmetic").value();
  std::vector<Reader> readers;
  for (const LearnerKind& kind : learner_kinds()) {
    for (const Ladder* each : {static_cast<const Ladder*>(nullptr), &ladder}) {
      Options keys, format_keys;
      auto learner = kind.make(keys, LearnerSetup{}).value();
      auto decoder = find_format("json")->make(learner->input(), each, format_keys).value();
      readers.push_back({std::move(learner), std::move(decoder)});
    }
  }
  return readers;
}

}  // namespace
}  // namespace gradus::test

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gradus;
  static std::vector<test::Reader> readers = test::make_readers();
  const test::FuzzInput input(data, size);
  const RawRecord record{.bytes = input.bytes()};
  for (test::Reader& reader : readers) {
    ExampleBatch batch;
    const Reject reason = reader.decoder->decode(record, batch);
    test::require(batch.size() == (reason == Reject::kNone ? 1 : 0));
    if (reason != Reject::kNone) reader.decoder->explain(record, reason);
  }
  return 0;
}
