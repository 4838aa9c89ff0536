#include <cstdio>
#include <exception>

#include "app/commands/command.h"
#include "app/commands/command_line.h"

int main(int argc, char** argv) {
  try {
    return gradus::run_command_line(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "gradus: %s\n", error.what());
    return gradus::kExitFailed;
  }
}
