#include "learner/learners/transformer_predictor.h"

#include <algorithm>
#include <cmath>

#include "learner/learners/flush_denormals.h"
#include "learner/learners/transformer_network.h"

namespace gradus {
namespace {

constexpr std::size_t kItemsAtOnce = 32;

void score_one(const PackedText& text, const TransformerWorkspace<float>& work, std::size_t item,
               ItemScores& out) {
  double nats = 0;
  bool exact = true;
  bool ended = false;
  for (std::size_t a = text.answer_begin[item]; a < text.answer_begin[item + 1]; ++a) {
    const float lost = work.nats[static_cast<Eigen::Index>(a)];
    const bool right = work.best[a] == text.target[a] && !std::isnan(lost);
    nats += lost;
    exact = exact && right;
    ended = ended || work.best[a] == kEndToken;
    if (!ended) out.given += token_text(work.best[a]);
    out.position_q.push_back(std::isnan(lost) ? 0.0F : std::exp(-lost));
    out.position_log_loss.push_back(lost);
    out.position_exact.push_back(right ? 1 : 0);
  }
  const double mean = nats / (text.answer_begin[item + 1] - text.answer_begin[item]);
  out.q.push_back(std::isnan(mean) ? 0.0F : static_cast<float>(std::exp(-mean)));
  out.log_loss.push_back(static_cast<float>(mean));
  out.exact.push_back(exact ? 1 : 0);
  out.position_begin.push_back(static_cast<std::uint32_t>(out.position_q.size()));
  out.given_begin.push_back(static_cast<std::uint32_t>(out.given.size()));
}

}  // namespace

void TransformerPredictor::score(const ExampleBatch& items, ItemScores& out) const {
  const FlushDenormals flush;
  out.clear();
  out.position_begin.assign(1, 0);
  out.given_begin.assign(1, 0);
  PackedText text;
  TransformerWorkspace<float> work(weights_.shape, 0, 0);
  for (std::size_t first = 0; first < items.size(); first += kItemsAtOnce) {
    text.pack(items, first, std::min(first + kItemsAtOnce, items.size()));
    TransformerNetwork<float>::forward(weights_, text, work);
    for (std::size_t item = 0; item < text.sequences(); ++item) score_one(text, work, item, out);
  }
}

}  // namespace gradus
