#include "judge/curve_choice.h"

#include <fnmatch.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>

namespace gradus {
namespace {

bool matches(const std::vector<std::string>& globs, std::string_view task) {
  const std::string name(task);
  return std::any_of(globs.begin(), globs.end(), [&](const std::string& glob) {
    return ::fnmatch(glob.c_str(), name.c_str(), 0) == 0;
  });
}

}  // namespace

bool CurveChoice::names(std::string_view task) const {
  return matches(metric, task) || kind_of(task) != ValueKind::kScore;
}

bool CurveChoice::leaves_out(std::string_view task) const {
  return !metric.empty() && !matches(metric, task);
}

ValueKind CurveChoice::kind_of(std::string_view task) const {
  if (matches(percent, task)) return ValueKind::kPercent;
  if (matches(error_rate, task)) return ValueKind::kErrorRate;
  return matches(log_loss, task) ? ValueKind::kLogLoss : ValueKind::kScore;
}

double score_of(ValueKind kind, double value) {
  switch (kind) {
    case ValueKind::kScore:
      return value;
    case ValueKind::kPercent:
      return value / 100;
    case ValueKind::kErrorRate:
      return 1 - value;
    case ValueKind::kLogLoss:
      break;
  }
  return std::exp(-value);
}

bool is_no_score_by_name(std::string_view tag) {
  constexpr std::array<std::string_view, 19> kWords = {
      "beta", "epoch", "error", "grad",       "kl",  "learning", "loss",    "lr",   "mae", "memory",
      "mse",  "nll",   "norm",  "perplexity", "ppl", "rmse",     "seconds", "time", "wer"};
  std::string word;
  const auto known = [&] { return std::find(kWords.begin(), kWords.end(), word) != kWords.end(); };
  for (const char c : tag) {
    if (std::isalpha(static_cast<unsigned char>(c)) != 0) {
      word += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
      continue;
    }
    if (known()) return true;
    word.clear();
  }
  return known();
}

}  // namespace gradus
