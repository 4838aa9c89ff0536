#pragma once

#include <string>
#include <string_view>

namespace gradus {

/// `text` in gzip format at the fastest level.
std::string gzip(std::string_view text);

}  // namespace gradus
