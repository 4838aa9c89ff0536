#include "describe/forecast_document.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace gradus {
namespace {

template <typename Word>
Word word_of(const Members& members, const char* name, std::string_view (*name_of)(Word),
             std::size_t words) {
  std::string word;
  members.read(name, word);
  for (std::size_t i = 0; i < words; ++i)
    if (name_of(static_cast<Word>(i)) == word) return static_cast<Word>(i);
  return Word{};
}

void read_horizon(const Members& members, HorizonCalibration& to) {
  members.read("doublings", to.doublings);
  members.read("resolved", to.resolved);
  for (std::size_t i = 0; i < kForecasters; ++i) {
    const Members of(members.object(forecaster_name(static_cast<Forecaster>(i)).data()));
    of.read("brier", to.scores[i].brier);
    of.read("log_loss", to.scores[i].log_loss);
    const std::vector<Members> bins = of.list("bins");
    for (std::size_t bin = 0; bin < std::min(bins.size(), to.bins[i].size()); ++bin) {
      bins[bin].read("count", to.bins[i][bin].count);
      bins[bin].read("forecast", to.bins[i][bin].forecast);
      bins[bin].read("happened", to.bins[i][bin].happened);
    }
  }
}

}  // namespace

std::optional<Forecast> read_forecast(const Members& task) {
  if (!task.has("belief")) return std::nullopt;
  Forecast out;
  task.read("belief", out.belief);
  task.read("belief_ever", out.belief_ever);
  out.source = word_of(task, "forecast_source", forecaster_name, kForecasters);
  if (!task.has("examples_to_target")) return out;
  const Members examples(task.object("examples_to_target"));
  ExamplesToTarget& to_target = out.examples_to_target.emplace();
  examples.read("p10", to_target.p10);
  examples.read("p50", to_target.p50);
  examples.read("p90", to_target.p90);
  return out;
}

std::optional<Threshold> read_threshold(const Members& of) {
  if (!of.has("threshold")) return std::nullopt;
  const Members members(of.object("threshold"));
  Threshold out;
  out.kind = word_of(members, "kind", threshold_name, kThresholdKinds);
  members.read("share_of_jump", out.share_of_jump);
  members.read("share_of_jump_exact", out.share_of_jump_exact);
  members.read("jump_step", out.jump_step);
  members.read("hidden_progress", out.hidden_progress);
  members.read("width", out.width);
  members.read("width_exact", out.width_exact);
  members.read("resolution", out.resolution);
  return out;
}

ForecastCalibration read_calibration(const Members& members) {
  ForecastCalibration out;
  members.read("made", out.made);
  members.read("resolved", out.resolved);
  out.shown = word_of(members, "shown", forecaster_name, kForecasters);
  const std::vector<Members> horizons = members.list("horizons");
  for (std::size_t i = 0; i < std::min(horizons.size(), out.horizons.size()); ++i)
    read_horizon(horizons[i], out.horizons[i]);
  const Members pit(members.object("pit"));
  for (std::size_t i = 0; i < kForecasters; ++i)
    if (const Members::Json* counts = pit.find(forecaster_name(static_cast<Forecaster>(i)).data());
        counts && counts->is_array())
      for (std::size_t bin = 0; bin < std::min(counts->size(), out.pit[i].size()); ++bin)
        if ((*counts)[bin].is_number_unsigned()) out.pit[i][bin] = (*counts)[bin];
  const Members intervals(members.object("intervals"));
  intervals.read("resolved", out.intervals.resolved);
  intervals.read("covered", out.intervals.covered);
  intervals.read("covered_unwidened", out.intervals.covered_unwidened);
  intervals.read("given_up", out.intervals.given_up);
  intervals.read("median_error", out.intervals.median_error);
  intervals.read("widening", out.intervals.widening);
  return out;
}

}  // namespace gradus
