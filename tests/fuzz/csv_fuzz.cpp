// Learning curves in text: CSV, JSON lines and exports of Weights & Biases, by content or by name.
#include <array>
#include <cmath>
#include <string>

#include "judge/curve_formats.h"
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gradus;
  constexpr std::array<const char*, 4> kForms = {"", "csv", "jsonl", "wandb"};
  test::FuzzInput input(data, size);
  const char* form = kForms[input.choose(kForms.size())];
  const auto read = read_curves(input.rest(), "curves", form, CurveChoice{});
  if (!read) {
    test::require(!read.error().message.empty());
    return 0;
  }
  test::require(read->bad_rows <= read->rows);
  for (const FileCurve& curve : read->curves) {
    test::require(!curve.scores.empty());
    for (std::size_t i = 0; i < curve.scores.size(); ++i) {
      test::require(curve.scores[i].score >= 0 && curve.scores[i].score <= 1);
      test::require(i == 0 || curve.scores[i - 1].step < curve.scores[i].step);
    }
  }
  return 0;
}
