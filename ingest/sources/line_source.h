#pragma once

#include <functional>
#include <memory>
#include <string>

#include "ingest/source.h"
#include "ingest/sources/byte_input.h"

namespace gradus {

/// How a line source is called, and what it reads once it is opened.
struct LineInput {
  std::string identity;
  std::string topic;
  bool sent_again = false;  ///< a pipe: lines before the position may be on their way
  std::function<Result<std::unique_ptr<ByteInput>>()> open;
};

/// The lines of one text, partition 0, offset = number of the line from 0. It cannot seek: a
/// position is reached by reading that many lines and leaving them out, so a pipe that is read
/// again after a restart must carry the same lines from the beginning. That they are the same is
/// told by their digest, whatever file or pipe they come from.
std::unique_ptr<Source> make_line_source(LineInput input);

Result<std::unique_ptr<Source>> make_file_source(Options& options, const SourceSetup& setup);
std::span<const OptionSpec> file_options();
Result<std::unique_ptr<Source>> make_stdin_source(Options& options, const SourceSetup& setup);

}  // namespace gradus
