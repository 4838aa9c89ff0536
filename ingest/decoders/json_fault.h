#pragma once

#include <string_view>

#include "ingest/record.h"

namespace gradus {

/// Why a parser that found `bytes` not to be JSON should have: kNotFinite for NaN, an infinity or
/// a number too large where a value stands, kInvalidUtf8, or kMalformed. Off the hot path.
Reject explain_malformed(std::string_view bytes);

}  // namespace gradus
