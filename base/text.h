#pragma once

#include <span>
#include <string>
#include <string_view>

namespace gradus {

/// The candidate nearest to `name` by edit distance (insert, delete, replace, swap neighbours), for
/// "did you mean"; the first of equals, and empty where none is within a third of the name's length
/// (one edit for short names).
std::string_view nearest_name(std::string_view name, std::span<const std::string_view> candidates);

/// `text` as the inside of a JSON string, on one line: quotes, backslashes and what `printable`
/// replaces escaped, each byte that is no valid UTF-8 replaced by U+FFFD.
std::string json_escaped(std::string_view text);

/// `text` as a terminal, a log or a page may show it, whoever wrote it: a '?' for each control
/// character (C0, DEL, C1) and for each character that turns the direction or the line of what
/// follows, U+FFFD for each byte that is no valid UTF-8.
std::string printable(std::string_view text);
/// The same, but line feeds stay: for texts of several lines that Gradus itself has laid out.
std::string printable_lines(std::string_view text);
/// Whether `printable` leaves the text as it is.
bool is_printable(std::string_view text);

/// JSON that is already written, with what `printable` replaces escaped: the same values, safe on a
/// terminal.
std::string printable_json(std::string_view json);

}  // namespace gradus
