// TensorBoard's event files.
#include "judge/curve_formats.h"
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gradus;
  const test::FuzzInput input(data, size);
  const auto read = read_curves(input.bytes(), "events", "tensorboard", CurveChoice{});
  if (read) test::require(read->bad_rows <= read->rows);
  return 0;
}
