#include <CLI/StringTools.hpp>

#include "app/commands/completion.h"

namespace gradus {
namespace {

/// Text of roff: a dash is a dash, and no line is taken for a request.
std::string roff(std::string_view text) {
  std::string out;
  bool line_begins = true;
  for (const char c : text) {
    if (line_begins && (c == '.' || c == '\'')) out += "\\&";
    if (c == '\\')
      out += "\\e";
    else if (c == '-')
      out += "\\-";
    else
      out += c;
    line_begins = c == '\n';
  }
  return out;
}

std::string bold(std::string_view text) { return "\\fB" + roff(text) + "\\fR"; }
std::string italic(std::string_view text) { return "\\fI" + roff(text) + "\\fR"; }

std::string option_paragraph(const DeclaredOption& option) {
  std::string head;
  if (!option.place.empty()) head = italic(option.place);
  for (const std::string& name : option.names) head += (head.empty() ? "" : ", ") + bold(name);
  if (option.place.empty() && option.takes_value()) head += " " + italic(option.value);
  std::string about = option.about + ".";
  // What may be named beside files, and words that only begin a value, would be half of the truth.
  if (!option.words.empty() && option.paths == DeclaredOption::Paths::kNone &&
      !is_beginning(option.words.front()))
    about += " One of: " + CLI::detail::join(option.words, ", ") + ".";
  if (!option.fallback.empty()) about += " Default: " + option.fallback + ".";
  return ".TP\n" + head + "\n" + roff(about) + "\n";
}

/// Lines as they are, e.g. examples of commands.
std::string verbatim(const std::string& text) {
  return text.empty() ? "" : ".PP\n.nf\n" + roff(text) + "\n.fi\n";
}

std::string command_section(const DeclaredCommand& command) {
  std::string usage = "gradus " + command.name, options;
  for (const DeclaredOption& option : command.options) {
    if (!option.place.empty())
      usage += option.required ? " " + option.place : " [" + option.place + "]";
    if (option.names != std::vector<std::string>{"-h", "--help"})
      options += option_paragraph(option);
  }
  return ".SS " + roff(usage) + "\n" + roff(command.about) + ".\n" + options +
         verbatim(command.footer);
}

}  // namespace

std::string man_page(const DeclaredProgram& program, std::string_view version) {
  std::string out = ".TH GRADUS 1 \"\" \"gradus " + roff(version) +
                    "\" \"User Commands\"\n.SH NAME\ngradus \\- " +
                    roff("show a model learning while it learns") + "\n.SH SYNOPSIS\n" +
                    bold("gradus") + " " + italic("COMMAND") + " [" + italic("OPTION") +
                    " ...]\n.SH DESCRIPTION\n" + roff(program.itself.about) + "\n.SH OPTIONS\n";
  for (const DeclaredOption& option : program.itself.options) out += option_paragraph(option);
  out += ".SH COMMANDS\n";
  for (const DeclaredCommand& command : program.commands) out += command_section(command);
  return out +
         ".SH EXIT STATUS\n"
         ".TP\n0\nDone.\n"
         ".TP\n1\nFailed while running.\n"
         ".TP\n2\nBad usage or configuration.\n"
         ".TP\n3\nThe stream no longer holds the position that the checkpoint needs.\n";
}

}  // namespace gradus
