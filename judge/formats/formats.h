#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "judge/curve_collector.h"

namespace gradus {

/// The forms of curve_formats().
bool is_csv(std::string_view bytes);
bool is_jsonl(std::string_view bytes);
bool is_tensorboard(std::string_view bytes);
bool is_wandb(std::string_view bytes);
Result<void> read_csv(std::string_view bytes, const std::string& file, CurveCollector& rows);
Result<void> read_jsonl(std::string_view bytes, const std::string& file, CurveCollector& rows);
Result<void> read_tensorboard(std::string_view bytes, const std::string& file,
                              CurveCollector& rows);
Result<void> read_wandb(std::string_view bytes, const std::string& file, CurveCollector& rows);

/// Without the mark that some programs put before UTF-8.
std::string_view without_mark(std::string_view text);

/// The number that a cell holds, with blanks around it; nothing where it holds anything else. "nan"
/// and "inf" are numbers.
std::optional<double> number_in(std::string_view cell);

}  // namespace gradus
