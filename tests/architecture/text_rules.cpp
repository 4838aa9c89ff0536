#include <algorithm>
#include <array>
#include <map>
#include <regex>
#include <string_view>
#include <vector>

#include "tests/architecture/rules.h"

namespace gradus::test {
namespace {

std::string place(const SourceFile& file, std::size_t index) {
  return file.path + ":" + std::to_string(index + 1) + ": ";
}

std::size_t most_lines(const SourceFile& file) {
  constexpr std::size_t kTest = 500;
  constexpr std::size_t kHeader = 200;
  constexpr std::size_t kSource = 350;
  if (is_test(file)) return kTest;
  return is_header(file) ? kHeader : kSource;
}

/// Characters, not bytes: continuation bytes of UTF-8 take no column.
std::size_t columns(const std::string& line) {
  return static_cast<std::size_t>(std::count_if(line.begin(), line.end(), [](char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
  }));
}

/// A line of nothing but a comment.
bool is_comment(const std::string& line) {
  const std::size_t begin = line.find_first_not_of(' ');
  return begin != std::string::npos && line.compare(begin, 2, "//") == 0;
}

bool is_indented_by(std::string_view line, std::size_t indent) {
  return line.find_first_not_of(' ') == indent;
}

/// Finds functions by their layout, which clang-format guarantees: a signature at `indent`, a body
/// further in, and a lone closing brace at `indent` again.
void check_functions(const SourceFile& file, std::size_t indent, Violations& found) {
  constexpr std::size_t kMost = 60;
  const std::string closing = std::string(indent, ' ') + "}";
  std::size_t start = 0;
  for (std::size_t i = 0; i < file.code.size(); ++i) {
    const std::string& line = file.code[i];
    if (!is_indented_by(line, indent) || line[indent] == '#') continue;
    if (line == closing && i + 1 - start > kMost) {
      found.push_back(place(file, start) + "a function of " + std::to_string(i + 1 - start) +
                      " lines; the stop is " + std::to_string(kMost));
    }
    if (line[indent] != '}') start = i;
  }
}

enum class At { kAnywhere, kLineStart };

struct Forbidden {
  At at;
  std::string_view needle;  ///< part of every hit; spares most lines the regular expression
  std::regex pattern;
  std::string_view why;
};
using Rules = std::vector<Forbidden>;

/// Forbidden in the code of every file.
const Rules& everywhere() {
  static const Rules rules = {
      {At::kAnywhere, "catch", std::regex(R"(catch \(\.\.\.\))"),
       "catch (...) hides what it catches"},
      {At::kAnywhere, "std::", std::regex(R"(\bstd::(format|expected|views|source_location)\b)"),
       "g++ 12 or clang 14 lacks it"},
  };
  return rules;
}

/// Forbidden in the code of the rooms.
const Rules& in_rooms() {
  constexpr const char* kDrawerName =
      R"((class|struct) \w*(Manager|Helper|Util|Utils|Common|Context|Engine)\b)";
  constexpr const char* kMutableStatic =
      R"(\s*(inline )?(static|thread_local)( thread_local)?( inline)? )"
      R"((?!const |constexpr |const\b|constinit const)[^()=;{]*\w(\[\w*\])?\s*(=|;|\{))";
  // What stands in the first column is at namespace scope.
  constexpr const char* kMutableGlobal =
      R"((?!const|constexpr|inline constexpr|static|using|namespace|class|struct|enum|)"
      R"(union|template|__extension__|return|extern|friend|typedef|public|private|protected|case|)"
      R"(default|requires|concept)[A-Za-z_][\w:<>,*& ]*[ *&>]\w+(\[\w*\])?( = .*|\{.*\})?;)";
  static const Rules rules = {
      {At::kAnywhere, "throw", std::regex(R"(\bthrow\b)"), "Gradus does not throw"},
      {At::kLineStart, "", std::regex(kDrawerName), "a name that says nothing"},
      {At::kLineStart, "static", std::regex(kMutableStatic), "mutable static"},
      {At::kLineStart, "thread_local", std::regex(kMutableStatic), "mutable static"},
      {At::kLineStart, ";", std::regex(kMutableGlobal), "mutable global"},
  };
  return rules;
}

/// Forbidden in the code of the rooms but for serve, where Asio's operations keep their connection.
const Rules& outside_serve() {
  static const Rules rules = {
      {At::kAnywhere, "shared_ptr<", std::regex(R"(\bstd::shared_ptr<(?!const )[A-Z]\w*)"),
       "shared_ptr to mutable data"},
  };
  return rules;
}

const Rules& in_headers() {
  static const Rules rules = {
      {At::kLineStart, "using", std::regex(R"(\s*using namespace\b)"),
       "using namespace in a header"},
  };
  return rules;
}

bool breaks(const std::string& line, const Forbidden& forbidden) {
  if (line.empty() || line.find(forbidden.needle) == std::string::npos) return false;
  const auto flags = forbidden.at == At::kLineStart ? std::regex_constants::match_continuous
                                                    : std::regex_constants::match_default;
  return std::regex_search(line, forbidden.pattern, flags);
}

void check_patterns(const SourceFile& file, const Rules& rules, Violations& found) {
  for (const Forbidden& forbidden : rules) {
    for (std::size_t i = 0; i < file.code.size(); ++i) {
      if (breaks(file.code[i], forbidden)) {
        found.push_back(place(file, i) + std::string(forbidden.why));
      }
    }
  }
}

/// Words that promise work for later, comments included. The rules' own files must name them.
void check_notes(const SourceFile& file, Violations& found) {
  if (room_of(file.path) == "tests" && file.path.starts_with("tests/architecture/")) return;
  constexpr std::array<std::string_view, 4> kNotes = {"TODO", "FIXME", " XXX ", "HACK"};
  for (std::size_t i = 0; i < file.lines.size(); ++i) {
    const bool noted = std::any_of(kNotes.begin(), kNotes.end(), [&](std::string_view note) {
      return file.lines[i].find(note) != std::string::npos;
    });
    if (noted) found.push_back(place(file, i) + "a note for later");
  }
}

void check_pragma_once(const SourceFile& file, Violations& found) {
  const bool guarded =
      std::find(file.lines.begin(), file.lines.end(), "#pragma once") != file.lines.end();
  if (!guarded) found.push_back(place(file, 0) + "a header without #pragma once");
}

}  // namespace

Violations check_lengths(const SourceTree& tree) {
  constexpr std::size_t kMostColumns = 100;
  Violations found;
  for (const SourceFile& file : tree) {
    if (!is_header(file) && !is_source(file)) continue;
    if (file.lines.size() > most_lines(file)) {
      found.push_back(file.path + ": " + std::to_string(file.lines.size()) +
                      " lines; the stop is " + std::to_string(most_lines(file)));
    }
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
      // A literal, such as an address, cannot always be broken.
      const bool literal = file.lines[i] != file.code[i] && !is_comment(file.lines[i]);
      if (columns(file.lines[i]) > kMostColumns && !literal) {
        found.push_back(place(file, i) + "more than 100 columns");
      }
    }
    check_functions(file, 0, found);
    check_functions(file, 2, found);
  }
  return found;
}

