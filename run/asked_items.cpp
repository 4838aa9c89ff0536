#include "run/asked_items.h"

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>

#include "ladders/ladder_file.h"

namespace gradus {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kShownBytes = 200;

/// No more than can be shown, not cut within a character of UTF-8.
std::string shown(std::string text) {
  if (text.size() <= kShownBytes) return text;
  std::size_t end = kShownBytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end) + "...";
}

std::string text_at(const Json& record, const char* key) {
  const auto found = record.find(key);
  if (found == record.end()) return {};
  return found->is_string() ? found->get<std::string>()
                            : found->dump(-1, ' ', false, Json::error_handler_t::replace);
}

AskedItem asked(const Item& item) {
  const Json record = Json::parse(item.record, nullptr, false);
  if (!record.is_object()) return {shown(item.record), {}};
  const std::string prompt = text_at(record, "prompt");
  if (!prompt.empty()) return {shown(prompt), shown(text_at(record, "answer"))};
  return {shown(item.record), shown(text_at(record, "y"))};
}

/// A task and what a record asks of it, as a decoder reads it.
using Question = std::pair<TaskIndex, Json>;

/// Without answer, tags and weight; nothing of what no decoder could read.
std::optional<Question> question_of(const Item& item) {
  const Json record = Json::parse(item.record, nullptr, false);
  if (!record.is_object()) return std::nullopt;
  Json asked = record.value("prompt", Json());
  if (asked.is_null())
    asked = Json::array({record.value("x", Json()), record.value("features", Json())});
  return Question(item.task, std::move(asked));
}

/// Whether the items file, or another line of the sealed file, asks one of the sealed questions.
Result<void> check_asked_once(const Ladder& ladder, std::span<const Item> sealed) {
  Ladder whole = ladder;
  for (Task& task : whole.tasks) task.items = 0;  // every line, also beyond what is asked
  const auto open = ladder_items(whole);
  if (!open) return tl::unexpected(open.error());
  std::map<Question, std::string> asked;
  for (const Item& item : *open)
    if (auto question = question_of(item))
      asked.emplace(std::move(*question), ladder.items_file + ":" + std::to_string(item.line));
  for (const Item& item : sealed) {
    auto question = question_of(item);
    if (!question) continue;
    const std::string place = ladder.sealed_file + ":" + std::to_string(item.line);
    const auto [same, added] = asked.emplace(std::move(*question), place);
    if (!added)
      return fail(ErrorCode::kBadData, place + ": the same question as " + same->second +
                                           "; a sealed item must be asked nowhere else");
  }
  return {};
}

}  // namespace

AnswerBook::Page asked_items(const Ladder& ladder, std::span<const Item> items) {
  std::vector<std::vector<AskedItem>> of_task(ladder.tasks.size());
  for (const Item& item : items)
    if (item.task < of_task.size()) of_task[item.task].push_back(asked(item));
  AnswerBook::Page pages;
  for (std::size_t i = 0; i < ladder.tasks.size(); ++i)
    pages.push_back({ladder.tasks[i].name,
                     std::make_shared<const std::vector<AskedItem>>(std::move(of_task[i])), nullptr,
                     nullptr});
  return pages;
}

Result<std::vector<Item>> sealed_items(const Ladder& ladder) {
  auto items = sealed_ladder_items(ladder);
  if (!items) return fail(ErrorCode::kBadConfig, items.error().message);
  if (ladder.sealed_file.empty()) return items;
  if (auto once = check_asked_once(ladder, *items); !once)
    return fail(ErrorCode::kBadConfig, once.error().message);
  return items;
}

Result<SealedProber> sealed_prober(const Ladder& ladder, Decoder& decoder, Log& log) {
  const auto items = sealed_items(ladder);
  if (!items) return tl::unexpected(items.error());
  auto prober = SealedProber::make(ladder, *items, decoder, log);
  if (!prober) return fail(ErrorCode::kBadConfig, prober.error().message);
  return prober;
}

}  // namespace gradus
