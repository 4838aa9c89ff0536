#include "serve/annotations.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>

#include "base/text.h"
#include "describe/progress_json.h"
#include "serve/http_answer.h"

namespace gradus {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kMostCharacters = 200;
constexpr std::size_t kMostAMinute = 60;
constexpr std::uint64_t kMostOfARun = 10'000;  // about a megabyte of history

std::uint64_t first_free_id(const RunView& view) {
  if (view.history == nullptr) return 1;
  const auto kept = view.history->annotations();
  return kept && !kept->empty() ? kept->back().id + 1 : 1;
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

tl::unexpected<Error> refuse(const std::string& why) {
  return fail(ErrorCode::kBadData,
              why + R"(; expected is {"text": "learning rate dropped", "rearm": false})");
}

/// Text and rearm of a body.
Result<Annotation> parse_annotation(std::string_view body) {
  const Json json = Json::parse(body, nullptr, false);
  if (!json.is_object()) return refuse("the body is no JSON object");
  Annotation annotation;
  for (const auto& [key, value] : json.items()) {
    if (key == "text" && value.is_string())
      annotation.text = value.get<std::string>();
    else if (key == "rearm" && value.is_boolean())
      annotation.rearm = value.get<bool>();
    else
      return refuse(key == "text"    ? "text is no string"
                    : key == "rearm" ? "rearm is neither true nor false"
                                     : "unknown key '" + key + "'");
  }
  const std::string& text = annotation.text;
  if (text.find_first_not_of(' ') == std::string::npos || characters(text) > kMostCharacters)
    return refuse("text has 1 to " + std::to_string(kMostCharacters) + " characters");
  if (!is_printable(text)) return refuse("text is one line without control characters");
  return annotation;
}

}  // namespace

AnnotationDesk::AnnotationDesk(const RunView& view, BoundedQueue<Annotation>& queue)
    : view_(view), queue_(queue), next_id_(first_free_id(view)) {}

bool AnnotationDesk::too_many() {
  const Duration now = view_.clock.elapsed();
  while (!taken_at_.empty() && now - taken_at_.front() >= std::chrono::minutes(1))
    taken_at_.pop_front();
  if (taken_at_.size() >= kMostAMinute) return true;
  taken_at_.push_back(now);
  return false;
}

HttpResponse AnnotationDesk::post(std::string_view body) {
  const auto report = view_.slots.progress.get();
  if (view_.ladder == nullptr || !report)
    return http_error(404, "this run has no ladder, so no curves to annotate");
  auto annotation = parse_annotation(body);
  if (!annotation) return http_error(400, annotation.error().message);
  if (next_id_ > kMostOfARun)
    return http_error(
        429, "this run has " + std::to_string(kMostOfARun) + " annotations, and keeps no more");
  if (too_many()) {
    HttpResponse refused = http_error(429, "more than 60 annotations in a minute");
    refused.headers.emplace_back("Retry-After", "60");
    return refused;
  }
  const auto learner = view_.slots.learner.get();
  annotation->id = next_id_;
  annotation->step = std::max(learner ? learner->step : 0, report->step);
  annotation->time = view_.clock.now();
  const std::string answer = annotation_body(*annotation);
  if (!queue_.try_push(std::move(*annotation)))
    return http_error(503, "the run is ending, or the probes are busy; try again in a moment");
  ++next_id_;
  return {201, "application/json", answer + "\n"};
}

HttpResponse AnnotationDesk::list() const {
  const auto report = view_.slots.progress.get();
  const auto learner = view_.slots.learner.get();
  std::vector<Annotation> declared;
  if (report) declared = annotations_until(*report, learner ? learner->step : report->step);
  return {200, "application/json", annotations_body(declared) + "\n"};
}

}  // namespace gradus
