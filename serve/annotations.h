#pragma once

#include <deque>
#include <string_view>

#include "base/bounded_queue.h"
#include "describe/run_view.h"
#include "serve/http_server.h"

namespace gradus {

/// Takes the annotations that people declare over HTTP and hands them to the probe thread.
/// Threads: owned by the main thread.
class AnnotationDesk {
 public:
  /// `view` and `queue` outlive it.
  AnnotationDesk(const RunView& view, BoundedQueue<Annotation>& queue);

  /// The answer to POST: 201 with the annotation for {"text": "...", "rearm": false}. 400: what is
  /// wrong with the body; 404: a run without a ladder; 429: more than 60 in a minute, or 10,000 in
  /// a run; 503: the run is ending, or the probes are busy.
  HttpResponse post(std::string_view body);
  /// The answer to GET: the newest annotations.
  HttpResponse list() const;

 private:
  bool too_many();

  const RunView& view_;
  BoundedQueue<Annotation>& queue_;
  std::uint64_t next_id_;
  std::deque<Duration> taken_at_;  // within the last minute
};

}  // namespace gradus
