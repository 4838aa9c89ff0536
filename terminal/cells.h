#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace gradus {

/// Text counted in the cells of a terminal: a letter takes one, a Chinese character two, a
/// combining mark none.
/// Cost: O(bytes) each; nothing is kept.

/// `text` with nothing in it that a terminal obeys, reorders or draws in an unknown width: such
/// characters, and bytes that are no UTF-8, become '?'. A character keeps two combining marks at
/// most. The functions below expect such text.
std::string safe_text(std::string_view text);

/// The cells that `text` takes.
std::size_t cell_count(std::string_view text);

/// `text` in `width` cells at most; where something is cut away it ends with "…".
std::string cut_text(std::string_view text, std::size_t width);

/// `text` in lines of `width` cells at most, broken between words where that is possible; no lines
/// for an empty text. `width` > 0.
std::vector<std::string> wrap_text(std::string_view text, std::size_t width);

}  // namespace gradus
