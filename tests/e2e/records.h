#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace gradus::test {

/// Attribute records of about 200 bytes: 20 whole numbers, and the label 1 where a fixed linear
/// rule of them is positive. Nearly all can be told right by a linear learner.
std::vector<std::string> attribute_records(std::size_t count, std::uint64_t seed);

/// The records as lines.
std::string as_lines(const std::vector<std::string>& records);

/// Questions of the arithmetic ladder as `gradus produce` writes them, one a line.
std::string question_lines(std::size_t count);

}  // namespace gradus::test
