#pragma once

#include <sys/types.h>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace gradus::test {

/// A program that a test runs, its three standard streams on pipes. What still runs when the object
/// goes is killed; nothing but this one process is ever signalled. A failure of the system throws
/// std::runtime_error.
/// Threads: owned by one.
class Process {
 public:
  /// Starts `command`, looked up in PATH; `input` is what its standard input holds.
  explicit Process(const std::vector<std::string>& command, std::string input = {});
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  /// The next line of its standard output without the line break; nothing where none comes in time.
  std::optional<std::string> read_line(std::chrono::milliseconds within);
  /// The same for its standard error.
  std::optional<std::string> read_error_line(std::chrono::milliseconds within);
  /// Sends a signal; nothing happens where it has ended.
  void send(int signal) const;
  /// Waits for the end and gives the exit code, or 128 + signal as a shell does; nothing where it
  /// still runs after that time.
  std::optional<int> wait(std::chrono::milliseconds within);

  /// All that it has written and that was taken in so far; complete once `wait` gave a code.
  const std::string& output() const { return output_.text; }
  const std::string& errors() const { return errors_.text; }
  pid_t pid() const { return pid_; }

 private:
  struct Stream {
    int descriptor = -1;  // -1 once it has ended
    std::string text;
    std::size_t read = 0;  // bytes that were given as lines
  };
  using Deadline = std::chrono::steady_clock::time_point;

  bool exchange(Deadline deadline);
  void write_input();
  static void take_in(Stream& stream);
  std::optional<std::string> line_of(Stream& stream, Deadline deadline);

  pid_t pid_ = -1;
  int input_descriptor_ = -1;
  std::string input_;
  std::size_t written_ = 0;
  Stream output_, errors_;
  std::optional<int> code_;
};

/// What a program left that has ended.
struct Finished {
  int code = -1;
  std::string output;
  std::string errors;
};

/// Runs a command to its end; one that takes longer than `within` fails the test and is killed.
Finished run_to_end(const std::vector<std::string>& command, std::string input = {},
                    std::chrono::milliseconds within = std::chrono::minutes(4));

}  // namespace gradus::test
