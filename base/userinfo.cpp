#include "base/userinfo.h"

#include <algorithm>

namespace gradus {
namespace {

constexpr std::string_view kBetweenWords = " \t\r\n,;\"'<>()[]{}`";

/// Where the user of an address begins in a word that has one before its '@' at `at`.
std::size_t begin_of_userinfo(std::string_view word, std::size_t at) {
  const std::size_t scheme = word.find("://");
  if (scheme < at) return scheme + 3;
  // Without a scheme only a password tells: name@host is a mail address, stall@2000 a fault.
  return word.find(':') < at ? 0 : std::string_view::npos;
}

}  // namespace

std::string without_userinfo(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t length = std::min(text.find_first_of(kBetweenWords), text.size());
    const std::string_view word = text.substr(0, length);
    const std::size_t at = word.rfind('@');
    const std::size_t begin = at == std::string_view::npos ? at : begin_of_userinfo(word, at);
    if (begin == std::string_view::npos) {
      out += word;
    } else {
      out.append(word.substr(0, begin)).append("***").append(word.substr(at));
    }
    out += text.substr(length, 1);
    text.remove_prefix(std::min(length + 1, text.size()));
  }
  return out;
}

}  // namespace gradus
