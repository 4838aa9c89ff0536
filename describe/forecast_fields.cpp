#include "describe/forecast_fields.h"

namespace gradus {
namespace {

constexpr std::string_view kNoForecast = "the task has no forecast";

std::string_view name_of(std::size_t forecaster) {
  return forecaster_name(static_cast<Forecaster>(forecaster));
}

void forecaster_fields(FieldVisitor& visit, HorizonCalibration& horizon, std::size_t forecaster) {
  ForecastScore& score = horizon.scores[forecaster];
  visit.value({"brier", "", "", "Mean squared error of the probability; 0.25 is a coin."},
              score.brier);
  visit.value({"log_loss", "nats", "", "Mean log loss of the probability."}, score.log_loss);
  visit.list({"bins", "", "",
              "The forecasts by tenths of probability, to compare with what "
              "happened."},
             std::span<CalibrationBin>(horizon.bins[forecaster]));
}

}  // namespace

void fields(FieldVisitor& visit, Threshold& threshold) {
  visit.word({"kind", "", "",
              "Whether the skill came at once, and whether exact match hid that it "
              "did not."},
             threshold.kind, threshold_name, kThresholdKinds);
  visit.value({"share_of_jump", "share", "",
               "Largest part of the score's rise that lies within eight probes."},
              threshold.share_of_jump);
  visit.value({"share_of_jump_exact", "share", "", "The same part of the rise of exact match."},
              threshold.share_of_jump_exact);
  visit.value({"jump_step", "steps", "", "Where the largest jump of the score lies."},
              threshold.jump_step);
  visit.value({"hidden_progress", "share", "exact match has not risen enough to tell",
               "Part of the score's rise that was done when exact match first moved."},
              threshold.hidden_progress);
  visit.value({"width", "doublings", "the score has not risen enough to tell",
               "Width of the rise, from one tenth of it to nine tenths."},
              threshold.width);
  visit.value({"width_exact", "doublings", "exact match has not risen enough to tell",
               "Width of the rise of exact match."},
              threshold.width_exact);
  visit.value(
      {"resolution", "doublings", "", "Width of four probes: a narrower rise looks like a jump."},
      threshold.resolution);
}

void fields(FieldVisitor& visit, ExamplesToTarget& examples) {
  visit.value({"p10", "examples", "", "Lower end of the 80 % interval."}, examples.p10);
  visit.value({"p50", "examples", "", "Median."}, examples.p50);
  visit.value({"p90", "examples", "", "Upper end of the 80 % interval."}, examples.p90);
}

void belief_fields(FieldVisitor& visit, std::optional<Forecast>& forecast) {
  visit.part({"belief", "probability", kNoForecast,
              "Probability that the task reaches its target within one doubling."},
             forecast, &Forecast::belief);
  visit.part({"belief_ever", "probability", kNoForecast,
              "Probability that it reaches its target within twelve doublings."},
             forecast, &Forecast::belief_ever);
  std::optional<std::size_t> source;
  if (forecast) source = static_cast<std::size_t>(forecast->source);
  const std::array<std::string_view, kForecasters> words{name_of(0), name_of(1), name_of(2)};
  source =
      visit.choice({"forecast_source", "", kNoForecast, "Who made the forecast."}, source, words);
  if (forecast && source) forecast->source = static_cast<Forecaster>(*source);
}

void target_fields(FieldVisitor& visit, std::optional<Forecast>& forecast) {
  std::optional<ExamplesToTarget> examples;
  if (forecast) examples = forecast->examples_to_target;
  visit.object({"examples_to_target", "", "there is no forecast, or it sees no way to the target",
                "How many more examples the task needs to reach its target."},
               examples);
  if (forecast) forecast->examples_to_target = examples;
}

void fields(FieldVisitor& visit, CalibrationBin& bin) {
  visit.value({"count", "forecasts", "", "Forecasts of about this probability."}, bin.count);
  visit.value({"forecast", "probability", "", "Their mean probability."}, bin.forecast);
  visit.value({"happened", "share", "", "Share of them that came true."}, bin.happened);
}

void fields(FieldVisitor& visit, HorizonCalibration& horizon) {
  visit.value({"doublings", "doublings", "", "How far ahead these forecasts look."},
              horizon.doublings);
  visit.value({"resolved", "forecasts", "", "Forecasts whose outcome is known."}, horizon.resolved);
  for (std::size_t i = 0; i < kForecasters; ++i)
    visit.object({name_of(i), "", "", "How this forecaster did."}, true,
                 [&] { forecaster_fields(visit, horizon, i); });
}

void fields(FieldVisitor& visit, IntervalCalibration& intervals) {
  visit.value({"resolved", "intervals", "", "Intervals whose task reached its target."},
              intervals.resolved);
  visit.value({"covered", "intervals", "",
               "Those that held the true number of examples, as "
               "shown."},
              intervals.covered);
  visit.value(
      {"covered_unwidened", "intervals", "", "Those that held it before they were widened."},
      intervals.covered_unwidened);
  visit.value({"given_up", "intervals", "",
               "Intervals still unresolved after sixteen doublings, counted nowhere else."},
              intervals.given_up);
  visit.value({"median_error", "doublings", "", "Median error of the median forecast."},
              intervals.median_error);
  visit.value({"widening", "factor", "", "What new intervals are widened by."}, intervals.widening);
}

void fields(FieldVisitor& visit, ForecastCalibration& calibration) {
  visit.value({"made", "forecasts", "", "Forecasts that are kept to be scored."}, calibration.made);
  visit.value({"resolved", "forecasts", "", "Those of one doubling whose outcome is known."},
              calibration.resolved);
  visit.derived({"calibrated", "", "",
                 "Whether enough forecasts are resolved and they were better than a coin."},
                [&] { return calibration.calibrated(); });
  visit.word({"shown", "", "", "The forecaster with the best scores, whose forecasts are shown."},
             calibration.shown, forecaster_name, kForecasters);
  visit.list({"horizons", "", "", "The scores at one, two and four doublings."},
             std::span<HorizonCalibration>(calibration.horizons));
  visit.object({"pit", "", "",
                "Where scores fell in their predicted distributions, by tenths: even counts mean "
                "honest forecasts."},
               true, [&] {
                 for (std::size_t i = 0; i < kForecasters; ++i)
                   visit.value({name_of(i), "scores", "", "Counts of this forecaster."},
                               std::span<std::uint64_t>(calibration.pit[i]));
               });
  visit.object({"intervals", "", "", "How the 80 % intervals of `examples_to_target` came out."},
               calibration.intervals);
}

}  // namespace gradus
