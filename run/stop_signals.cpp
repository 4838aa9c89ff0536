#include "run/stop_signals.h"

#include <sys/signalfd.h>
#include <unistd.h>

#include <csignal>

#include "base/invariant.h"

namespace gradus {
namespace {

sigset_t stop_set() {
  sigset_t set;
  ::sigemptyset(&set);
  ::sigaddset(&set, SIGINT);
  ::sigaddset(&set, SIGTERM);
  return set;
}

}  // namespace

StopSignals::StopSignals() {
  const sigset_t set = stop_set();
  ::pthread_sigmask(SIG_BLOCK, &set, nullptr);
  descriptor_ = ::signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
  invariant(descriptor_ >= 0, "the system has a file descriptor for signals");
}

StopSignals::~StopSignals() {
  ::close(descriptor_);
  const sigset_t set = stop_set();
  ::pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
}

bool StopSignals::arrived() {
  signalfd_siginfo info;
  if (!arrived_ && ::read(descriptor_, &info, sizeof info) == sizeof info) {
    arrived_ = true;
    const sigset_t set = stop_set();
    ::pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
  }
  return arrived_;
}

}  // namespace gradus
