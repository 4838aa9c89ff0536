#include "serve/host_check.h"

#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <cctype>
#include <charconv>
#include <cstdint>

#include "serve/url.h"

namespace gradus {
namespace {

namespace ip = boost::asio::ip;
using ParseError = boost::system::error_code;

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

/// unreserved, sub-delims and the '%' of escapes; what an escape stands for does not matter, since
/// no name that is answered has one.
bool is_name_character(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
         std::string_view("-._~!$&'()*+,;=%").find(c) != std::string_view::npos;
}

bool is_port_number(std::string_view text) {
  if (text.empty()) return true;  // "host:" is valid
  std::uint16_t port = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, port);
  return error == std::errc() && rest == end;
}

bool is_ipv6(const std::string& text) {
  ParseError error;
  ip::make_address_v6(text, error);
  return !error && text.find('%') == std::string::npos;
}

}  // namespace

std::optional<std::string> host_name(std::string_view header) {
  const bool bracketed = header.starts_with('[');
  const std::size_t end = bracketed ? header.find(']') : header.find(':');
  if (bracketed && end == std::string_view::npos) return std::nullopt;
  std::string_view host = header.substr(bracketed ? 1 : 0, bracketed ? end - 1 : end);
  std::string_view rest = header.substr(std::min(header.size(), bracketed ? end + 1 : end));
  if (!rest.empty() && (host.empty() || rest.front() != ':' || !is_port_number(rest.substr(1))))
    return std::nullopt;
  if (bracketed) return is_ipv6(std::string(host)) ? std::optional(lower(host)) : std::nullopt;
  if (!std::all_of(host.begin(), host.end(), is_name_character)) return std::nullopt;
  if (host == ".") return std::nullopt;
  if (host.ends_with('.')) host.remove_suffix(1);
  return lower(host);
}

bool is_own_host(std::string_view host, const std::vector<std::string>& names) {
  if (host.empty() || host == "localhost" || host.ends_with(".localhost")) return true;
  ParseError no_address;
  ip::make_address(std::string(host), no_address);
  if (!no_address) return true;
  return std::any_of(names.begin(), names.end(),
                     [&](const std::string& each) { return lower(each) == host; });
}

std::string exposure_words(std::string_view address) {
  const auto host_port = parse_address(address);
  if (!host_port) return "";
  ParseError no_address;
  const ip::address host = ip::make_address(host_port->host, no_address);
  if (no_address || host.is_loopback()) return "";
  return "listening on " + std::string(address) +
         " without password or TLS: whoever can reach it reads everything and may annotate; listen "
         "on 127.0.0.1, or put a proxy that asks for a password in front";
}

}  // namespace gradus
