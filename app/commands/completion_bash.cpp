#include "app/commands/completion.h"

namespace gradus {
namespace {

// Bash hands over --pace=log, stall@200000 and localhost:9630 as three words each: what follows a
// separator belongs to the word before it, or is the value of the option before it.
constexpr std::string_view kBashHead =
    R"sh(# bash completion for gradus, written by "gradus completion bash".

_gradus() {
  local current=${COMP_WORDS[COMP_CWORD]} command='' option='' glued='' argument=0 i word
  local words='' files=''
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    if [[ $word == [=:@]* ]]; then
      [[ -n $option ]] || glued=1
    elif [[ -n $glued || -n $option ]]; then
      glued='' option=''
    elif [[ $word == -* ]]; then
      _gradus_offers "$command $word" && option=$word
    elif [[ -z $command ]]; then
      command=$word
    else
      ((argument++))
    fi
  done
  COMPREPLY=()
  [[ -z $glued ]] || return
  if [[ $current == [=:@]* ]]; then
    [[ -n $option ]] || return
    current=''
  fi
  words='' files=''
  if [[ -n $option ]]; then
    _gradus_offers "$command $option"
  elif [[ $current == -* ]]; then
    _gradus_options
  else
    _gradus_offers "$command $argument"
    [[ -n $words || -n $files || -n $current ]] || _gradus_options
  fi
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
  case $files in
    files) mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -f -- "$current") ;;
    directories) mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -d -- "$current") ;;
  esac
  [[ -z $files ]] || compopt -o filenames 2>/dev/null
  [[ ${COMPREPLY[0]} != *[=@] ]] || compopt -o nospace 2>/dev/null
}
)sh";

std::string joined_words(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

std::string option_case(const DeclaredCommand& command, const std::string& name) {
  std::vector<std::string> names;
  for (const DeclaredOption& option : command.options)
    names.insert(names.end(), option.names.begin(), option.names.end());
  return "    " + shell_quoted(name) + ") words=" + shell_quoted(joined_words(names)) + " ;;\n";
}

/// The patterns under which an option or an argument is known: 'demo --learner' | 'demo 0'.
std::string patterns_of(const DeclaredOption& option, const std::string& command, int argument) {
  std::string out;
  const auto add = [&](const std::string& name) {
    out += (out.empty() ? "" : " | ") + shell_quoted(command + " " + name);
  };
  for (const std::string& name : option.names) add(name);
  if (!option.place.empty()) add(std::to_string(argument));
  return out;
}

std::string offers_case(const DeclaredOption& option, const std::string& patterns) {
  std::string what;
  if (!option.words.empty()) what += " words=" + shell_quoted(joined_words(option.words));
  if (option.paths == DeclaredOption::Paths::kFiles) what += " files=files";
  if (option.paths == DeclaredOption::Paths::kDirectories) what += " files=directories";
  return "    " + patterns + ")" + what + " ;;\n";
}

}  // namespace

std::string bash_completion(const DeclaredProgram& program) {
  std::string options = option_case(program.itself, ""), offers;
  std::vector<std::string> names;
  for (const DeclaredCommand& command : program.commands) {
    names.push_back(command.name);
    options += option_case(command, command.name);
    int argument = 0;
    for (const DeclaredOption& option : command.options) {
      if (!option.takes_value()) continue;
      offers += offers_case(option, patterns_of(option, command.name, argument));
      if (!option.place.empty()) ++argument;
    }
  }
  return std::string(kBashHead) +
         "\n# Sets `words` to the options of the command.\n"
         "_gradus_options() {\n  case $command in\n" +
         options +
         "  esac\n}\n"
         "\n# Sets `words` and `files` to what may follow \"COMMAND OPTION\", or stand as the N-th "
         "argument in\n# \"COMMAND N\"; fails where no value does.\n"
         "_gradus_offers() {\n  case $1 in\n    ' 0') words=" +
         shell_quoted(joined_words(names)) + " ;;\n" + offers +
         "    *) return 1 ;;\n  esac\n}\n\ncomplete -F _gradus gradus\n";
}

}  // namespace gradus
