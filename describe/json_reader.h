#pragma once

#include <nlohmann/json_fwd.hpp>

#include "describe/field_visitor.h"

namespace gradus {

/// Reads what is described from a JSON object that this or another version of Gradus wrote. A
/// member that is missing, null or of another type leaves the value as it is.
void read_json(const nlohmann::ordered_json& object, const Describe& describe);

}  // namespace gradus
