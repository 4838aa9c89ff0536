#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gradus {

/// Whether a server on a loopback address answers a request with this Host header. A page of
/// another site can make its own name lead here (DNS rebinding) and would then read what it likes;
/// its browser still says that name. Answered are no header at all, which no browser sends, IP
/// addresses, localhost and the names that are given; ports and case do not count.
bool is_own_host(std::string_view host, const std::vector<std::string>& names);

}  // namespace gradus
