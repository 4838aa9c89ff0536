// Ladders of users. Their items are not read: that is another target.
#include "ladders/ladder_file.h"
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gradus;
  const test::FuzzInput input(data, size);
  const auto ladder = parse_ladder(input.bytes(), "ladder.yaml", "/nonexistent");
  if (ladder) test::require(!ladder->tasks.empty());
  // A message is made printable where it is printed, not here.
  if (!ladder) test::require(ladder.error().message.find("ladder.yaml") != std::string::npos);
  return 0;
}
