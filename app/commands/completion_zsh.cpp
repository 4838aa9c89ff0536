#include "app/commands/completion.h"

namespace gradus {
namespace {

constexpr std::string_view kZshHead =
    R"zsh(#compdef gradus
# zsh completion for gradus, written by "gradus completion zsh".

# Words that are only the beginning of a value: no space follows them.
_gradus_beginnings() { compadd -S '' -- "$@" }

_gradus_words_or_files() {
  compadd -- "$@"
  _files
}

_gradus() {
  local curcontext=$curcontext state line
  local -a commands
)zsh";

/// A part of a specification of _arguments: its separators lose their meaning.
std::string zsh_part(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == ':' || c == '[' || c == ']' || c == '\\') out += '\\';
    out += c == '\n' ? ' ' : c;
  }
  return out;
}

/// What completes the value. With a space in front, _arguments adds no arguments of its own.
std::string zsh_action(const DeclaredOption& option) {
  using Paths = DeclaredOption::Paths;
  std::string words;
  for (const std::string& word : option.words) words += " " + zsh_part(word);
  if (option.paths == Paths::kDirectories) return "_files -/";
  if (option.paths == Paths::kFiles)
    return words.empty() ? "_files" : " _gradus_words_or_files" + words;
  if (words.empty()) return {};
  return is_beginning(option.words.front()) ? " _gradus_beginnings" + words
                                            : "(" + words.substr(1) + ")";
}

/// One argument of _arguments for each name of the option and for its place.
std::string zsh_specifications(const DeclaredOption& option) {
  const std::string value =
      option.takes_value() ? ":" + zsh_part(option.value) + ":" + zsh_action(option) : "";
  std::string out;
  if (!option.place.empty()) out += " \\\n        " + shell_quoted("::" + value.substr(1));
  for (const std::string& name : option.names)
    out +=
        " \\\n        " + shell_quoted("*" + name + (value.empty() || name.size() == 2 ? "" : "=") +
                                       "[" + zsh_part(option.about) + "]" + value);
  return out;
}

}  // namespace

std::string zsh_completion(const DeclaredProgram& program) {
  std::string commands, cases, own;
  for (const DeclaredOption& option : program.itself.options) own += zsh_specifications(option);
  for (const DeclaredCommand& command : program.commands) {
    commands += "    " + shell_quoted(command.name + ":" + zsh_part(command.about)) + "\n";
    cases += "    " + command.name + ")\n      _arguments -s";
    for (const DeclaredOption& option : command.options) cases += zsh_specifications(option);
    cases += "\n      ;;\n";
  }
  return std::string(kZshHead) + "  commands=(\n" + commands + "  )\n  _arguments -C" + own +
         " \\\n        '1:command:->command' '*::argument:->argument'\n"
         "  if [[ $state == command ]]; then\n"
         "    _describe -t commands 'command' commands\n"
         "    return\n  fi\n"
         "  [[ $state == argument ]] || return\n"
         "  case $words[1] in\n" +
         cases +
         "  esac\n}\n\nif [[ $funcstack[1] == _gradus ]]; then _gradus \"$@\"; else compdef "
         "_gradus gradus; fi\n";
}

}  // namespace gradus
