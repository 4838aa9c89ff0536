#include "tests/learner/vw_text.h"

#include <zlib.h>

#include <algorithm>
#include <cctype>
#include <charconv>

#include "base/hash.h"

namespace gradus::test {
namespace {

constexpr std::uint32_t kCrossPrime = 16777619;  // FNV's

std::uint32_t vw_hash(std::string_view name, std::uint32_t seed) {
  const bool digits = !name.empty() && std::all_of(name.begin(), name.end(), [](unsigned char c) {
    return std::isdigit(c) != 0;
  });
  if (!digits) return murmur3_32(name, seed);
  std::uint32_t value = 0;
  for (const char c : name) value = 10 * value + static_cast<std::uint32_t>(c - '0');
  return value + seed;
}

double number(std::string_view text) {
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::vector<std::string_view> words(std::string_view text) {
  std::vector<std::string_view> found;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (end > 0) found.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return found;
}

void parse_space(std::string_view text, VwExample& example) {
  const std::vector<std::string_view> parts = words(text);
  const std::string_view space = parts.front();
  for (std::size_t i = 1; i < parts.size(); ++i) {
    const std::size_t colon = std::min(parts[i].find(':'), parts[i].size());
    const bool valued = colon < parts[i].size();
    example.slots.push_back(vw_index(space, parts[i].substr(0, colon)));
    example.values.push_back(valued ? static_cast<float>(number(parts[i].substr(colon + 1))) : 1);
    example.spaces.push_back(space.front());
  }
}

}  // namespace

std::uint32_t vw_index(std::string_view space, std::string_view feature) {
  const std::uint32_t seed = space.empty() ? 0 : vw_hash(space, 0);
  const std::size_t colon = feature.find(':');
  if (colon == std::string_view::npos) return vw_hash(feature, seed);
  return vw_hash(feature.substr(colon + 1), vw_hash(feature.substr(0, colon), seed));
}

VwExample parse_vw_line(std::string_view line) {
  VwExample example;
  std::size_t bar = std::min(line.find('|'), line.size());
  const std::vector<std::string_view> head = words(line.substr(0, bar));
  example.label = number(head[0]);
  if (head.size() > 1 && !head[1].starts_with('\'')) example.importance = number(head[1]);
  while (bar < line.size()) {
    const std::size_t next = std::min(line.find('|', bar + 1), line.size());
    parse_space(line.substr(bar + 1, next - bar - 1), example);
    bar = next;
  }
  return example;
}

void cross(VwExample& example, char a, char b) {
  const std::size_t count = example.slots.size();
  for (std::size_t i = 0; i < count; ++i) {
    if (example.spaces[i] != a) continue;
    for (std::size_t j = 0; j < count; ++j) {
      if (example.spaces[j] != b) continue;
      example.slots.push_back((kCrossPrime * example.slots[i]) ^ example.slots[j]);
      example.values.push_back(example.values[i] * example.values[j]);
      example.spaces.push_back('\0');
    }
  }
}

std::vector<VwExample> read_vw_file(const std::string& path) {
  std::string text;
  gzFile file = gzopen(path.c_str(), "rb");
  if (file == nullptr) return {};
  char buffer[1 << 16];
  for (int count = 0; (count = gzread(file, buffer, sizeof buffer)) > 0;)
    text.append(buffer, static_cast<std::size_t>(count));
  gzclose(file);
  std::vector<VwExample> examples;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    examples.push_back(parse_vw_line(std::string_view(text).substr(begin, end - begin)));
    begin = end + 1;
  }
  return examples;
}

void append(const VwExample& example, float label, ExampleBatch& batch) {
  batch.task.push_back(kNoTask);
  batch.weight.push_back(static_cast<float>(example.importance));
  batch.event_time_ms.push_back(-1);
  batch.label.push_back(label);
  batch.slot.insert(batch.slot.end(), example.slots.begin(), example.slots.end());
  batch.value.insert(batch.value.end(), example.values.begin(), example.values.end());
  batch.row_begin.push_back(static_cast<std::uint32_t>(batch.slot.size()));
}

}  // namespace gradus::test
