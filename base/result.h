#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

namespace gradus {

/// Why something failed, as far as a caller can act on it.
enum class ErrorCode {
  kBadConfig,     ///< configuration or usage is wrong: exit code 2
  kBadData,       ///< a record or a file does not say what it should
  kIo,            ///< the operating system refused: disk full, read-only, no such file
  kCorrupt,       ///< a file of ours fails its checksum or its format
  kForeign,       ///< a file of ours that belongs to another run, learner or newer version
  kLocked,        ///< another process owns the directory
  kNotFound,      ///< something named does not exist
  kUnavailable,   ///< a peer does not answer now; a retry may help
  kPositionGone,  ///< the stream no longer holds the position that is needed: exit code 3
  kInternal,      ///< a library failed in a way that nothing above describes
};

/// A failure with one line for people: where, what, what would be right. Never holds a secret.
struct Error {
  ErrorCode code = ErrorCode::kInternal;
  std::string message;
};

/// A value, or the reason why there is none.
template <typename T>
using Result = tl::expected<T, Error>;

/// Builds the failure side of any Result.
inline tl::unexpected<Error> fail(ErrorCode code, std::string message) {
  return tl::unexpected<Error>(Error{code, std::move(message)});
}

/// The name of a code in snake case, as shown in JSON logs.
std::string_view error_code_name(ErrorCode code);

}  // namespace gradus
