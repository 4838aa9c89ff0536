#include "serve/http_answer.h"

#include <algorithm>
#include <cctype>

#include "base/text.h"
#include "serve/url.h"

namespace gradus {
namespace {

/// A route that answers for all paths below its own, as "/runbooks/" does.
bool is_folder(const HttpRoute& route) {
  return route.path.size() > 1 && route.path.ends_with('/');
}

const HttpRoute* find_route(const std::vector<HttpRoute>& routes, std::string_view path) {
  for (const HttpRoute& route : routes)
    if (route.path == path || (is_folder(route) && path.starts_with(route.path))) return &route;
  return nullptr;
}

std::string allowed_methods(const HttpRoute& route) {
  const std::string reads = route.events != nullptr ? "GET" : route.get ? "GET, HEAD" : "";
  return reads + (!reads.empty() && route.post ? ", " : "") + (route.post ? "POST" : "");
}

bool is_json(std::string_view content_type) {
  std::string kind(content_type.substr(0, content_type.find(';')));
  kind.erase(kind.find_last_not_of(" \t") + 1);
  std::transform(kind.begin(), kind.end(), kind.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return kind == "application/json";
}

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") + 1 - begin);
}

/// Whether a coding of Accept-Encoding, "gzip;q=0.5", is wanted at all: a weight of 0 is a refusal
/// (RFC 9110, 12.4.2).
bool is_wanted(std::string_view coding) {
  const std::size_t at = coding.find(';');
  if (at == std::string_view::npos) return true;
  const std::string_view weight = trimmed(coding.substr(at + 1));
  return !(weight.starts_with("q=") || weight.starts_with("Q=")) ||
         weight.find_first_of("123456789") != std::string_view::npos;
}

bool takes_gzip(std::string_view accept_encoding) {
  bool any = false;
  while (!accept_encoding.empty()) {
    const std::string_view coding = accept_encoding.substr(0, accept_encoding.find(','));
    accept_encoding.remove_prefix(std::min(accept_encoding.size(), coding.size() + 1));
    const std::string_view name = trimmed(coding.substr(0, coding.find(';')));
    if (name == "gzip") return is_wanted(coding);
    if (name == "*") any = is_wanted(coding);
  }
  return any;
}

HttpResponse unknown_path(const std::vector<HttpRoute>& routes) {
  std::string known = "no such page; there are:";
  for (const HttpRoute& route : routes) known += " " + route.path;
  return http_error(404, known);
}

bool reads(const HttpCall& call) { return call.method == "GET" || call.method == "HEAD"; }

/// The route whose edition answers the call; null where a handler has to.
const HttpRoute* route_with_edition(const std::vector<HttpRoute>& routes, const HttpCall& call) {
  if (!reads(call)) return nullptr;
  const HttpRoute* route = find_route(routes, parse_target(call.target).path);
  return route != nullptr && route->version ? route : nullptr;
}

HttpResponse route_call(const std::vector<HttpRoute>& routes, const HttpCall& call) {
  const HttpTarget target = parse_target(call.target);
  const HttpRoute* route = find_route(routes, target.path);
  if (route == nullptr) return unknown_path(routes);
  if (route->get && reads(call)) return route->get({target.path, target.query});
  if (route->post && call.method == "POST") {
    // A page of another site can send a form without asking, but no JSON.
    if (!is_json(call.content_type))
      return http_error(415, "a body with Content-Type: application/json is expected");
    return route->post({target.path, target.query, std::string(call.body)});
  }
  const std::string allowed = allowed_methods(*route);
  HttpResponse refused = http_error(405, allowed + " is expected");
  refused.headers.emplace_back("Allow", allowed);
  return refused;
}

}  // namespace

HttpResponse http_error(unsigned status, std::string_view message) {
  return {status, "application/json", "{\"error\":\"" + json_escaped(message) + "\"}\n"};
}

std::vector<std::pair<std::string, std::string>> common_headers() {
  return {
      {"Server", "gradus"}, {"Cache-Control", "no-store"}, {"X-Content-Type-Options", "nosniff"}};
}

EventFeed* find_feed(const std::vector<HttpRoute>& routes, const HttpCall& call) {
  if (call.method != "GET") return nullptr;
  const HttpRoute* route = find_route(routes, parse_target(call.target).path);
  return route == nullptr ? nullptr : route->events;
}

bool has_edition(const std::vector<HttpRoute>& routes, const HttpCall& call) {
  return route_with_edition(routes, call) != nullptr;
}

HttpAnswer answer_call(const std::vector<HttpRoute>& routes, HttpEditions& editions,
                       const HttpLimits& limits, ServerStats& stats, const HttpCall& call) {
  const Packing packing = takes_gzip(call.accept_encoding) ? Packing::kGzip : Packing::kPlain;
  const HttpRoute* route = route_with_edition(routes, call);
  const std::size_t least = limits.gzip_from_bytes;
  HttpAnswer answer = route != nullptr ? editions.get(*route, packing, least)
                                       : packed_answer(route_call(routes, call), packing, least);
  for (auto& header : common_headers()) answer.headers.push_back(std::move(header));
  count_answer(routes, stats, call.target, answer.status);
  return answer;
}

void count_answer(const std::vector<HttpRoute>& routes, ServerStats& stats, std::string_view target,
                  unsigned status) {
  const HttpRoute* route = find_route(routes, parse_target(target).path);
  ++stats.requests[{route == nullptr ? "other" : route->path, static_cast<int>(status)}];
}

}  // namespace gradus
