#pragma once

#include <string>
#include <string_view>

namespace gradus {

/// `text` with the user and password of every address in it replaced by "***": "https://***@host"
/// for "https://me:secret@host", "***@host:9092" for "me:secret@host:9092". What is hidden reaches
/// to the last '@' of a word, since a password may hold any character but blanks, quotes and
/// commas.
std::string without_userinfo(std::string_view text);

}  // namespace gradus
