#include "tests/support/process.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <stdexcept>
#include <utility>

namespace gradus::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

[[noreturn]] void give_up(const std::string& what) {
  throw std::runtime_error(what + ": " + std::strerror(errno));
}

/// Two ends of a pipe that no other child inherits.
struct Pipe {
  int read = -1, write = -1;
  Pipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) give_up("pipe");
    read = ends[0];
    write = ends[1];
  }
};

/// In the child: only what is safe between fork and exec.
[[noreturn]] void become(const std::vector<char*>& arguments, const Pipe& in, const Pipe& out,
                         const Pipe& err) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // a test that is killed leaves nothing behind
  ::signal(SIGPIPE, SIG_DFL);
  ::dup2(in.read, STDIN_FILENO);
  ::dup2(out.write, STDOUT_FILENO);
  ::dup2(err.write, STDERR_FILENO);
  ::execvp(arguments[0], arguments.data());
  ::_exit(127);
}

void set_non_blocking(int descriptor) {
  ::fcntl(descriptor, F_SETFL, ::fcntl(descriptor, F_GETFL) | O_NONBLOCK);
}

}  // namespace

Process::Process(const std::vector<std::string>& command, std::string input)
    : input_(std::move(input)) {
  std::vector<char*> arguments;
  for (const std::string& each : command) arguments.push_back(const_cast<char*>(each.c_str()));
  arguments.push_back(nullptr);
  const Pipe in, out, err;
  std::signal(SIGPIPE, SIG_IGN);  // a program may end before it has read its input
  pid_ = ::fork();
  if (pid_ < 0) give_up("fork");
  if (pid_ == 0) become(arguments, in, out, err);
  ::close(in.read);
  ::close(out.write);
  ::close(err.write);
  input_descriptor_ = in.write;
  output_.descriptor = out.read;
  errors_.descriptor = err.read;
  for (const int descriptor : {in.write, out.read, err.read}) set_non_blocking(descriptor);
  write_input();
}

Process::~Process() {
  if (!code_) {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
  for (const int descriptor : {input_descriptor_, output_.descriptor, errors_.descriptor})
    if (descriptor >= 0) ::close(descriptor);
}

std::optional<std::string> Process::read_line(milliseconds within) {
  return line_of(output_, steady_clock::now() + within);
}

std::optional<std::string> Process::read_error_line(milliseconds within) {
  return line_of(errors_, steady_clock::now() + within);
}

void Process::send(int signal) const {
  if (!code_) ::kill(pid_, signal);
}

std::optional<int> Process::wait(milliseconds within) {
  const Deadline deadline = steady_clock::now() + within;
  while (!code_ && (output_.descriptor >= 0 || errors_.descriptor >= 0))
    if (!exchange(deadline)) return std::nullopt;
  if (!code_) {
    int status = 0;
    if (::waitpid(pid_, &status, 0) != pid_) give_up("waitpid");
    code_ = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  }
  return code_;
}

/// Moves bytes both ways once something can be moved; false at the deadline.
bool Process::exchange(Deadline deadline) {
  std::array<pollfd, 3> ready = {{{output_.descriptor, POLLIN, 0},
                                  {errors_.descriptor, POLLIN, 0},
                                  {input_descriptor_, POLLOUT, 0}}};
  const auto left = std::chrono::ceil<milliseconds>(deadline - steady_clock::now()).count();
  if (::poll(ready.data(), ready.size(), static_cast<int>(std::max<long>(0, left))) <= 0)
    return false;
  if (ready[0].revents != 0) take_in(output_);
  if (ready[1].revents != 0) take_in(errors_);
  if (ready[2].revents != 0) write_input();
  return true;
}

void Process::write_input() {
  while (written_ < input_.size()) {
    const ssize_t count =
        ::write(input_descriptor_, input_.data() + written_, input_.size() - written_);
    if (count < 0 && errno == EAGAIN) return;
    if (count < 0) break;  // the program reads no more
    written_ += static_cast<std::size_t>(count);
  }
  ::close(std::exchange(input_descriptor_, -1));
}

void Process::take_in(Stream& stream) {
  std::array<char, 65536> bytes;
  while (true) {
    const ssize_t count = ::read(stream.descriptor, bytes.data(), bytes.size());
    if (count < 0 && errno == EAGAIN) return;
    if (count <= 0) break;
    stream.text.append(bytes.data(), static_cast<std::size_t>(count));
  }
  ::close(std::exchange(stream.descriptor, -1));
}

std::optional<std::string> Process::line_of(Stream& stream, Deadline deadline) {
  while (true) {
    const std::size_t end = stream.text.find('\n', stream.read);
    if (end != std::string::npos) {
      const std::size_t begin = std::exchange(stream.read, end + 1);
      return stream.text.substr(begin, end - begin);
    }
    if (stream.descriptor < 0 || !exchange(deadline)) return std::nullopt;
  }
}

Finished run_to_end(const std::vector<std::string>& command, std::string input,
                    milliseconds within) {
  Process process(command, std::move(input));
  const auto code = process.wait(within);
  if (!code) ADD_FAILURE() << command.front() << " has not ended; " << process.errors();
  return {code.value_or(-1), process.output(), process.errors()};
}

}  // namespace gradus::test
