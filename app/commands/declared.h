#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace gradus {

/// An option or an argument as a command declares it.
struct DeclaredOption {
  enum class Paths : std::uint8_t { kNone, kFiles, kDirectories };

  std::vector<std::string> names;  ///< "--listen"; none for an argument that only has a place
  std::string place;               ///< name of the argument, e.g. "FILE"; empty for an option only
  std::string value;               ///< what its value is called; empty for a flag
  std::string fallback;            ///< what holds if it is left out; empty: nothing
  std::string about;
  std::vector<std::string> words;  ///< values that a shell offers
  Paths paths = Paths::kNone;      ///< and what it offers of the file system
  bool required = false;

  bool takes_value() const { return !value.empty(); }
};

struct DeclaredCommand {
  std::string name, about, footer;
  std::vector<DeclaredOption> options;
};

/// The program with its commands. Help, shell completion and the man page are made from the same
/// declarations, so that none of them can go stale.
struct DeclaredProgram {
  DeclaredCommand itself;
  std::vector<DeclaredCommand> commands;
};

/// Reads what CLI11 was told. A value called FILE or LADDER is completed with files, a DIR with
/// directories, and every value with the words that the option `offers`.
DeclaredProgram declared_program(CLI::App& app);

}  // namespace gradus
