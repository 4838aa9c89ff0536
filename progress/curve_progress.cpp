#include "progress/curve_progress.h"

#include <algorithm>
#include <cmath>

namespace gradus {
namespace {

constexpr double kLately = 1;  // doublings; as long as the past counts for half in the curve filter

}  // namespace

CurveProgress::CurveProgress(const MonitorOptions& options, double exact_floor, std::uint32_t items)
    : monitor_(options, items),
      threshold_(ThresholdTest::Floors{options.floor, exact_floor}),
      target_(options.target) {
  if (options.foretells) forecaster_.emplace(options.floor, options.target);
}

TaskMonitor::Outcome CurveProgress::add(const MeanScore& next, ForecastBook& book,
                                        const Beside& beside) {
  const TaskMonitor::Outcome outcome = monitor_.add(next);
  threshold_.add(
      {.step = next.step, .score = next.score, .exact = next.exact, .items = next.items});
  if (!forecaster_) return outcome;
  forecaster_->add(doublings(next.step), next.score);
  forecaster_->add_facets(next.items, beside.facets);
  pending_.resolve(*forecaster_, book);
  if (forecaster_->at_target()) at_target_ = forecaster_->u();
  just_lost_ = is_just_lost(next);
  if (just_lost_ || monitor_.verdict() == Verdict::kDormant) return outcome;
  if (beside.midpoint && !forecaster_->at_target()) forecaster_->expect_midpoint(beside.midpoint());
  pending_.keep(*forecaster_, book);
  forecast_ = make_forecast(*forecaster_, next.step, book);
  return outcome;
}

bool CurveProgress::is_just_lost(const MeanScore& newest) const {
  if (monitor_.verdict() == Verdict::kRegressing) return true;
  const bool lately = at_target_ && forecaster_->u() - *at_target_ < kLately;
  return lately && newest.peek_safe_upper < target_;
}

Forecast CurveProgress::make_forecast(CurveForecaster& forecaster, Step step,
                                      const ForecastBook& book) {
  const Forecaster source = book.shown();
  if (forecaster.at_target()) return {1, 1, ExamplesToTarget{}, source};
  const Outlook outlook = forecaster.outlook(source);
  Forecast forecast{outlook.reaches[0], outlook.ever, std::nullopt, source};
  if (!outlook.crossing) return forecast;
  const auto examples = [&](double ahead) {
    return (std::exp2(ahead) - 1) * static_cast<double>(std::max<Step>(1, step));
  };
  // What resolved intervals teach is about the curve filter's.
  const CrossingInterval interval = source == Forecaster::kCurveFilter
                                        ? book.widening().widened(*outlook.crossing)
                                        : *outlook.crossing;
  forecast.examples_to_target =
      ExamplesToTarget{examples(interval.p10), examples(interval.p50), examples(interval.p90)};
  return forecast;
}

std::optional<Midpoint> CurveProgress::midpoint() {
  return forecaster_ ? std::optional(forecaster_->midpoint()) : std::nullopt;
}

void CurveProgress::rearm() {
  monitor_.rearm();
  if (forecaster_) forecaster_->rearm();
}

}  // namespace gradus
