#include "judge/curve_formats.h"

#include <array>

#include "judge/formats/formats.h"

namespace gradus {
namespace {

constexpr std::array kFormats = {
    CurveFormat{
        .name = "csv",
        .about =
            "a header with step, task, score and optionally exact, items, tier, target, chance, "
            "floor",
        .names = SeriesNames::kTasks,
        .place = ":",
        .rank = 4,
        .recognises = is_csv,
        .read = read_csv,
    },
    CurveFormat{
        .name = "jsonl",
        .about = "JSON lines with the same keys",
        .names = SeriesNames::kTasks,
        .place = ":",
        .rank = 2,
        .recognises = is_jsonl,
        .read = read_jsonl,
    },
    CurveFormat{
        .name = "tensorboard",
        .about = "an event file of TensorBoard",
        .names = SeriesNames::kTrainingLog,
        .place = ": record ",
        .rank = 1,
        .recognises = is_tensorboard,
        .read = read_tensorboard,
    },
    // A table without the column `score` may still be an export.
    CurveFormat{
        .name = "wandb",
        .about = "a CSV export of Weights & Biases: Step, then a column a run and metric",
        .names = SeriesNames::kTrainingLog,
        .place = ":",
        .rank = 3,
        .recognises = is_wandb,
        .read = read_wandb,
    },
};
constexpr Registry kRegistry{kFormats};

/// The narrowest form that recognises the bytes; null where none does.
const CurveFormat* form_of(std::string_view bytes) {
  const CurveFormat* narrowest = nullptr;
  for (const CurveFormat& format : kRegistry)
    if ((narrowest == nullptr || format.rank < narrowest->rank) && format.recognises(bytes))
      narrowest = &format;
  return narrowest;
}

}  // namespace

Registry<CurveFormat> curve_formats() { return kRegistry; }

Result<CurveFile> read_curves(std::string_view bytes, const std::string& file,
                              std::string_view format, const CurveChoice& choice) {
  if (bytes.empty())
    return fail(ErrorCode::kBadConfig, file + ": it is empty; a learning curve is expected");
  const CurveFormat* form = form_of(bytes);
  if (const CurveFormat* named = kRegistry.find(format)) form = named;
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
