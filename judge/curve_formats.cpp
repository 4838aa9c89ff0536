#include "judge/curve_formats.h"

#include <algorithm>
#include <array>

#include "judge/formats/formats.h"

namespace gradus {
namespace {

constexpr std::array<CurveFormat, 4> kFormats = {
    {{"csv",
      "a header with step, task, score and optionally exact, items, tier, target, chance, floor",
      SeriesNames::kTasks, ":", &is_csv, &read_csv},
     {"jsonl", "JSON lines with the same keys", SeriesNames::kTasks, ":", &is_jsonl, &read_jsonl},
     {"tensorboard", "an event file of TensorBoard", SeriesNames::kTrainingLog, ": record ",
      &is_tensorboard, &read_tensorboard},
     {"wandb", "a CSV export of Weights & Biases: Step, then a column a run and metric",
      SeriesNames::kTrainingLog, ":", &is_wandb, &read_wandb}}};

/// The narrower forms first: a table without the column `score` may still be an export.
const CurveFormat* form_of(std::string_view bytes) {
  for (const auto* name : {"tensorboard", "jsonl", "wandb", "csv"})
    for (const CurveFormat& format : kFormats)
      if (format.name == name && format.recognises(bytes)) return &format;
  return nullptr;
}

}  // namespace

std::span<const CurveFormat> curve_formats() { return kFormats; }

Result<CurveFile> read_curves(std::string_view bytes, const std::string& file,
                              std::string_view format, const CurveChoice& choice) {
  if (bytes.empty())
    return fail(ErrorCode::kBadConfig, file + ": it is empty; a learning curve is expected");
  const CurveFormat* form = form_of(bytes);
  if (!format.empty())
    for (const CurveFormat& each : kFormats)
      if (each.name == format) form = &each;
  if (form == nullptr)
    return fail(ErrorCode::kBadConfig,
                file +
                    ": neither CSV with the columns step, task and score, nor JSON lines, nor a "
                    "TensorBoard event file, nor a Weights & Biases export (see gradus judge "
                    "--help)");
  CurveCollector rows(file, std::string(form->place), form->names, choice);
  if (auto read = form->read(bytes, file, rows); !read) return tl::unexpected(read.error());
  auto curves = rows.finish();
  if (curves) curves->format = form->name;
  return curves;
}

}  // namespace gradus
