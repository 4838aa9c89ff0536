#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "ladders/ladder.h"
#include "progress/report.h"

namespace gradus {

/// "1,600,000".
std::string with_thousands(std::uint64_t value);
/// "43 s", "2 min 5 s", "3 h 10 min".
std::string short_duration(double seconds);
/// "0.62"; the whole score scale fits two digits.
std::string two_digits(double score);
/// "carry two" for the facet carry_two.
std::string spoken(std::string_view name);
/// "62 %".
std::string percent(double share);
/// "Mastered", for the beginning of a sentence.
std::string verdict_title(Verdict verdict);
/// What the verdict means, in plain words.
std::string verdict_meaning(Verdict verdict);

/// Where learning stands, in one sentence: "Middle school: all 3 mastered; High school:
/// learning, "Add three digits" at 0.62 [0.58, 0.66], its units still at 0.10." With the titles of
/// `ladder`; the names where it is null or has none.
std::string headline(const ProgressReport& report, const Ladder* ladder);

}  // namespace gradus
