#include "ladders/yaml_text.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <map>
#include <optional>
#include <sstream>
#include <vector>

namespace gradus {
namespace {

constexpr std::size_t kMostKeys = 1000;
constexpr std::size_t kMostLevels = 64;

/// Counts what a text would become, and keeps the first thing that is too much of it.
class YamlCount final : public YAML::EventHandler {
 public:
  explicit YamlCount(std::size_t most_values) : most_values_(most_values) {}

  struct Finding {
    YAML::Mark mark;
    std::string what;
  };
  const std::optional<Finding>& finding() const { return finding_; }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++documents_ == 2)
      find(mark,
           "the YAML document ends before this line; one document is expected, without '---' "
           "or a stray ',' or bracket between its keys");
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    add(mark, {});
    keep(anchor, {});
  }
  void OnScalar(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                const std::string&) override {
    add(mark, {});
    keep(anchor, {});
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto named = anchors_.find(anchor);
    if (named == anchors_.end()) return find(mark, "an alias within the anchor that it refers to");
    add(mark, named->second);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    begin(mark, anchor, false);
  }
  void OnSequenceEnd() override { end(); }
  void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    begin(mark, anchor, true);
  }
  void OnMapEnd() override { end(); }

 private:
  struct Size {
    std::size_t values = 1;
    std::size_t levels = 0;
  };
  struct Open {
    YAML::anchor_t anchor;
    bool is_mapping;
    std::size_t values_before;
    std::size_t children = 0;
    std::size_t levels = 1;
  };

  void find(const YAML::Mark& mark, std::string what) {
    if (!finding_) finding_ = Finding{mark, std::move(what)};
  }

  void add(const YAML::Mark& mark, const Size& size) {
    // Added up with care: an alias of an alias doubles at each step.
    values_ += std::min(size.values, most_values_ + 1);
    if (values_ > most_values_) find(mark, "more than " + std::to_string(most_values_) + " values");
    if (open_.size() + size.levels > kMostLevels)
      find(mark, "nested more than " + std::to_string(kMostLevels) + " levels deep");
    if (open_.empty()) return;
    Open& parent = open_.back();
    parent.levels = std::max(parent.levels, size.levels + 1);
    if (++parent.children > 2 * kMostKeys && parent.is_mapping)
      find(mark, "more than " + std::to_string(kMostKeys) + " keys in one mapping");
  }

  /// What an alias of this anchor stands for; 0 is no anchor.
  void keep(YAML::anchor_t anchor, const Size& size) {
    if (anchor != 0) anchors_[anchor] = size;
  }

  void begin(const YAML::Mark& mark, YAML::anchor_t anchor, bool is_mapping) {
    const std::size_t before = values_;
    add(mark, {.values = 1, .levels = 1});
    open_.push_back({.anchor = anchor, .is_mapping = is_mapping, .values_before = before});
  }

  void end() {
    const Open closed = open_.back();
    open_.pop_back();
    keep(closed.anchor, {.values = values_ - closed.values_before, .levels = closed.levels});
    if (!open_.empty()) open_.back().levels = std::max(open_.back().levels, closed.levels + 1);
  }

  const std::size_t most_values_;
  std::size_t documents_ = 0, values_ = 0;
  std::vector<Open> open_;
  std::map<YAML::anchor_t, Size> anchors_;
  std::optional<Finding> finding_;
};

/// Runs yaml-cpp's parser without building anything. It is asked for a second document and no more:
/// YAML::LoadAll never ends where a stray ',' stands between two keys.
void count_values(std::string_view yaml, YamlCount& count) {
  std::istringstream text{std::string(yaml)};
  YAML::Parser parser(text);
  if (parser.HandleNextDocument(count)) parser.HandleNextDocument(count);
}

}  // namespace

Result<YAML::Node> parse_yaml(std::string_view yaml, std::string_view where,
                              std::size_t most_values) {
  if (yaml.size() > kMostYamlBytes)
    return fail(ErrorCode::kBadConfig, std::string(where) + ": more than " +
                                           std::to_string(kMostYamlBytes >> 10) + " KB of YAML");
  YamlCount count(most_values);
  std::optional<YAML::Exception> broken;
  try {
    count_values(yaml, count);
    if (!count.finding()) return YAML::Load(std::string(yaml));
  } catch (const YAML::Exception& error) {
    broken = error;
  }
  // What was found stands before what yaml-cpp says: it calls text that is nested too deep a "bad
  // file".
  if (const auto& finding = count.finding())
    return fail(ErrorCode::kBadConfig, yaml_place(where, finding->mark) + ": " + finding->what);
  return fail(ErrorCode::kBadConfig,
              yaml_place(where, broken->mark) + ": not valid YAML: " + broken->msg);
}

std::string yaml_place(std::string_view where, const YAML::Mark& mark) {
  if (mark.is_null()) return std::string(where);
  return std::string(where) + ":" + std::to_string(mark.line + 1);
}

}  // namespace gradus
