#include "progress/growth_shapes.h"

namespace gradus {
namespace {

// G(-2, -.5, .5, 2), computed elsewhere to six digits: half a unit of the last of them.
TEST(GrowthShapes, HaveTheirReferenceValues) {
  const auto shapes = growth_shapes(Eigen::Array4d(-2, -.5, .5, 2));
  const std::array<Eigen::Array4d, kGrowthFamilies> expected{
      Eigen::Array4d{.119203, .377541, .622459, .880797},
      Eigen::Array4d{.005966, .318923, .656774, .910458},
      Eigen::Array4d{.089542, .343226, .681077, .994034}, Eigen::Array4d{0, 0, .393469, .864665}};
  for (std::size_t family = 0; family < expected.size(); ++family)
    for (int i = 0; i < 4; ++i)
      EXPECT_NEAR(shapes[family](i), expected[family](i), 5.1e-7) << family << " " << i;
}

TEST(GrowthShapes, InSinglePrecisionHaveTheirReferenceValues) {
  const auto shapes = growth_shapes(Eigen::Array4f(-2, -.5, .5, 2));
  EXPECT_NEAR(shapes[0](0), .119203, 1e-6);
  EXPECT_NEAR(shapes[1](1), .318923, 1e-6);
  EXPECT_NEAR(shapes[2](3), .994034, 1e-6);
  EXPECT_NEAR(shapes[3](2), .393469, 1e-6);
}

TEST(GrowthShapes, AreUndoneByTheirInverse) {
  const Eigen::Array4d x(.01, .3, 1, 2.5);
  const auto shapes = growth_shapes(x);
  for (int family = 0; family < kGrowthFamilies; ++family)
    for (int i = 0; i < 4; ++i)
      EXPECT_NEAR(inverse_growth_shape(family, shapes[static_cast<std::size_t>(family)](i)), x(i),
                  1e-9);
}

}  // namespace
}  // namespace gradus
