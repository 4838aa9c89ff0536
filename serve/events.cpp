#include "serve/events.h"

#include <algorithm>
#include <chrono>

#include "describe/progress_json.h"

namespace gradus {
namespace {

constexpr auto kSoonest = std::chrono::seconds(1);
constexpr auto kLatest = std::chrono::seconds(2);
constexpr std::size_t kKeptChanges = 256;  // what a slow client can catch up with

EventFeed::Text event(std::string_view name, std::string_view data) {
  return std::make_shared<const std::string>("event: " + std::string(name) +
                                             "\ndata: " + std::string(data) + "\n\n");
}

}  // namespace

LiveEvents::LiveEvents(const RunView& view) : view_(view), made_(view.clock.elapsed()) {
  report_ = view.slots.progress.version();
  if (const auto report = view.slots.progress.get()) changed_ = report->changed;
}

bool LiveEvents::tick() {
  const Duration age = view_.clock.elapsed() - made_;
  const bool news = view_.slots.progress.version() != report_;
  if (age < (news ? Duration(kSoonest) : Duration(kLatest))) return false;
  begin_message();
  return true;
}

void LiveEvents::finish() { begin_message(); }

void LiveEvents::begin_message() {
  ++message_;
  text_ = nullptr;
  made_ = view_.clock.elapsed();
  // The version before the report: a newer one that slips in between is only told twice.
  report_ = view_.slots.progress.version();
  if (const auto report = view_.slots.progress.get()) note_changes(*report);
}

void LiveEvents::note_changes(const ProgressReport& report) {
  const std::uint64_t fresh =
      std::min<std::uint64_t>(report.changed - changed_, report.changes.size());
  for (auto each = report.changes.end() - static_cast<std::ptrdiff_t>(fresh);
       each != report.changes.end(); ++each)
    changes_.push_back({message_, event("change", change_event_json(*each))});
  changed_ = report.changed;
  while (changes_.size() > kKeptChanges) changes_.pop_front();
}

std::vector<EventFeed::Text> LiveEvents::next(std::uint64_t& seen) {
  if (seen == message_) return {};
  if (!text_) text_ = event("progress", progress_json(view_));
  std::vector<Text> texts;
  // Who comes now sees in the report how things stand; what led there is in the history.
  if (seen > 0)
    for (const Change& change : changes_)
      if (change.message > seen) texts.push_back(change.text);
  texts.push_back(text_);
  seen = message_;
  return texts;
}

}  // namespace gradus
