#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/step.h"

namespace gradus {

/// One score as a file says it, not checked yet. Views are valid until the next row is read.
struct CurveRow {
  std::string_view task, tier;
  double step = 0;
  double score = 0;
  std::optional<double> exact{}, items{}, target{}, chance{}, floor{};  ///< of the task, but exact
  Timestamp time{};
};

/// One checked score of a curve.
struct CurveScoreRow {
  Step step = 0;
  double score = 0;
  std::optional<double> exact;
  Timestamp time{};
};

/// The curve of one task, its steps ascending and its scores in [0, 1].
struct FileCurve {
  std::string task{}, tier{};  ///< tier: empty where the file names none
  std::optional<double> items{}, target{}, chance{}, floor{};
  std::vector<CurveScoreRow> scores{};
};

/// What a file of learning curves holds, and what of it could not be used.
struct CurveFile {
  std::string name{};                   ///< as the user gave it
  std::string_view format{};            ///< name in curve_formats()
  std::vector<FileCurve> curves{};      ///< in the order of their first rows, none empty
  std::uint64_t rows = 0;               ///< seen, good or bad
  std::uint64_t bad_rows = 0;           ///< left out
  std::vector<std::string> problems{};  ///< the first bad rows by place, then what there was in all
  std::vector<std::string> notes{};     ///< what else was left out, and why
};

}  // namespace gradus
