#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "learner/learner_loop.h"

namespace gradus {
namespace {

struct Grid {
  double per_doubling = 40;
  Step first = 64;
  Step spacing = 64;
};

Grid drawn_grid() {
  return {*rc::gen::inRange(1, 400) / 4.0, static_cast<Step>(*rc::gen::inRange(0, 5000)),
          static_cast<Step>(*rc::gen::inRange(0, 2000))};
}

RC_GTEST_PROP(ProbeGridProperty, NextIsLaterThanTheStep, ()) {
  const Grid grid = drawn_grid();
  const auto step = static_cast<Step>(*rc::gen::inRange(0, 50000000));
  RC_ASSERT(next_probe_step(step, grid.per_doubling, grid.first, grid.spacing) > step);
}

RC_GTEST_PROP(ProbeGridProperty, DoesNotDependOnThePath, ()) {
  // From any step before a grid point and after the one before it, the next is that point.
  const Grid grid = drawn_grid();
  const auto next = [&](Step step) {
    return next_probe_step(step, grid.per_doubling, grid.first, grid.spacing);
  };
  const Step point = next(static_cast<Step>(*rc::gen::inRange(0, 50000000)));
  const Step after = next(point);
  const Step between =
      point + static_cast<Step>(*rc::gen::inRange<int>(0, static_cast<int>(after - point)));
  RC_ASSERT(next(between) == after);
  RC_ASSERT(next(after - 1) == after);
}

RC_GTEST_PROP(ProbeGridProperty, KeepsItsDistance, ()) {
  const Grid grid = drawn_grid();
  const Step point = next_probe_step(static_cast<Step>(*rc::gen::inRange(0, 50000000)),
                                     grid.per_doubling, grid.first, grid.spacing);
  const Step gap = next_probe_step(point, grid.per_doubling, grid.first, grid.spacing) - point;
  const double geometric = static_cast<double>(point) * (std::exp2(1 / grid.per_doubling) - 1);
  RC_ASSERT(gap >= grid.spacing);
  RC_ASSERT(static_cast<double>(gap) > geometric - 1);
  RC_ASSERT(static_cast<double>(gap) <=
            std::max(geometric, static_cast<double>(std::max<Step>(grid.spacing, 1))));
}

}  // namespace
}  // namespace gradus
