#include "learner/learners/transformer_products.h"

#include <gtest/gtest.h>

#include <cstdint>

namespace gradus {
namespace {

using Products = TransformerProducts<float>;

// Small whole numbers, whose products and sums are exact in any order.
Matrix<float> numbers(Eigen::Index rows, Eigen::Index columns, int first) {
  Matrix<float> made(rows, columns);
  for (Eigen::Index i = 0; i < made.size(); ++i) {
    made(i % rows, i / rows) = static_cast<float>((first + 7 * i) % 11 - 5);
  }
  return made;
}

// Entry by entry; `transposed` and `outer` as in the products' names.
enum class Kind : std::uint8_t { kPlain, kTransposed, kOuter };
Matrix<float> expected(Kind kind, const Matrix<float>& a, const Matrix<float>& b) {
  const bool turned = kind == Kind::kTransposed;
  const bool outer = kind == Kind::kOuter;
  Matrix<float> product(turned ? a.cols() : a.rows(), outer ? b.rows() : b.cols());
  const Eigen::Index depth = turned ? a.rows() : a.cols();
  for (Eigen::Index row = 0; row < product.rows(); ++row) {
    for (Eigen::Index column = 0; column < product.cols(); ++column) {
      float sum = 0;
      for (Eigen::Index k = 0; k < depth; ++k) {
        sum += (turned ? a(k, row) : a(row, k)) * (outer ? b(column, k) : b(k, column));
      }
      product(row, column) = sum;
    }
  }
  return product;
}

TEST(TransformerProducts, SetOverwritesAndAddAdds) {
  const Matrix<float> a = numbers(48, 16, 1), b = numbers(16, 37, 2);
  Matrix<float> out = numbers(48, 37, 3);
  Products::set(out, a, b);
  EXPECT_EQ(out, expected(Kind::kPlain, a, b));
  Products::add(out, a, b);
  EXPECT_EQ(out, 2 * expected(Kind::kPlain, a, b));
}

TEST(TransformerProducts, TransposedTakesTheFirstFactorsColumns) {
  const Matrix<float> a = numbers(48, 16, 4), b = numbers(48, 37, 5);
  Matrix<float> out = numbers(16, 37, 6);
  Products::set_transposed(out, a, b);
  EXPECT_EQ(out, expected(Kind::kTransposed, a, b));
  Products::add_transposed(out, a, b);
  EXPECT_EQ(out, 2 * expected(Kind::kTransposed, a, b));
}

TEST(TransformerProducts, OuterSumsOverTheColumnsOfBoth) {
  const Matrix<float> a = numbers(48, 37, 7), b = numbers(16, 37, 8);
  Matrix<float> out = numbers(48, 16, 9);
  Products::set_outer(out, a, b);
  EXPECT_EQ(out, expected(Kind::kOuter, a, b));
}

// The gradients of queries, keys and values lie one above the other in one matrix.
TEST(TransformerProducts, WritesTheRowsThatItIsGivenAndNoOthers) {
  const Matrix<float> a = numbers(16, 37, 1), b = numbers(16, 37, 2), before = numbers(48, 16, 3);
  Matrix<float> out = before;
  Products::set_outer(out.middleRows(16, 16), a, b);
  EXPECT_EQ(out.middleRows(16, 16), expected(Kind::kOuter, a, b));
  EXPECT_EQ(out.topRows(16), before.topRows(16));
  EXPECT_EQ(out.bottomRows(16), before.bottomRows(16));
}

TEST(TransformerProducts, OfOneColumnIsTheSame) {
  const Matrix<float> a = numbers(48, 16, 1), b = numbers(16, 1, 2);
  Matrix<float> out = numbers(48, 1, 3);
  Products::set(out, a, b);
  EXPECT_EQ(out, expected(Kind::kPlain, a, b));
}

}  // namespace
}  // namespace gradus
