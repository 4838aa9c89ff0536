#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "run/config.h"

namespace CLI {
class App;
class Option;
class Validator;
}  // namespace CLI

namespace gradus {

/// The largest seed: what a configuration's `learner.seed` takes too.
inline constexpr std::uint64_t kLargestSeed = std::uint64_t{1} << 62;

/// Takes a whole number in decimal digits, from `least` to `largest`. CLI11 by itself wraps -3
/// round to a count that never ends.
CLI::Validator whole_number(std::uint64_t largest = UINT64_MAX, std::uint64_t least = 0);

/// Takes a finite number from 0 on.
CLI::Validator number_from_zero();

/// Takes a number from `least` to `largest`.
CLI::Validator number_between(double least, double largest);

/// Takes the address of a running gradus as people type it and turns it into a URL.
CLI::Validator server_address();

/// Lets the option take these words only; the answer to another one names the nearest.
CLI::Option* takes_one_of(CLI::Option* option, std::vector<std::string> words);

/// Declares words that a shell offers for the value, which may be others too. One that ends in @ or
/// = is only the beginning of a value.
CLI::Option* offers(CLI::Option* option, const std::vector<std::string>& words);
std::vector<std::string> offered_words(CLI::Option& option);

/// The words that an option offers for a learner and for a ladder.
std::vector<std::string> learner_names();
std::vector<std::string> ladder_names();

/// Puts the option in front of an error about what it names: there is no such file or ladder.
Error of_option(std::string_view option, const Error& error);

/// Declares --set KEY=VALUE, which may be given several times.
void declare_set(CLI::App& app, std::vector<std::string>& set, const std::string& about);

/// Keeps with the configuration what ends a run besides its stream, 0 being no limit: a report says
/// how the run was started.
void state_limits(std::uint64_t examples, double seconds, Config& config);

/// Refuses a file that could not be written later, before a run has cost anything; an empty path is
/// none. Errors: kBadConfig with the option that names the file.
Result<void> require_writable(std::string_view option, const std::filesystem::path& file);

}  // namespace gradus
