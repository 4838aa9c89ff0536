#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gradus {

/// How the values of a curve become scores in [0, 1] of which higher is better.
enum class ValueKind : std::uint8_t {
  kScore,      ///< as they are
  kPercent,    ///< divided by 100
  kErrorRate,  ///< 1 - value
  kLogLoss,    ///< e^-value: the probability given to the right answer, its geometric mean
};

/// Which curves of a file are judged and as what: globs (* and ?) over the names of tasks.
struct CurveChoice {
  std::vector<std::string> metric{};  ///< none: all
  std::vector<std::string> percent{}, error_rate{}, log_loss{};

  /// Whether a curve of that name is asked for by name.
  bool names(std::string_view task) const;
  /// Whether `metric`, where given, leaves it out.
  bool leaves_out(std::string_view task) const;
  ValueKind kind_of(std::string_view task) const;
};

double score_of(ValueKind kind, double value);

/// Whether the name says that a training log's series is no score: a loss, a learning rate, a
/// norm, a time. Told by its words: "train/grad_norm", "lr", "loss_step".
bool is_no_score_by_name(std::string_view tag);

}  // namespace gradus