Violations check_room_sizes(const SourceTree& tree) {
  constexpr std::size_t kMostPercent = 15;
  std::map<std::string_view, std::size_t> lines;
  std::size_t all = 0;
  for (const SourceFile& file : tree) {
    if (is_test(file) || (!is_header(file) && !is_source(file))) continue;
    all += file.lines.size();
    const bool kind = std::count(file.path.begin(), file.path.end(), '/') > 1;
    if (!kind) lines[room_of(file.path)] += file.lines.size();
  }
  Violations found;
  for (const auto& [room, count] : lines) {
    if (count * 100 <= all * kMostPercent) continue;
    found.push_back(std::string(room) + ": " + std::to_string(count * 100 / all) +
                    " % of the code; the stop is " + std::to_string(kMostPercent) + " %");
  }
  return found;
}

Violations check_forbidden(const SourceTree& tree) {
  Violations found;
  for (const SourceFile& file : tree) {
    if (!is_header(file) && !is_source(file)) continue;
    check_notes(file, found);
    check_patterns(file, everywhere(), found);
    if (!is_test(file)) check_patterns(file, in_rooms(), found);
    if (!is_test(file) && room_of(file.path) != "serve")
      check_patterns(file, outside_serve(), found);
    if (is_header(file)) {
      check_patterns(file, in_headers(), found);
      check_pragma_once(file, found);
    }
  }
  return found;
}

}  // namespace gradus::test
