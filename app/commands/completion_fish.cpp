#include "app/commands/completion.h"

namespace gradus {
namespace {

constexpr std::string_view kFishHead =
    R"fish(# fish completion for gradus, written by "gradus completion fish".

# Whether the command line is one of this command; of none yet without an argument.
function __gradus_command
    set -l words (commandline -opc)
    test "$words[2]" = "$argv[1]"
end

complete -c gradus -f
)fish";

/// Inside single quotes fish knows two escapes.
std::string fish_quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c == '\n' ? ' ' : c;
  }
  return out + "'";
}

std::string fish_words(const DeclaredOption& option) {
  std::string out;
  for (const std::string& word : option.words) out += (out.empty() ? "" : " ") + word;
  if (option.paths == DeclaredOption::Paths::kDirectories)
    out += std::string(out.empty() ? "" : " ") + "(__fish_complete_directories)";
  return out.empty() ? out : " -a " + fish_quoted(out);
}

std::string fish_line(const DeclaredOption& option, const std::string& command) {
  const bool files = option.paths == DeclaredOption::Paths::kFiles;
  const std::string head = "complete -c gradus -n " + fish_quoted("__gradus_command " + command);
  const std::string about = " -d " + fish_quoted(option.about);
  std::string out;
  if (!option.place.empty() && (files || !fish_words(option).empty()))
    out += head + (files ? " -F" : "") + fish_words(option) + about + "\n";
  if (option.names.empty()) return out;
  out += head;
  for (const std::string& name : option.names)
    out += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
  if (option.takes_value()) out += (files ? " -r -F" : " -x") + fish_words(option);
  return out + about + "\n";
}

}  // namespace

std::string fish_completion(const DeclaredProgram& program) {
  std::string out(kFishHead);
  for (const DeclaredOption& option : program.itself.options) out += fish_line(option, "");
  for (const DeclaredCommand& command : program.commands) {
    out += "\ncomplete -c gradus -n '__gradus_command' -a " + command.name + " -d " +
           fish_quoted(command.about) + "\n";
    for (const DeclaredOption& option : command.options) out += fish_line(option, command.name);
  }
  return out;
}

}  // namespace gradus
