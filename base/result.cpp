#include "base/result.h"

namespace gradus {

std::string_view error_code_name(ErrorCode code) {
  switch (code) {
    case ErrorCode::kBadConfig:
      return "bad_config";
    case ErrorCode::kBadData:
      return "bad_data";
    case ErrorCode::kIo:
      return "io";
    case ErrorCode::kCorrupt:
      return "corrupt";
    case ErrorCode::kForeign:
      return "foreign";
    case ErrorCode::kLocked:
      return "locked";
    case ErrorCode::kNotFound:
      return "not_found";
    case ErrorCode::kUnavailable:
      return "unavailable";
    case ErrorCode::kPositionGone:
      return "position_gone";
    case ErrorCode::kInternal:
      return "internal";
  }
  return "internal";
}

}  // namespace gradus
