#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "describe/run_view.h"
#include "serve/http_server.h"

namespace gradus {

/// What /api/v1/events sends: `progress` with the body of /api/v1/progress, `change` for each
/// change of a verdict, `bye` at the end. One message for all clients, written when the first asks
/// for it.
/// Threads: owned by the main thread. Cost: nothing where nobody listens.
class LiveEvents final : public EventFeed {
 public:
  /// `view` outlives it.
  explicit LiveEvents(const RunView& view);

  /// True where there is a new message: a new report or annotation, not sooner than a second after
  /// the last one; else after two seconds, since the stream moves on.
  bool tick();
  /// Makes a last message of what stands now, whenever the one before was.
  void finish();

  std::vector<Text> next(std::uint64_t& seen) override;
  std::string farewell() const override { return "event: bye\ndata: {}\n\n"; }

 private:
  struct Change {
    std::uint64_t message;  ///< the number of the one that it came with
    Text text;
  };
  void begin_message();
  void note_changes(const ProgressReport& report);

  const RunView& view_;
  std::uint64_t message_ = 1;  // number of the newest
  Text text_;                  // of it, once somebody asked
  std::deque<Change> changes_;
  std::uint64_t changed_ = 0;  // changes of the run that are noted
  std::uint64_t report_ = 0;   // version that the newest message shows
  Duration made_;
};

}  // namespace gradus
