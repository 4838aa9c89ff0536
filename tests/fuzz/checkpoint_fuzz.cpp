// Bodies of checkpoints behind a checksum that holds, of each version, and states of each learner.
#include "base/bytes.h"
#include "learner/checkpoint_body.h"
#include "tests/fuzz/fuzz.h"

namespace gradus::test {
namespace {

void load_state(const LearnerKind& kind, std::string_view state) {
  Options keys;
  if (kind.name == "linear") keys.set("bits", "8", "fuzz");
  auto learner = kind.make(keys, LearnerSetup{}).value();
  ByteReader in(state);
  // A state that is taken can be saved again.
  if (!learner->load(in)) return;
  ByteWriter out;
  learner->save(out);
}

}  // namespace
}  // namespace gradus::test

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gradus;
  test::FuzzInput input(data, size);
  const std::size_t choice = input.choose(kCheckpointVersion + learner_kinds().size());
  if (choice >= kCheckpointVersion) {
    test::load_state(learner_kinds()[choice - kCheckpointVersion], input.rest());
    return 0;
  }
  const auto version = static_cast<std::uint32_t>(choice + 1);
  const auto checkpoint = decode_checkpoint(input.rest(), version);
  if (!checkpoint) return 0;
  // What is read is written as this version does, and that is read as the same.
  const std::string again = encode_checkpoint(*checkpoint);
  const auto reread = decode_checkpoint(again, kCheckpointVersion);
  test::require(reread.has_value() && encode_checkpoint(*reread) == again);
  return 0;
}
