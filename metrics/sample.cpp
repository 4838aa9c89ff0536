#include "metrics/sample.h"

#include <array>

namespace gradus {
namespace {

constexpr std::array<double, 12> kRenderSeconds = {.0001, .00025, .0005, .001, .0025, .005,
                                                   .01,   .025,   .05,   .1,   .25,   1};

}  // namespace

ServerStats::ServerStats() : render_seconds(kRenderSeconds) {}

}  // namespace gradus
