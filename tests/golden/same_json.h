#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace gradus::test {

/// Expects two values of the same shape, numbers with a fraction within the tolerance. `where`: the
/// path to them, for the message.
void expect_same(const nlohmann::ordered_json& actual, const nlohmann::ordered_json& expected,
                 double tolerance, const std::string& where = "");

}  // namespace gradus::test
