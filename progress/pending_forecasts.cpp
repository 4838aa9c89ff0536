#include "progress/pending_forecasts.h"

namespace gradus {
namespace {

constexpr double kEvery = 0.25;     // doublings
constexpr double kOneDoubling = 1;  // that scores are predicted ahead
constexpr std::size_t kHorizons = Outlook::kHorizons.size();

}  // namespace

bool PendingForecasts::due(const CurveForecaster& curve) const {
  return !curve.at_target() && !curve.undecided() &&
         (!last_made_ || curve.u() >= *last_made_ + kEvery);
}

void PendingForecasts::keep(CurveForecaster& curve, ForecastBook& book) {
  if (!due(curve)) return;
  if (waiting_.size() == kMost) give_up_oldest(book);
  Waiting& kept = waiting_.emplace_back();
  kept.made_at = curve.u();
  const auto outlooks = curve.outlooks();
  for (std::size_t h = 0; h < kHorizons; ++h)
    for (std::size_t i = 0; i < kForecasters; ++i)
      kept.reaches[h][i] = static_cast<float>(outlooks[i].reaches[h]);
  kept.scores = curve.scores_ahead();
  kept.given = outlooks[0].crossing;
  if (kept.given) kept.shown = book.widening().widened(*kept.given);
  last_made_ = curve.u();
  book.count_made();
}

void PendingForecasts::give_up_oldest(ForecastBook& book) {
  // Its horizons have all passed: sixteen doublings lie between it and the one to come.
  if (waiting_.front().given) book.count_given_up();
  waiting_.erase(waiting_.begin());
}

void PendingForecasts::resolve(const CurveForecaster& curve, ForecastBook& book) {
  // One or two probes at the target do not settle yet whether it is reached.
  if (curve.undecided()) return;
  if (curve.at_target()) reach(curve.at_target_since(), book);
  for (Waiting& waiting : waiting_) score_passed(waiting, curve, book);
  std::erase_if(waiting_, [](const Waiting& waiting) {
    return waiting.scored_horizons == kHorizons && waiting.reached_at;
  });
}

void PendingForecasts::reach(double u, ForecastBook& book) {
  double crossed = 0, missed = 0;
  for (Waiting& waiting : waiting_) {
    if (waiting.reached_at) continue;
    waiting.reached_at = u;
    if (!waiting.given) continue;
    const double after = u - waiting.made_at;
    book.score_interval(*waiting.given, *waiting.shown, after);
    crossed += 1;
    missed += after < waiting.shown->p10 || after > waiting.shown->p90 ? 1 : 0;
  }
  if (crossed > 0) book.widening().learn(missed / crossed);
}

void PendingForecasts::score_passed(Waiting& waiting, const CurveForecaster& curve,
                                    ForecastBook& book) {
  if (!waiting.scored_score && curve.u() >= waiting.made_at + kOneDoubling) {
    book.score_score(waiting.scores, curve.score());
    waiting.scored_score = true;
  }
  for (std::size_t h = waiting.scored_horizons;
       h < kHorizons && curve.u() >= waiting.made_at + Outlook::kHorizons[h]; ++h) {
    const bool reached =
        waiting.reached_at && *waiting.reached_at <= waiting.made_at + Outlook::kHorizons[h];
    book.score_reach(h, waiting.reaches[h], reached);
    waiting.scored_horizons = static_cast<std::uint8_t>(h + 1);
  }
}

}  // namespace gradus
