#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/example_batch.h"

namespace gradus::test {

/// One line of Vowpal Wabbit's text format as far as the reference streams use it: label,
/// importance, tag, namespaces with features `name` or `name:value`.
struct VwExample {
  double label = 0;
  double importance = 1;
  std::vector<std::uint32_t> slots;  ///< before the mask
  std::vector<float> values;
  std::vector<char> spaces;  ///< first letter of each feature's namespace
};

/// The index of a feature: murmur3 with the namespace's hash as seed, names of only digits added
/// to it instead.
std::uint32_t vw_index(std::string_view space, std::string_view feature);

VwExample parse_vw_line(std::string_view line);
/// Appends the products of all features of namespaces `a` and `b`, as `-q ab` does.
void cross(VwExample& example, char a, char b);
/// All lines of a gzip file.
std::vector<VwExample> read_vw_file(const std::string& path);
/// Appends the example with this label.
void append(const VwExample& example, float label, ExampleBatch& batch);

}  // namespace gradus::test
