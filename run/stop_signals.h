#pragma once

namespace gradus {

/// SIGINT and SIGTERM held back and asked for, instead of ending the process: for commands without
/// an event loop. Make it before any thread, so that all inherit the mask.
/// Threads: owned by the main thread. Cost of arrived: one system call.
class StopSignals {
 public:
  StopSignals();
  ~StopSignals();
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

  /// True once one of them has arrived; the next one then ends the process as usual.
  bool arrived();

 private:
  int descriptor_;
  bool arrived_ = false;
};

}  // namespace gradus
