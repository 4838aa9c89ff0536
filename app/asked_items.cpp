#include "app/asked_items.h"

#include <nlohmann/json.hpp>

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

Result<SealedProber> sealed_prober(const Ladder& ladder, Decoder& decoder, Log& log) {
  const auto items = sealed_ladder_items(ladder);
  if (!items) return fail(ErrorCode::kBadConfig, items.error().message);
  auto prober = SealedProber::make(ladder, *items, decoder, log);
  if (!prober) return fail(ErrorCode::kBadConfig, prober.error().message);
  return prober;
}

}  // namespace gradus
