#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "base/bounded_queue.h"
#include "run/assembly.h"

namespace gradus {

/// Starts the loops of a run, each on a thread of its own, and ends them in order: ingest, learner,
/// probes. The failure of any loop stops all with the first reason.
/// Threads: owned by the main thread; the only place in Gradus that starts threads.
class Supervisor {
 public:
  explicit Supervisor(RunParts& parts) : parts_(parts), ends_(4) {}
  ~Supervisor();
  Supervisor(const Supervisor&) = delete;
  Supervisor& operator=(const Supervisor&) = delete;

  void start();
  /// Adds a thread that feeds the stream from outside (a demo's producer); it is stopped before the
  /// ingest loop.
  void start_feeder(std::function<Result<void>(const std::stop_token&)> feed);
  /// Adds a thread that waits for the disk in place of the main one; it is stopped after all loops.
  void start_writer(std::function<void(const std::stop_token&)> write);
  /// Begins the end: the stream stops, the learner drains its queue and writes the checkpoint, the
  /// last snapshot is scored.
  void request_stop();
  /// Notices loops that have ended and passes their end on; true once all have. Call it often;
  /// never blocks.
  bool poll();
  /// The first reason why a loop failed; nothing where none did.
  const std::optional<Error>& failure() const { return failure_; }

 private:
  enum class Loop : std::uint8_t { kFeeder, kIngest, kLearner, kProbes };
  struct End {
    Loop loop;
    std::optional<Error> error;
  };
  void launch(Loop loop, std::function<Result<void>(const std::stop_token&)> body);
  void note_failure(const End& end);

  RunParts& parts_;
  BoundedQueue<End> ends_;
  std::optional<Error> failure_;
  Loop failed_ = Loop::kFeeder;  // whose failure it is, once there is one
  std::stop_source feeder_stop_, ingest_stop_, learner_stop_, probes_stop_;
  std::vector<std::jthread> threads_;
  std::size_t running_ = 0;
  bool told_ = false;  // the source knows the last checkpoint's position
};

}  // namespace gradus
