#pragma once

#include <simdjson.h>

#include <string>
#include <string_view>

#include "ingest/example_batch.h"
#include "ingest/record.h"
#include "ladders/ladder.h"

namespace gradus {

/// What exactly is wrong with a JSON record that was refused for `reason`: the field that is
/// missing or of the wrong type, the unknown task with its nearest name, the character, what the
/// bytes look like. Values of fields are not shown: they may be secret. `ladder` may be null. Off
/// the hot path.
std::string explain_json(std::string_view bytes, Reject reason, const InputSpec& input,
                         const Ladder* ladder, simdjson::dom::parser& parser);

}  // namespace gradus
