#include "serve/routes.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <initializer_list>
#include <limits>

#include "base/text.h"
#include "describe/api_schema.h"
#include "describe/progress_json.h"
#include "metrics/exposition.h"
#include "serve/http_answer.h"
#include "serve/runbooks.h"

namespace gradus {
namespace {

constexpr auto kSignOfLife = std::chrono::seconds(15);
constexpr auto kOldest = std::chrono::milliseconds(200);
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
  return http_error(404, message);
}

/// The task that a request names, or why there is none.
tl::expected<TaskIndex, HttpResponse> task_of(const RunView& view, const HttpRequest& request) {
  if (view.ladder == nullptr || view.history == nullptr)
    return tl::unexpected(http_error(404, "this run has no ladder, so no tasks"));
  const auto task = request.query.find("task");
  if (task == request.query.end())
    return tl::unexpected(http_error(
        400, "task is missing, e.g. " + request.path +
                 "?task=" + (view.ladder->tasks.empty() ? "add1" : view.ladder->tasks[0].name)));
  const auto found = view.ladder->find(task->second);
  if (!found) return tl::unexpected(unknown_task(*view.ladder, task->second));
  return *found;
}

/// Says no to a parameter that would be passed over in silence, such as a slip of the pen.
std::optional<HttpResponse> unknown_parameter(const HttpRequest& request,
                                              std::initializer_list<std::string_view> known) {
  for (const auto& [name, value] : request.query) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    std::string message = "unknown parameter '" + name + "'; there are:";
    for (const std::string_view each : known) message += " " + std::string(each);
    return http_error(400, message);
  }
  return std::nullopt;
}

HttpResponse history(const RunView& view, const HttpRequest& request) {
  if (auto refused = unknown_parameter(request, {"task", "from", "to", "points"})) return *refused;
  const auto task = task_of(view, request);
  if (!task) return task.error();
  const std::string& name = view.ladder->tasks[*task].name;
  const auto from = query_number(request, "from", 0);
  const auto to = query_number(
      request, "to", static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()));
  const auto points = query_number(request, "points", 500);
  if (!from || !to || !points || *points < 1 || *points > kMostPoints)
    return http_error(400, "from and to are steps, points is 1 to " + std::to_string(kMostPoints));
  const auto curve = view.history->curve(name, *from, *to, *points);
  if (!curve) return http_error(503, curve.error().message);
  const auto changes = view.history->changes(name, *from, *to);
  if (!changes) return http_error(503, changes.error().message);
  return json(200, history_json(name, *curve, *changes));
}

HttpResponse items(const RunView& view, const HttpRequest& request) {
  if (auto refused = unknown_parameter(request, {"task"})) return *refused;
  const auto task = task_of(view, request);
  if (!task) return task.error();
  const auto answers = view.slots.answers.get();
  const auto report = view.slots.progress.get();
  if (!answers || !report) return http_error(503, "nothing is known yet; try again in a moment");
  return json(200, items_json(report->tasks[*task], (*answers)[*task]));
}

/// The page needs nothing from elsewhere, so nothing that gets into it may load or send anything.
std::vector<std::pair<std::string, std::string>> page_headers() {
  return {{"Content-Security-Policy",
           "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
           "img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
           "frame-ancestors 'none'"},
          {"Referrer-Policy", "no-referrer"}};
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
                             view.slots.history.get(),
                             view.slots.progress.get(),
                             stats,
                             view.clock.now()};
  MetricsPage page = render_metrics(sample);
  stats.series_dropped += page.dropped;
  stats.render_seconds.observe(std::chrono::duration<double>(view.clock.elapsed() - start).count());
  return {200, "text/plain; version=0.0.4; charset=utf-8", std::move(page.text)};
}

/// Grows with each report and each fifth of a second: what is rendered of a run is at most so old.
std::uint64_t edition_of(const RunView& view) {
  return view.slots.progress.version() +
         static_cast<std::uint64_t>(view.clock.elapsed() / Duration(kOldest));
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

std::vector<HttpRoute> run_routes(const RouteParts& parts) {
  const RunView& view = parts.view;
  const auto page = [&view, &page = parts.page](const HttpRequest&) {
    return HttpResponse{200, "text/html; charset=utf-8", page.fill(view), page_headers()};
  };
  const auto alive = [](const HttpRequest&) {
    return HttpResponse{200, "text/plain; charset=utf-8", "alive\n"};
  };
  const auto ready = [&view](const HttpRequest&) {
    const Readiness now = readiness(view);
    return HttpResponse{now.ready ? 200u : 503u, "text/plain; charset=utf-8", now.reason + "\n"};
  };
  const auto list = [&desk = parts.annotations](const HttpRequest&) { return desk.list(); };
  const auto declare = [&desk = parts.annotations](const HttpRequest& request) {
    return desk.post(request.body);
  };
  const auto version = [&view] { return edition_of(view); };
  return {
      {.path = "/", .get = page, .version = version},
      {.path = "/api/v1/annotations", .get = list, .version = version, .post = declare},
      {.path = "/api/v1/events", .events = &parts.events},
      {.path = "/api/v1/history",
       .get = [&view](const auto& request) { return history(view, request); }},
      {.path = "/api/v1/items",
       .get = [&view](const auto& request) { return items(view, request); }},
      {.path = "/api/v1/progress",
       .get = [&view](const auto&) { return json(200, progress_json(view)); },
       .version = version},
      {.path = "/api/v1/schema", .get = [](const auto&) { return json(200, api_schema()); }},
      {.path = "/healthz", .get = alive, .version = version},
      {.path = "/metrics",
       .get = [&view, &stats = parts.stats](const auto&) { return metrics(view, stats); },
       .version = version},
      {.path = "/readyz", .get = ready, .version = version},
      {.path = "/runbooks/", .get = answer_runbook},
  };
}

}  // namespace gradus
