#pragma once

#include <nlohmann/json_fwd.hpp>

#include "describe/field_visitor.h"

namespace gradus {

/// The JSON Schema of the object that is described. Each member has its sentence, its `unit` and,
/// as `null_when`, the rule for null. Numbers may be null without one: JSON has no NaN.
/// Source: json-schema.org, draft 2020-12.
nlohmann::ordered_json json_schema(const Describe& describe);

}  // namespace gradus
