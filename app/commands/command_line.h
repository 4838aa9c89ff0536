#pragma once

namespace gradus {

/// Runs the command that these arguments of the program ask for. Gives the exit code; has printed
/// one line where it is not 0, or the help where there are no arguments. Errors: std::exception
/// where there is no memory or thread.
int run_command_line(int argc, char** argv);

}  // namespace gradus
