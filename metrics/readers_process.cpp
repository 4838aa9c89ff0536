#include <array>
#include <string>

#include "metrics/readers.h"

namespace gradus {

void read_build_info(const MetricsView& view, SeriesWriter& out) {
  const RunFacts& facts = view.sample.facts;
  out.add(1, {facts.version, facts.revision, facts.compiler, facts.librdkafka});
}

void read_run_info(const MetricsView& view, SeriesWriter& out) {
  const RunFacts& facts = view.sample.facts;
  out.add(1, {facts.learner, facts.config_hash});
}

/// A thread that has done its work gives none: its silence is no alarm.
void read_heartbeats(const MetricsView& view, SeriesWriter& out) {
  const auto beat = [&](std::string_view thread, Timestamp last) {
    out.add(metric_value(view, last), {thread});
  };
  beat("http", view.sample.now);
  if (!view.ingest.ended) beat("ingest", view.ingest.heartbeat);
  if (view.learner.finished) return;
  beat("learner", view.learner.heartbeat);
  if (view.sample.ladder != nullptr) beat("probes", view.probes.heartbeat);
}

void read_http_requests(const MetricsView& view, SeriesWriter& out) {
  for (const auto& [route, count] : view.sample.server.requests) {
    out.add(static_cast<double>(count), {route.first, std::to_string(route.second)});
  }
}

void read_render_seconds(const MetricsView& view, SeriesWriter& out) {
  out.add(view.sample.server.render_seconds);
}

void read_series_dropped(const MetricsView& view, SeriesWriter& out) {
  out.add(static_cast<double>(view.sample.server.series_dropped));
}

void read_log_messages(const MetricsView& view, SeriesWriter& out) {
  const auto& lines = view.sample.server.log_lines;
  for (const char* level : {"debug", "info", "warning", "error"}) {
    const auto found = lines.find(level);
    out.add(found == lines.end() ? 0 : static_cast<double>(found->second), {level});
  }
}

}  // namespace gradus
