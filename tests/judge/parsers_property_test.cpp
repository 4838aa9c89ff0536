#include <rapidcheck/gtest.h>

#include "judge/csv_reader.h"
#include "judge/curve_formats.h"
#include "judge/judgement.h"
#include "tests/judge/event_bytes.h"

namespace gradus {
namespace {

/// What holds of every file that was read, whatever was in it.
void expect_sound(const CurveFile& file) {
  RC_ASSERT(!file.curves.empty());
  RC_ASSERT(file.bad_rows <= file.rows);
  RC_ASSERT(file.problems.empty() == (file.bad_rows == 0));
  for (const FileCurve& curve : file.curves) {
    RC_ASSERT(!curve.scores.empty());
    for (const CurveScoreRow& row : curve.scores) RC_ASSERT(row.score >= 0 && row.score <= 1);
    for (std::size_t i = 1; i < curve.scores.size(); ++i)
      RC_ASSERT(curve.scores[i].step > curve.scores[i - 1].step);
  }
}

void expect_sound_or_refused(const std::string& bytes, std::string_view format) {
  const auto file = read_curves(bytes, "f", format, {});
  if (file)
    expect_sound(*file);
  else
    RC_ASSERT(file.error().message.starts_with("f"));
}

std::string format_name(int which) { return std::string(curve_formats()[which].name); }

RC_GTEST_PROP(CurveParsers, SurviveAnyBytes, (const std::string& bytes)) {
  for (int i = 0; i < 4; ++i) expect_sound_or_refused(bytes, format_name(i));
  expect_sound_or_refused(bytes, "");
}

RC_GTEST_PROP(CurveParsers, SurviveAnyTable, ()) {
  const auto cell = rc::gen::element<std::string>("1", "2", "0.5", "-1", "nan", "inf", "1e400", "a",
                                                  "", "\"", "\"x\"", ",", "\n", "score", "7");
  std::string text = *rc::gen::element<std::string>("step,task,score\n", "Step,r - a,r - b\n",
                                                    "step,score,items\n");
  for (const std::string& each : *rc::gen::container<std::vector<std::string>>(cell))
    text += each + *rc::gen::element<std::string>(",", ",", "\n");
  expect_sound_or_refused(text, "");
}

RC_GTEST_PROP(CurveParsers, SurviveDamagedEventFiles, ()) {
  std::string bytes;
  const auto steps =
      *rc::gen::container<std::vector<std::int16_t>>(rc::gen::arbitrary<std::int16_t>());
  for (const std::int16_t step : steps) bytes += test::record_of(test::event_of(step, "acc", 0.5F));
  for (int i = *rc::gen::inRange(0, 4); i > 0 && !bytes.empty(); --i)
    bytes[*rc::gen::inRange<std::size_t>(0, bytes.size())] = *rc::gen::arbitrary<char>();
  bytes.resize(bytes.size() - *rc::gen::inRange<std::size_t>(0, bytes.size() + 1));
  expect_sound_or_refused(bytes, "tensorboard");
}

// What no checksum protects: an event whose bytes are anything.
RC_GTEST_PROP(CurveParsers, SurviveAnyEventBehindAValidChecksum, (std::string event)) {
  event += test::event_of(1, "acc", 0.5F);
  for (int i = *rc::gen::inRange(0, 6); i > 0; --i)
    event[*rc::gen::inRange<std::size_t>(0, event.size())] = *rc::gen::arbitrary<char>();
  expect_sound_or_refused(test::record_of(event), "tensorboard");
}

RC_GTEST_PROP(CsvReader, GivesBackQuotedFields, (const std::vector<std::string>& fields)) {
  RC_PRE(!fields.empty());
  std::string text;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    text += i == 0 ? "\"" : ",\"";
    for (const char c : fields[i]) text += c == '"' ? "\"\"" : std::string(1, c);
    text += '"';
  }
  std::vector<std::string> read;
  CsvReader reader(text, ',');
  RC_ASSERT(reader.next(read));
  RC_ASSERT(read == fields);
}

RC_GTEST_PROP(Judging, SurvivesAnySteps, (const std::vector<std::uint32_t>& increments)) {
  FileCurve curve;
  curve.task = "a";
  Step step = 0;
  for (const std::uint32_t each : increments) {
    step += 1 + each;
    curve.scores.push_back({step, (each % 101) / 100.0, std::nullopt, {}});
  }
  RC_PRE(!curve.scores.empty());
  const auto judgement = judge_curves({.name = "f", .curves = {curve}}, {});
  RC_ASSERT(judgement.has_value());
  RC_ASSERT(judgement->data.tasks[0].now.step == step);
}

}  // namespace
}  // namespace gradus
