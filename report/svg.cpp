#include "report/svg.h"

#include <array>
#include <cmath>
#include <cstdio>

#include "base/text.h"

namespace gradus {

std::string markup_escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : printable(text)) {
    switch (c) {
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '&':
        out += "&amp;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string coordinate(double value) {
  const double rounded = std::round(value * 10) / 10;
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.1f", rounded == 0 ? 0.0 : rounded);
  std::string out = text.data();
  if (out.ends_with(".0")) out.resize(out.size() - 2);
  return out;
}

std::string point(double x, double y) { return coordinate(x) + "," + coordinate(y); }

std::string svg_text(double x, double y, std::string_view style, std::string_view text) {
  return "<text x=\"" + coordinate(x) + "\" y=\"" + coordinate(y) + "\" class=\"" +
         std::string(style) + "\">" + markup_escaped(text) + "</text>";
}

std::string svg_line(double x1, double y1, double x2, double y2, std::string_view style) {
  return "<line x1=\"" + coordinate(x1) + "\" y1=\"" + coordinate(y1) + "\" x2=\"" +
         coordinate(x2) + "\" y2=\"" + coordinate(y2) + "\" class=\"" + std::string(style) + "\"/>";
}

}  // namespace gradus
