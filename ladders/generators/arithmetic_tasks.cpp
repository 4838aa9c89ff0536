#include "ladders/generators/arithmetic_tasks.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace gradus::arithmetic {
namespace {

using Tags = std::vector<std::string>;

int draw(SplitMix64& random, int low, int high) {
  return static_cast<int>(random.between(low, high));
}

/// Carries of the addition a + b, by schoolbook.
int carries(int a, int b) {
  int count = 0;
  for (int carry = 0; a > 0 || b > 0; a /= 10, b /= 10) {
    carry = a % 10 + b % 10 + carry >= 10 ? 1 : 0;
    count += carry;
  }
  return count;
}

void write_sum(Question& q) {
  q.prompt << q.a << "+" << q.b;
  q.answer = q.a + q.b;
}

void write_difference(Question& q) {
  q.prompt << q.a << "-" << q.b;
  q.answer = q.a - q.b;
}

void draw_copy(SplitMix64& random, Question& q) {
  q.a = draw(random, 0, 999);
  q.prompt << "copy " << q.a;
  q.answer = q.a;
}

void draw_max(SplitMix64& random, Question& q) {
  q.a = draw(random, 0, 9);
  q.b = draw(random, 0, 9);
  q.c = draw(random, 0, 9);
  q.prompt << "max " << q.a << " " << q.b << " " << q.c;
  q.answer = std::max({q.a, q.b, q.c});
}

void draw_next(SplitMix64& random, Question& q) {
  q.a = draw(random, 0, 998);
  q.prompt << "next " << q.a;
  q.answer = q.a + 1;
}

void draw_odd(SplitMix64& random, Question& q) {
  q.a = draw(random, 0, 999);
  q.prompt << "odd " << q.a;
  q.answer = q.a % 2;
}

void draw_add1(SplitMix64& random, Question& q) {
  q.a = draw(random, 0, 99);
  q.b = draw(random, 0, 9);
  write_sum(q);
}

void draw_sub1(SplitMix64& random, Question& q) {
  q.a = draw(random, 10, 99);
  q.b = draw(random, 0, 9);
  write_difference(q);
}

void draw_two_digits(SplitMix64& random, Question& q) {
  q.a = draw(random, 10, 99);
  q.b = draw(random, 10, 99);
}

void draw_add2n(SplitMix64& random, Question& q) {
  do draw_two_digits(random, q);
  while (carries(q.a, q.b) > 0);
  write_sum(q);
}

void draw_add2c(SplitMix64& random, Question& q) {
  do draw_two_digits(random, q);
  while (carries(q.a, q.b) == 0);
  write_sum(q);
}

void draw_sub2(SplitMix64& random, Question& q) {
  draw_two_digits(random, q);
  if (q.a < q.b) std::swap(q.a, q.b);
  write_difference(q);
}

void draw_add3(SplitMix64& random, Question& q) {
  q.a = draw(random, 100, 999);
  q.b = draw(random, 100, 999);
  write_sum(q);
}

void draw_add4(SplitMix64& random, Question& q) {
  q.a = draw(random, 1000, 9999);
  q.b = draw(random, 1000, 9999);
  write_sum(q);
}

void draw_twostep(SplitMix64& random, Question& q) {
  do {
    draw_two_digits(random, q);
    q.c = draw(random, 10, 99);
  } while (q.a + q.b < q.c);
  q.prompt << q.a << "+" << q.b << "-" << q.c;
  q.answer = q.a + q.b - q.c;
}

void draw_modadd(SplitMix64& random, Question& q) {
  draw_two_digits(random, q);
  q.c = draw(random, 3, 9);
  q.prompt << q.a << "+" << q.b << " mod " << q.c;
  q.answer = (q.a + q.b) % q.c;
}

void draw_mul(SplitMix64& random, Question& q) {
  q.a = draw(random, 10, 99);
  q.b = draw(random, 2, 9);
  q.prompt << q.a << "*" << q.b;
  q.answer = q.a * q.b;
}

enum Form { kSumTimes, kTimesSum, kPlusProduct, kTimesDifference };

void draw_expr(SplitMix64& random, Question& q) {
  q.a = draw(random, 1, 9);
  q.b = draw(random, 1, 9);
  q.c = draw(random, 1, 9);
  q.form = draw(random, kSumTimes, kTimesDifference);
  switch (q.form) {
    case kSumTimes:
      q.prompt << "(" << q.a << "+" << q.b << ")*" << q.c;
      q.answer = (q.a + q.b) * q.c;
      break;
    case kTimesSum:
      q.prompt << q.a << "*(" << q.b << "+" << q.c << ")";
      q.answer = q.a * (q.b + q.c);
      break;
    case kPlusProduct:
      q.prompt << q.a << "+" << q.b << "*" << q.c;
      q.answer = q.a + q.b * q.c;
      break;
    default:
      if (q.b < q.c) std::swap(q.b, q.c);
      q.prompt << q.a << "*(" << q.b << "-" << q.c << ")";
      q.answer = q.a * (q.b - q.c);
  }
}

void draw_gcd(SplitMix64& random, Question& q) {
  int u = 0;
  int v = 0;
  do {
    q.answer = draw(random, 1, 12);
    u = draw(random, 1, 99 / q.answer);
    v = draw(random, 1, 99 / q.answer);
  } while (u == v || std::gcd(u, v) != 1);
  q.a = q.answer * u;
  q.b = q.answer * v;
  q.prompt << "gcd " << q.a << " " << q.b;
}

void draw_solve(SplitMix64& random, Question& q) {
  q.a = draw(random, 2, 9);
  q.answer = draw(random, 0, 20);
  q.b = draw(random, 0, 50);
  q.prompt << q.a << "x+" << q.b << "=" << q.a * q.answer + q.b << ",x";
}

void tag_carry(const Question& q, Tags& tags) {
  tags.emplace_back(carries(q.a, q.b) > 0 ? "carry" : "no_carry");
}

void tag_next(const Question& q, Tags& tags) {
  tags.emplace_back(carries(q.a, 1) > 0 ? "carry" : "no_carry");
}

/// One or both: where the carries of a two-digit sum come from.
void tag_carry_place(const Question& q, Tags& tags) {
  if (q.a % 10 + q.b % 10 >= 10) tags.emplace_back("carry_ones");
  if (q.a + q.b >= 100) tags.emplace_back("carry_tens");
}

void tag_carry_count(const Question& q, Tags& tags) {
  constexpr std::array kNames = {"no_carry", "one_carry", "more_carries"};
  tags.emplace_back(kNames[static_cast<std::size_t>(std::min(carries(q.a, q.b), 2))]);
}

void tag_borrow(const Question& q, Tags& tags) {
  tags.emplace_back(q.a % 10 < q.b % 10 ? "borrow" : "no_borrow");
}

void tag_twostep(const Question& q, Tags& tags) {
  tags.emplace_back(q.a + q.b < 100 ? "sum_below_100" : "sum_from_100");
}

void tag_modadd(const Question& q, Tags& tags) {
  tags.emplace_back(q.c <= 5 ? "mod_3_to_5" : "mod_6_to_9");
}

void tag_mul(const Question& q, Tags& tags) {
  tags.emplace_back(q.b <= 5 ? "times_2_to_5" : "times_6_to_9");
}

void tag_expr(const Question& q, Tags& tags) {
  constexpr std::array kNames = {"sum_times", "times_sum", "plus_product", "times_difference"};
  tags.emplace_back(kNames[static_cast<std::size_t>(q.form)]);
}

void tag_gcd(const Question& q, Tags& tags) {
  if (q.answer == 1) {
    tags.emplace_back("gcd_1");
  } else {
    tags.emplace_back(q.answer <= 4 ? "gcd_2_to_4" : q.answer <= 8 ? "gcd_5_to_8" : "gcd_9_to_12");
  }
}

void tag_solve(const Question& q, Tags& tags) {
  tags.emplace_back(q.answer < 10 ? "x_below_10" : "x_from_10");
}

constexpr std::size_t kMany = 1000;

constexpr auto kTasks = std::to_array<ArithmeticTask>({
    {"copy", draw_copy, nullptr, 181},
    {"max", draw_max, nullptr, 208},
    {"next", draw_next, tag_next, 191},
    {"odd", draw_odd, nullptr, 200},
    {"add1", draw_add1, tag_carry, 188},
    {"sub1", draw_sub1, tag_borrow, 181},
    {"add2n", draw_add2n, nullptr, 374},
    {"add2c", draw_add2c, tag_carry_place, kMany},
    {"sub2", draw_sub2, tag_borrow, 861},
    {"add3", draw_add3, tag_carry_count, kMany},
    {"twostep", draw_twostep, tag_twostep, kMany},
    {"modadd", draw_modadd, tag_modadd, kMany},
    {"mul", draw_mul, tag_mul, 150},
    {"expr", draw_expr, tag_expr, 517},
    {"gcd", draw_gcd, tag_gcd, kMany},
    {"solve", draw_solve, tag_solve, kMany},
    {"add4", draw_add4, tag_carry_count, kMany},
});

constexpr auto kGeneratorTasks = [] {
  std::array<GeneratorTask, kTasks.size()> listed{};
  for (std::size_t i = 0; i < listed.size(); ++i) {
    listed[i] = {kTasks[i].name, kTasks[i].most_items};
  }
  return listed;
}();

}  // namespace

std::span<const ArithmeticTask> tasks() { return kTasks; }

std::span<const GeneratorTask> generator_tasks() { return kGeneratorTasks; }

void draw_for_stream(const ArithmeticTask& task, SplitMix64& random, Question& question) {
  do {
    question.prompt.clear();
    task.draw(random, question);
  } while (is_held_out(question.prompt.view()));
}

}  // namespace gradus::arithmetic
