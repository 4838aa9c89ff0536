#include <rapidcheck/gtest.h>

#include <cstdint>
#include <limits>
#include <sstream>

#include "base/options.h"

namespace gradus {
namespace {

RC_GTEST_PROP(Options, ReadBackEveryInteger, (std::int64_t value)) {
  Options options;
  options.set("n", std::to_string(value), "");
  RC_ASSERT(options.integer("n", 0, INT64_MIN, INT64_MAX) == value);
  RC_ASSERT(options.finish().has_value());
}

RC_GTEST_PROP(Options, ReadBackEveryNumber, (double value)) {
  std::ostringstream shown;
  shown.precision(std::numeric_limits<double>::max_digits10);
  shown << value;
  Options options;
  options.set("x", shown.str(), "");
  const double most = std::numeric_limits<double>::max();
  RC_ASSERT(options.number("x", 0, -most, most) == value);
}

RC_GTEST_PROP(Options, GiveAValueInRangeOrAnError, (const std::string& text)) {
  Options options;
  options.set("x", text, "");
  const double value = options.number("x", 0.5, 0, 1);
  RC_ASSERT(value >= 0);
  RC_ASSERT(value <= 1);
  RC_ASSERT(options.finish().has_value() || value == 0.5);
}

}  // namespace
}  // namespace gradus
