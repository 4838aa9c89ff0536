#pragma once

#include <span>
#include <string>
#include <string_view>

#include "app/commands/declared.h"

namespace gradus {

/// A shell whose completion gradus can write.
struct Shell {
  std::string_view name;
  std::string_view file;  ///< where the shell looks for the script
  std::string (*script)(const DeclaredProgram& program);
};

/// All of them, sorted by name.
std::span<const Shell> shells();

std::string bash_completion(const DeclaredProgram& program);
std::string fish_completion(const DeclaredProgram& program);
std::string zsh_completion(const DeclaredProgram& program);

/// The manual page of the program, in roff.
std::string man_page(const DeclaredProgram& program, std::string_view version);

/// `text` between single quotes, as the shells and as fish read it.
std::string shell_quoted(std::string_view text);

/// Whether a word is only the beginning of a value: no space comes after it.
bool is_beginning(std::string_view word);

}  // namespace gradus
