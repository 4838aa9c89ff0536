#pragma once

#include <string>

#include "base/result.h"

namespace gradus {

/// The whole content of a file, or of standard input for "-"; gzip data, told by its first bytes,
/// is unpacked.
/// Errors: kNotFound without such a file; kBadConfig for a directory or more than 1 GB; kBadData
/// where the gzip data is damaged or cut off; kIo.
Result<std::string> read_curve_bytes(const std::string& file);

}  // namespace gradus
