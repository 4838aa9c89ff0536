#include "app/routes.h"

#include <charconv>
#include <chrono>
#include <limits>

#include "app/ladder_page.h"
#include "app/progress_json.h"
#include "base/text.h"
#include "metrics/exposition.h"

namespace gradus {
namespace {

constexpr auto kSignOfLife = std::chrono::seconds(15);
constexpr std::size_t kMostPoints = 5000;

HttpResponse json(unsigned status, std::string body) {
  return {status, "application/json", std::move(body) + "\n"};
}

/// A whole number from the query; the fallback where it is not there, nothing where it is not a
/// number in range.
std::optional<std::uint64_t> query_number(const HttpRequest& request, const std::string& name,
                                          std::uint64_t fallback) {
  const auto found = request.query.find(name);
  if (found == request.query.end()) return fallback;
  std::uint64_t value = 0;
  const char* end = found->second.data() + found->second.size();
  const auto [rest, error] = std::from_chars(found->second.data(), end, value);
  if (error != std::errc() || rest != end) return std::nullopt;
  return value;
}

HttpResponse unknown_task(const Ladder& ladder, const std::string& task) {
  std::string message = "unknown task '" + task + "'; there are:";
  for (const Task& each : ladder.tasks) message += " " + each.name;
  return json(404, error_json(message));
}

HttpResponse history(const RunView& view, const HttpRequest& request) {
  if (view.ladder == nullptr || view.history == nullptr)
    return json(404, error_json("this run has no ladder, so no curves"));
  const auto task = request.query.find("task");
  if (task == request.query.end())
    return json(400, error_json("task is missing, e.g. /api/v1/history?task=add1"));
  if (!view.ladder->find(task->second)) return unknown_task(*view.ladder, task->second);
  const auto from = query_number(request, "from", 0);
  const auto to = query_number(
      request, "to", static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()));
  const auto points = query_number(request, "points", 500);
  if (!from || !to || !points || *points < 1 || *points > kMostPoints)
    return json(400,
                error_json("from and to are steps, points is 1 to " + std::to_string(kMostPoints)));
  const auto curve = view.history->curve(task->second, *from, *to, *points);
  if (!curve) return json(503, error_json(curve.error().message));
  return json(200, history_json(task->second, *curve));
}

HttpResponse metrics(const RunView& view, ServerStats& stats) {
  const Duration start = view.clock.elapsed();
  for (const auto& [level, name] : {std::pair{LogLevel::kDebug, "debug"},
                                    {LogLevel::kInfo, "info"},
                                    {LogLevel::kWarning, "warning"},
                                    {LogLevel::kError, "error"}})
    stats.log_lines[name] = view.log.written(level);
  const MetricsSample sample{view.facts,
                             view.ladder,
                             view.slots.ingest.get(),
                             view.slots.learner.get(),
                             view.slots.probes.get(),
                             view.slots.progress.get(),
                             stats,
                             view.clock.now()};
  MetricsPage page = render_metrics(sample);
  stats.series_dropped += page.dropped;
  stats.render_seconds.observe(std::chrono::duration<double>(view.clock.elapsed() - start).count());
  return {200, "text/plain; version=0.0.4; charset=utf-8", std::move(page.text)};
}

}  // namespace

Readiness readiness(const RunView& view) {
  const auto ingest = view.slots.ingest.get();
  const auto learner = view.slots.learner.get();
  const Timestamp now = view.clock.now();
  if (!ingest || !learner) return {false, "starting"};
  if (!ingest->source.connected) return {false, "the stream is not connected"};
  if (!ingest->ended && now - ingest->heartbeat > kSignOfLife)
    return {false, "the ingest loop does not move"};
  if (!learner->finished && now - learner->heartbeat > kSignOfLife)
    return {false, "the learner does not move"};
  const auto probes = view.slots.probes.get();
  if (view.ladder != nullptr && (!probes || now - probes->heartbeat > kSignOfLife))
    return {false, "the probes do not move"};
  return {true, "ready"};
}

std::vector<HttpRoute> run_routes(const RunView& view, ServerStats& stats) {
  const auto page = [&view](const HttpRequest&) {
    return HttpResponse{200, "text/html; charset=utf-8", ladder_page(view)};
  };
  const auto alive = [](const HttpRequest&) {
    return HttpResponse{200, "text/plain; charset=utf-8", "alive\n"};
  };
  const auto ready = [&view](const HttpRequest&) {
    const Readiness now = readiness(view);
    return HttpResponse{now.ready ? 200u : 503u, "text/plain; charset=utf-8", now.reason + "\n"};
  };
  return {
      {.path = "/", .get = page},
      {.path = "/api/v1/history",
       .get = [&view](const HttpRequest& request) { return history(view, request); }},
      {.path = "/api/v1/progress",
       .get = [&view](const HttpRequest&) { return json(200, progress_json(view)); }},
      {.path = "/healthz", .get = alive},
      {.path = "/metrics",
       .get = [&view, &stats](const HttpRequest&) { return metrics(view, stats); }},
      {.path = "/readyz", .get = ready},
  };
}

}  // namespace gradus
