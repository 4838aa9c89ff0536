#include "serve/url.h"

#include <algorithm>
#include <cctype>
#include <charconv>

namespace gradus {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// Percent-decodes; what is not a valid escape stays as it is.
std::string decode(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 &&
        hex_digit(text[i + 2]) >= 0) {
      out += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
      i += 2;
    } else {
      out += text[i] == '+' ? ' ' : text[i];
    }
  }
  return out;
}

constexpr std::string_view kThisMachine = "127.0.0.1";

bool is_port(std::string_view text) {
  return !text.empty() && text.size() <= 5 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Looks like a name or an address without a port.
bool is_host(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '.' || c == '-';
  });
}

}  // namespace

HttpTarget parse_target(std::string_view target) {
  HttpTarget out;
  const std::size_t question = target.find('?');
  out.path = decode(target.substr(0, question));
  std::string_view rest =
      question == std::string_view::npos ? std::string_view() : target.substr(question + 1);
  while (!rest.empty()) {
    const std::string_view pair = rest.substr(0, rest.find('&'));
    rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
    if (pair.empty()) continue;
    const std::size_t equals = pair.find('=');
    const std::string_view value =
        equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1);
    out.query.try_emplace(decode(pair.substr(0, equals)), decode(value));
  }
  return out;
}

Result<std::string> server_url(std::string_view text) {
  constexpr std::string_view kScheme = "http://";
  std::string_view rest = text.starts_with(kScheme) ? text.substr(kScheme.size()) : text;
  while (rest.ends_with('/')) rest.remove_suffix(1);
  const std::size_t slash = std::min(rest.find('/'), rest.size());
  std::string authority(rest.substr(0, slash));
  if (is_port(authority)) authority.insert(0, ":");
  if (authority.starts_with(':')) authority.insert(0, kThisMachine);
  if (parse_address(authority))
    return std::string(kScheme) + authority + std::string(rest.substr(slash));
  std::string why = "http://HOST:PORT, HOST:PORT or PORT is expected";
  if (text.starts_with("https://"))
    why += "; gradus itself speaks no TLS";
  else if (is_host(authority))
    why += "; did you mean " + authority + ":9630?";
  return fail(ErrorCode::kBadConfig,
              "'" + std::string(text) + "' is not the address of a gradus: " + why);
}

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (const char each : text) {
    const auto byte = static_cast<unsigned char>(each);
    if (std::isalnum(byte) != 0 || std::string_view("-._~").find(each) != std::string_view::npos)
      out += each;
    else
      (out += '%') += {kDigits[byte >> 4], kDigits[byte & 15]};
  }
  return out;
}

Result<HostPort> parse_address(std::string_view address) {
  const std::size_t colon = address.rfind(':');
  HostPort out;
  const auto refuse = [&] {
    const std::string port(address.substr(address.starts_with(':') ? 1 : 0));
    return fail(ErrorCode::kBadConfig, "'" + std::string(address) +
                                           "' is not an address: HOST:PORT is expected, such as " +
                                           std::string(kThisMachine) + ":" +
                                           (is_port(port) ? port : "9630"));
  };
  if (colon == std::string_view::npos || colon == 0) return refuse();
  std::string_view host = address.substr(0, colon);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']')
    host = host.substr(1, host.size() - 2);
  const std::string_view port = address.substr(colon + 1);
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), out.port);
  if (error != std::errc() || end != port.data() + port.size() || port.empty()) return refuse();
  out.host = host == "localhost" ? "127.0.0.1" : std::string(host);
  return out;
}

}  // namespace gradus
