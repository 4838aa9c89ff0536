#include "app/host_check.h"

#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <cctype>

namespace gradus {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

/// Without the port, the brackets of IPv6 and the dot of a full name.
std::string_view name_of(std::string_view host) {
  if (host.starts_with('[')) return host.substr(1, host.find(']') - 1);
  host = host.substr(0, host.rfind(':'));
  if (host.ends_with('.')) host.remove_suffix(1);
  return host;
}

}  // namespace

bool is_own_host(std::string_view host, const std::vector<std::string>& names) {
  if (host.empty()) return true;
  const std::string name = lower(name_of(host));
  if (name == "localhost" || name.ends_with(".localhost")) return true;
  boost::system::error_code no_address;
  boost::asio::ip::make_address(name, no_address);
  if (!no_address) return true;
  return std::any_of(names.begin(), names.end(),
                     [&](const std::string& each) { return lower(each) == name; });
}

}  // namespace gradus
