#include "probes/task_items.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <string_view>
#include <utility>

#include "base/hash.h"
#include "probes/position_names.h"

namespace gradus {
namespace {

// A float sum of log probabilities may take q this far above 1.
constexpr float kRounding = 1e-4f;
constexpr std::size_t kShownBytes = 60;

bool is_whole_number(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// `exact` is 1 or 0, as ItemScores has it.
void add(ScoreSums& sums, float q, float log_loss, std::uint8_t exact) {
  const double clamped = std::min(static_cast<double>(q), 1.0);
  ++sums.items;
  sums.exact += exact != 0;
  sums.q += clamped;
  sums.q_squared += clamped * clamped;
  sums.log_loss += log_loss;
}

/// The first of `q` and `log_loss` that is no probability or no loss, or its length: NaN fails too.
std::size_t first_impossible(std::span<const float> q, std::span<const float> log_loss) {
  std::size_t i = 0;
  while (i < q.size() && q[i] >= 0 && q[i] <= 1 + kRounding && std::isfinite(log_loss[i])) ++i;
  return i;
}

Result<void> check_shapes(const ItemScores& said, std::size_t items) {
  const bool whole =
      said.q.size() == items && said.log_loss.size() == items && said.exact.size() == items;
  const bool no_positions = said.position_begin.size() <= 1;
  const bool whole_positions =
      no_positions || (said.position_begin.size() == items + 1 &&
                       said.position_begin.back() == said.position_q.size() &&
                       said.position_log_loss.size() == said.position_q.size() &&
                       said.position_exact.size() == said.position_q.size());
  if (whole && whole_positions) return {};
  return fail(ErrorCode::kBadData, "the model answered " + std::to_string(said.q.size()) + " of " +
                                       std::to_string(items) + " items");
}

Result<void> check_values(std::span<const float> q, std::span<const float> log_loss,
                          std::string_view what) {
  const std::size_t at = first_impossible(q, log_loss);
  if (at == q.size()) return {};
  return fail(ErrorCode::kBadData,
              "the model gave " + std::string(what) + " " + std::to_string(at) + " probability " +
                  std::to_string(q[at]) + " and loss " + std::to_string(log_loss[at]));
}

}  // namespace

Result<TaskItems> TaskItems::decode(const Ladder& ladder, TaskIndex task,
                                    std::span<const Item> items, Decoder& decoder) {
  TaskItems decoded;
  std::map<std::string, std::vector<std::uint32_t>> tags;
  const std::string& name = ladder.tasks[task].name;
  ExampleBatch& batch = decoded.batch_;
  std::uint64_t digest = fnv1a_64(name);
  for (const Item& item : items) {
    if (item.task != task) continue;
    const auto index = static_cast<std::uint32_t>(batch.size());
    const auto refuse = [&](std::string_view why) {
      const std::string place =
          item.line > 0 ? ladder.items_file + ":" + std::to_string(item.line) + ": " : "";
      return fail(ErrorCode::kBadData, place + "item " + std::to_string(index) + " of task " +
                                           name + " (" + item.record.substr(0, kShownBytes) +
                                           "): " + std::string(why));
    };
    RawRecord record;
    record.bytes = item.record;
    const Reject reject = decoder.decode(record, batch);
    if (reject != Reject::kNone) return refuse(decoder.explain(record, reject));
    if (batch.task.back() != task) return refuse("the record names another task");
    for (const std::string& tag : item.tags) {
      if (is_position_name(tag))
        return refuse("tag " + tag + " is the name of a position of the answer; give it another");
      tags[tag].push_back(index);
    }
    // The byte that ends a record keeps two items apart from one that holds both.
    digest = fnv1a_64(std::string_view("\0", 1), fnv1a_64(item.record, digest));
  }
  if (batch.empty()) {
    return fail(ErrorCode::kBadData, "ladder " + ladder.name + ": task " + name +
                                         " has no items; give it some, or leave the task out");
  }
  for (auto& [tag, members] : tags) decoded.tags_.push_back({tag, std::move(members)});
  decoded.digest_ = digest;
  decoded.whole_numbers_ = batch.answer_begin.size() == batch.size();
  for (std::size_t i = 0; i < batch.size() && decoded.whole_numbers_; ++i) {
    decoded.whole_numbers_ = is_whole_number(batch.answer(i));
  }
  return decoded;
}

Result<Score> TaskItems::tally(const ItemScores& said) const {
  const std::size_t items = batch_.size();
  if (auto shapes = check_shapes(said, items); !shapes) return tl::unexpected(shapes.error());
  if (auto values = check_values(said.q, said.log_loss, "item"); !values) {
    return tl::unexpected(values.error());
  }
  if (auto values = check_values(said.position_q, said.position_log_loss, "position"); !values) {
    return tl::unexpected(values.error());
  }
  Score score;
  score.item_digest = digest_;
  score.exact_bits.resize((items + 63) / 64);
  for (std::size_t i = 0; i < items; ++i) {
    add(score.sums, said.q[i], said.log_loss[i], said.exact[i]);
    if (said.exact[i] != 0) score.exact_bits[i / 64] |= std::uint64_t{1} << (i % 64);
  }
  score.facets = position_facets(said);
  for (const Tag& tag : tags_) {
    FacetScore& facet = score.facets.emplace_back(FacetScore{tag.name, {}});
    for (const std::uint32_t i : tag.items) {
      add(facet.sums, said.q[i], said.log_loss[i], said.exact[i]);
    }
  }
  return score;
}

std::vector<FacetScore> TaskItems::position_facets(const ItemScores& said) const {
  if (said.position_begin.size() <= 1) return {};
  const std::span<const std::uint32_t> begin = said.position_begin;
  const bool text = batch_.answer_begin.size() == batch_.size();
  // One position a character and one more is an answer with its end.
  bool has_end = text;
  for (std::size_t i = 0; i < batch_.size() && has_end; ++i) {
    has_end = begin[i + 1] - begin[i] == batch_.answer(i).size() + 1;
  }
  const bool from_right = has_end && whole_numbers_;

  ScoreSums end;
  std::vector<ScoreSums> places;  // from the right for whole numbers, else from the left
  for (std::size_t i = 0; i < batch_.size(); ++i) {
    const std::size_t length = begin[i + 1] - begin[i] - (has_end ? 1 : 0);
    places.resize(std::max(places.size(), length));
    for (std::size_t k = 0; k < begin[i + 1] - begin[i]; ++k) {
      ScoreSums& sums = k == length ? end : places[from_right ? length - 1 - k : k];
      const std::size_t p = begin[i] + k;
      add(sums, said.position_q[p], said.position_log_loss[p], said.position_exact[p]);
    }
  }

  std::vector<FacetScore> facets;
  for (std::size_t k = 0; k < places.size(); ++k) {
    const std::size_t place = from_right ? places.size() - 1 - k : k;
    facets.push_back({from_right ? digit_name(place) : position_name(place), places[place]});
  }
  if (has_end) facets.push_back({std::string(kEndName), end});
  return facets;
}

}  // namespace gradus
