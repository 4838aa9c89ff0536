#pragma once

#include <cstdint>

namespace gradus {

/// How closely a task is followed: the frontier as often as the schedule allows, settled tasks more
/// thinly, those out of reach more thinly still.
enum class Interest : std::uint8_t { kFrontier, kSettled, kOutOfReach };

/// Tasks are probed so many times more thinly than the frontier.
inline constexpr unsigned kSettledEvery = 4;
inline constexpr unsigned kOutOfReachEvery = 10;
/// A settled task that waited so many of its turns goes with the frontier.
inline constexpr unsigned kPatience = 4;

}  // namespace gradus
