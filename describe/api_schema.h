#pragma once

#include <string>

namespace gradus {

/// The body of /api/v1/schema: a JSON Schema of what the API answers, each answer under `$defs`.
std::string api_schema();

/// docs/api.md: the same as tables.
std::string api_document();

}  // namespace gradus
