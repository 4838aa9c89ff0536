#include "tests/e2e/curves.h"

#include <gtest/gtest.h>

#include "history/history.h"
#include "ladders/ladder_file.h"

namespace gradus::test {

std::vector<Score> scores_in(const std::filesystem::path& data) {
  const auto reader = HistoryReader::open(data);
  auto scores = reader ? (*reader)->scores() : tl::unexpected(reader.error());
  if (scores) return std::move(*scores);
  ADD_FAILURE() << scores.error().message;
  return {};
}

std::vector<Score> scores_in(const std::filesystem::path& data, std::string_view task, Step from) {
  const auto ladder = load_ladder("arithmetic");
  const auto wanted = ladder->find(task);
  std::vector<Score> scores = scores_in(data);
  std::erase_if(scores, [&](const Score& each) { return each.task != wanted || each.step < from; });
  return scores;
}

std::vector<std::pair<std::string, VerdictChange>> changes_in(const std::filesystem::path& data) {
  const auto reader = HistoryReader::open(data);
  auto changes = reader ? (*reader)->changes() : tl::unexpected(reader.error());
  if (changes) return std::move(*changes);
  ADD_FAILURE() << changes.error().message;
  return {};
}

}  // namespace gradus::test
