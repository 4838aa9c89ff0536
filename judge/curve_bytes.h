#pragma once

#include <cstddef>
#include <string>

#include "base/result.h"

namespace gradus {

/// The most bytes of a file of curves, before and after unpacking.
inline constexpr std::size_t kMostCurveBytes = std::size_t{256} << 20;

/// The whole content of a file, or of standard input for "-"; gzip data, told by its first bytes,
/// is unpacked.
/// Errors: kNotFound without such a file; kBadConfig for a directory or more than kMostCurveBytes;
/// kBadData where the gzip data is damaged or cut off; kIo.
Result<std::string> read_curve_bytes(const std::string& file);

}  // namespace gradus
