#pragma once

#include <string>
#include <string_view>

namespace gradus {

/// `text` for HTML and SVG, in text and in attributes.
std::string markup_escaped(std::string_view text);

/// A coordinate to a tenth, without a useless ".0".
std::string coordinate(double value);

/// A point of a path or polygon: "12.5,40".
std::string point(double x, double y);

/// A <text> element; `style` is its class.
std::string svg_text(double x, double y, std::string_view style, std::string_view text);

/// A <line> element.
std::string svg_line(double x1, double y1, double x2, double y2, std::string_view style);

}  // namespace gradus
