#include "describe/json_reader.h"

#include <nlohmann/json.hpp>

#include <chrono>
#include <cmath>

namespace gradus {
namespace {

using Json = nlohmann::ordered_json;

/// A whole number from 0.
std::optional<std::uint64_t> count_of(const Json& json) {
  if (json.is_number_unsigned() || (json.is_number_integer() && json >= 0))
    return json.get<std::uint64_t>();
  return std::nullopt;
}

class JsonReader final : public FieldVisitor {
 public:
  explicit JsonReader(const Json& object) : open_{&object} {}

  using FieldVisitor::value;
  void value(const Field& field, std::string& text) override {
    if (const Json* found = find(field); found && found->is_string()) text = *found;
  }
  void value(const Field& field, bool& flag) override {
    if (const Json* found = find(field); found && found->is_boolean()) flag = *found;
  }
  void value(const Field& field, double& number) override {
    if (const Json* found = find(field); found && found->is_number()) number = *found;
  }
  void value(const Field& field, Count& count) override {
    if (const Json* found = find(field)) count = count_of(*found).value_or(count);
  }
  void value(const Field& field, Timestamp& time) override {
    double seconds = 0;
    value(field, seconds);
    if (std::isfinite(seconds) && std::abs(seconds) < 1e11)
      time = Timestamp(std::chrono::microseconds(std::llround(seconds * 1e6)));
  }
  void value(const Field& field, std::optional<std::string>& text) override {
    if (const Json* found = find(field); found && found->is_string())
      text = found->get<std::string>();
  }
  void value(const Field& field, std::optional<double>& number) override {
    if (const Json* found = find(field); found && found->is_number()) number = found->get<double>();
  }
  void value(const Field& field, std::optional<Count>& count) override {
    if (const Json* found = find(field))
      if (const auto read = count_of(*found)) count = read;
  }
  void value(const Field& field, std::vector<std::uint32_t>& numbers) override {
    if (const Json* found = find(field); found && found->is_array())
      for (const Json& each : *found)
        if (each.is_number_unsigned()) numbers.push_back(each.get<std::uint32_t>());
  }
  void value(const Field& field, std::span<Count> counts) override {
    const Json* found = find(field);
    if (!found || !found->is_array()) return;
    for (std::size_t i = 0; i < std::min(found->size(), counts.size()); ++i)
      counts[i] = count_of((*found)[i]).value_or(counts[i]);
  }
  void value(const Field& field, Counts& counts) override {
    if (const Json* found = find(field); found && found->is_object())
      for (const auto& [name, each] : found->items())
        if (const auto count = count_of(each)) counts.emplace_back(name, *count);
  }
  void value(const Field& field, Texts& texts) override {
    if (const Json* found = find(field); found && found->is_object())
      for (const auto& [name, each] : found->items())
        if (each.is_string()) texts.emplace_back(name, each.get<std::string>());
  }

  std::optional<std::size_t> choice(const Field& field, std::optional<std::size_t> place,
                                    std::span<const std::string_view> words) override {
    std::string word;
    value(field, word);
    const auto found = std::find(words.begin(), words.end(), word);
    if (found == words.end()) return place;
    return static_cast<std::size_t>(found - words.begin());
  }

 private:
  bool derives() const override { return false; }
  /// An object that must be there but is not has no members.
  bool open(const Field& field, bool there) override {
    static const Json kNone = Json::object();
    const Json* found = find(field);
    const bool object = found && found->is_object();
    if (object || there) open_.push_back(object ? found : &kNone);
    return object || there;
  }
  void close() override { open_.pop_back(); }
  std::size_t open_list(const Field& field, std::size_t) override {
    auto& elements = lists_.emplace_back();
    if (const Json* found = find(field); found && found->is_array())
      for (const Json& each : *found)
        if (each.is_object()) elements.push_back(&each);
    return elements.size();
  }
  void open_element(std::size_t index) override { open_.push_back(lists_.back()[index]); }
  void close_element() override { open_.pop_back(); }
  void close_list() override { lists_.pop_back(); }

  const Json* find(const Field& field) const {
    const auto found = open_.back()->find(field.name);
    return found == open_.back()->end() || found->is_null() ? nullptr : &*found;
  }

  std::vector<const Json*> open_;                ///< from the whole to the innermost part
  std::vector<std::vector<const Json*>> lists_;  ///< the objects of each open list
};

}  // namespace

void read_json(const Json& object, const Describe& describe) {
  JsonReader reader(object);
  describe(reader);
}

}  // namespace gradus
