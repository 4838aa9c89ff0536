// Configurations of a run.
#include "run/config.h"
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gradus;
  const test::FuzzInput input(data, size);
  const auto config = parse_config(input.bytes(), "gradus.yaml", "/nonexistent", Overrides{});
  if (config) print_config(*config);
  // A message is made printable where it is printed, not here.
  if (!config) test::require(config.error().message.find("gradus.yaml") != std::string::npos);
  return 0;
}
