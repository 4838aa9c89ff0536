#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gradus {

/// The host of a Host header, in lower case, without the brackets of IPv6 and the dot of a full
/// name; nothing where the header is not "host" or "host:port". An empty header has an empty host.
/// Source: RFC 9110, 7.2, with the syntax of RFC 3986, 3.2.2. Departure: neither zones nor future
/// versions of IP addresses.
std::optional<std::string> host_name(std::string_view header);

/// Whether a server on a loopback address answers a request for this host, a result of `host_name`.
/// A page of another site can make its own name lead here (DNS rebinding) and would then read what
/// it likes; its browser still says that name. Answered are no name at all, which no browser sends,
/// IP addresses, localhost and the names that are given, in any case.
bool is_own_host(std::string_view host, const std::vector<std::string>& names);

/// What somebody should know who lets a server listen on this address ("0.0.0.0:9630"): empty where
/// only this machine can reach it, or where it is no address.
std::string exposure_words(std::string_view address);

}  // namespace gradus
