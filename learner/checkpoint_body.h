#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "learner/checkpoint.h"

namespace gradus {

/// The format that is written. 2 added the marks of the stream; 3 exact sums of losses and what
/// happened to the stream.
inline constexpr std::uint32_t kCheckpointVersion = 3;

/// What stands in a checkpoint file between its header and its checksum; equal checkpoints give
/// equal bytes.
std::string encode_checkpoint(const Checkpoint& checkpoint);
/// Reads a body of any version up to kCheckpointVersion; nothing where it is none.
std::optional<Checkpoint> decode_checkpoint(std::string_view body, std::uint32_t version);

}  // namespace gradus
