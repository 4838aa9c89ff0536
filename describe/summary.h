#pragma once

#include <string>

#include "describe/run_view.h"

namespace gradus {

/// What a run came to, for machines: one JSON object with the words of design and API.
/// `seconds` is the time this process spent, from the first thread to the last.
std::string summary_json(const RunView& view, double seconds);

/// The same for people: a few sentences.
std::string summary_sentences(const RunView& view, double seconds);
/// These and the ladder.
std::string summary_text(const RunView& view, double seconds);

}  // namespace gradus
