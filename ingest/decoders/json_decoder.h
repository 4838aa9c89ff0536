#pragma once

#include <memory>

#include "ingest/decoder.h"

namespace gradus {

/// JSON objects, one a record, over simdjson:
///   question    {"task": "add2", "prompt": "12+34=", "answer": "46"}
///   attributes  {"x": [0.5, null, 3], "y": 1} or {"features": {"age": 42, "city": "paris"}, "y":
///   1}
/// with task, weight (1) and time (seconds since 1970) optional; other fields are left unread, a
/// null is an absent field, and of a field given twice the first counts.
/// Task: without a ladder it is left unread; a record without one belongs to the only task of a
/// ladder that has one.
/// Attributes are for sparse learners: x[i] goes to slot i, a number to the slot of its name, a
/// string to the slot of "name=value" with value 1, true to 1; zeros are left out, and features
/// that share a slot add up. A question goes to a sparse learner only where its task has choices:
/// see append_question_features; its label is the index of the answer.
/// Label y: a number or a boolean; for k classes an integer 0..k-1, and for two also -1, as 0.
/// Reads no keys.
/// Threads: owned by one. Cost: one pass of simdjson and one over the fields; no allocation once
/// the buffers have grown.
Result<std::unique_ptr<Decoder>> make_json_decoder(const InputSpec& input, const Ladder* ladder,
                                                   Options& options);

}  // namespace gradus
