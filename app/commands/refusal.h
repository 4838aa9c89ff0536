#pragma once

#include <string>

namespace CLI {
class App;
class ParseError;
}  // namespace CLI

namespace gradus {

/// What a command line is refused for, in one line: the option as it was typed, what would be
/// right, and whose help to read.
std::string refusal_words(const CLI::App& app, const CLI::ParseError& error);

}  // namespace gradus
