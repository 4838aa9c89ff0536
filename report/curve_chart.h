#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "report/report_data.h"

namespace gradus {

/// What a curve is drawn against.
enum class LearningClock : std::uint8_t { kAllExamples, kOwnExamples };

/// The curve of one task as an inline SVG: the score with its interval and with the lowest and the
/// highest of each bucket, exact match, lines for target, floor and chance, marks for changes of
/// the verdict and for annotations (numbered as they are given). Colours come from the classes of
/// the page's style.
std::string curve_chart(const TaskStory& task, LearningClock clock,
                        std::span<const Annotation> annotations);

/// The mark of a verdict on a chart, as on the live page: a shape for each, so that none depends on
/// its colour.
std::string verdict_symbol(Verdict verdict, double x, double y);

}  // namespace gradus
