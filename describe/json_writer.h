#pragma once

#include <nlohmann/json_fwd.hpp>

#include "describe/field_visitor.h"

namespace gradus {

/// The JSON object of what is described. What is no number is null: JSON has no NaN and no
/// infinity.
nlohmann::ordered_json write_json(const Describe& describe);

}  // namespace gradus
