#pragma once

#include <cstddef>
#include <string>

#include "terminal/display.h"
#include "terminal/score_trails.h"
#include "terminal/screen.h"

namespace gradus {

/// How a run stands, for the normal screen: status, headline and the whole ladder, in lines that a
/// terminal of this width does not break.
std::string results_text(const DisplayFrame& frame, const ScoreTrails& trails, std::size_t width,
                         Palette palette);

/// `text` with its lines broken between words where they are wider; lines that fit stay.
std::string text_within(std::string_view text, std::size_t width);

}  // namespace gradus
