#include "judge/curve_collector.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <utility>

#include "describe/words.h"

namespace gradus {
namespace {

constexpr std::size_t kNamed = 5;  // bad rows that are named; the others are only counted
constexpr std::size_t kNamesInANote = 8;
constexpr double kLargestStep = 9e15;  // whole numbers are exact in a double up to here
constexpr double kMostItems = 1e9;

std::string figure(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.6g", value);
  return text.data();
}

std::string some_of(const std::vector<std::string>& names) {
  std::string out;
  for (std::size_t i = 0; i < std::min(names.size(), kNamesInANote); ++i)
    out += (i == 0 ? "" : ", ") + names[i];
  if (names.size() > kNamesInANote)
    out += " and " + std::to_string(names.size() - kNamesInANote) + " more";
  return out;
}

std::string of_task(const CurveRow& row) {
  return " (task '" + std::string(row.task) + "', step " + figure(row.step) + ")";
}

}  // namespace

CurveCollector::CurveCollector(std::string file, std::string place, SeriesNames names,
                               const CurveChoice& choice)
    : place_(std::move(place)), names_(names), choice_(choice) {
  file_.name = std::move(file);
}

std::string CurveCollector::at(std::size_t number) const {
  return file_.name + place_ + std::to_string(number);
}

void CurveCollector::add(const CurveRow& row, std::size_t number) {
  Gathered& gathered = curve_of(row);
  if (gathered.left_out) return;
  ++file_.rows;
  if (!(row.step >= 0 && row.step <= kLargestStep && row.step == std::floor(row.step)))
    return count(Problem::kNoNumber, number,
                 "step " + figure(row.step) + " of task '" + std::string(row.task) +
                     "'; a whole number from 0 is expected");
  const double score = score_of(gathered.kind, row.score);
  if (std::isnan(score))
    return count(Problem::kNoNumber, number,
                 "the score is not a number" + of_task(row) + "; a share of 1 is expected");
  if (score < 0 || score > 1) return name_outside(row, gathered, number);
  if (!fits_curve(row, gathered.curve, number)) return;
  gathered.curve.scores.push_back({static_cast<Step>(row.step), score, row.exact, row.time});
}

void CurveCollector::reject(std::size_t number, std::string_view why) {
  ++file_.rows;
  count(Problem::kUnreadable, number, why);
}

CurveCollector::Gathered& CurveCollector::curve_of(const CurveRow& row) {
  if (last_ < gathered_.size() && gathered_[last_].curve.task == row.task) return gathered_[last_];
  const auto known = index_.find(row.task);
  if (known != index_.end()) {
    last_ = known->second;
    return gathered_[last_];
  }
  last_ = gathered_.size();
  index_.emplace(row.task, last_);
  Gathered& gathered = gathered_.emplace_back();
  gathered.curve.task = row.task;
  gathered.curve.tier = row.tier;
  gathered.kind = choice_.kind_of(row.task);
  const bool no_score = names_ == SeriesNames::kTrainingLog && !choice_.names(row.task) &&
                        is_no_score_by_name(row.task);
  const bool skipped = choice_.leaves_out(row.task);
  gathered.left_out = skipped || no_score;
  if (gathered.left_out) (skipped ? skipped_ : no_scores_).push_back(gathered.curve.task);
  return gathered;
}

bool CurveCollector::fits_curve(const CurveRow& row, FileCurve& curve, std::size_t number) {
  if (row.exact && !(*row.exact >= 0 && *row.exact <= 1)) {
    count(Problem::kOutside, number,
          "exact " + figure(*row.exact) + " is outside [0, 1]" + of_task(row));
    return false;
  }
  if (!curve.scores.empty() && row.step <= static_cast<double>(curve.scores.back().step)) {
    count(Problem::kNotAbove, number,
          "step " + figure(row.step) + " is not above " + std::to_string(curve.scores.back().step) +
              ", the last one of task '" + curve.task + "'; steps in ascending order are expected");
    return false;
  }
  if (curve.tier != row.tier) {
    count(Problem::kContradicts, number,
          "task '" + curve.task + "' is of tier '" + curve.tier + "' before and of '" +
              std::string(row.tier) + "' here; one tier a task is expected");
    return false;
  }
  return keep_property("items", row.items, curve.items, 1, kMostItems, number) &&
         keep_property("target", row.target, curve.target, 0, 1, number) &&
         keep_property("chance", row.chance, curve.chance, 0, 1, number) &&
         keep_property("floor", row.floor, curve.floor, 0, 1, number);
}

bool CurveCollector::keep_property(std::string_view name, const std::optional<double>& value,
                                   std::optional<double>& kept, double low, double high,
                                   std::size_t number) {
  if (!value) return true;
  const std::string said = std::string(name) + " " + figure(*value);
  if (!(*value >= low && *value <= high)) {
    count(Problem::kOutside, number,
          said + " is outside [" + figure(low) + ", " + figure(high) + "]");
    return false;
  }
  if (kept && *kept != *value) {
    count(Problem::kContradicts, number,
          said + ", but " + figure(*kept) + " in an earlier row of this task; one value a task " +
              "is expected");
    return false;
  }
  kept = value;
  return true;
}

void CurveCollector::name_outside(const CurveRow& row, Gathered& gathered, std::size_t number) {
  ++gathered.outside;
  if (gathered.named_outside.size() == kNamed) return;
  gathered.named_outside.push_back(
      {number, "score " + figure(row.score) + " is outside [0, 1]" + of_task(row)});
}

void CurveCollector::count(Problem problem, std::size_t number, std::string_view why) {
  ++counts_[static_cast<std::size_t>(problem)];
  ++file_.bad_rows;
  if (named_.size() < kNamed) named_.push_back({number, std::string(why)});
}

void CurveCollector::leave_out_what_is_no_score() {
  for (Gathered& each : gathered_) {
    const std::size_t all = each.outside + each.curve.scores.size();
    if (2 * each.outside > all) {
      const std::string& task = each.curve.task;
      note("'" + task + "' is left out: " + std::to_string(each.outside) + " of its " +
           std::to_string(all) + " values lie outside [0, 1], first " +
           at(each.named_outside[0].number) + ": " + each.named_outside[0].text + ". --percent '" +
           task + "' divides by 100, --log-loss '" + task + "' takes e^-value, --error-rate '" +
           task + "' 1 - value");
      file_.rows -= all;
      each.curve.scores.clear();
      continue;
    }
    counts_[static_cast<std::size_t>(Problem::kOutside)] += each.outside;
    file_.bad_rows += each.outside;
    for (Named& named : each.named_outside) named_.push_back(std::move(named));
  }
  std::stable_sort(named_.begin(), named_.end(),
                   [](const Named& a, const Named& b) { return a.number < b.number; });
  if (named_.size() > kNamed) named_.resize(kNamed);
}

void CurveCollector::tell_problems() {
  constexpr std::array<std::string_view, kProblems> kWords = {
      "unreadable", "without a usable number", "with a value outside its range",
      "whose step is not above the task's last", "that contradict earlier rows"};
  for (const Named& named : named_) file_.problems.push_back(at(named.number) + ": " + named.text);
  if (file_.bad_rows == 0) return;
  std::string all;
  for (std::size_t i = 0; i < kProblems; ++i)
    if (counts_[i] > 0)
      all += (all.empty() ? "" : ", ") + with_thousands(counts_[i]) + " " + std::string(kWords[i]);
  file_.problems.push_back(file_.name + ": " + with_thousands(file_.bad_rows) + " of " +
                           with_thousands(file_.rows) + " rows left out: " + all);
}

void CurveCollector::tell_left_out() {
  if (!skipped_.empty()) note("not chosen by --metric: " + some_of(skipped_));
  if (!no_scores_.empty())
    note("left out, since their names say that they are no scores: " + some_of(no_scores_) +
         " (--metric takes one as it is, --log-loss as e^-value, --error-rate as 1 - value)");
}

Result<CurveFile> CurveCollector::finish() {
  if (hopeless())
    return fail(ErrorCode::kBadConfig,
                file_.name + ": no file of curves: " + with_thousands(file_.bad_rows) +
                    " of its first " + with_thousands(file_.rows) + " rows cannot be used; first " +
                    at(named_[0].number) + ": " + named_[0].text);
  tell_left_out();
  leave_out_what_is_no_score();
  tell_problems();
  for (Gathered& each : gathered_)
    if (!each.curve.scores.empty()) file_.curves.push_back(std::move(each.curve));
  if (!file_.curves.empty()) return std::move(file_);
  std::string why = file_.notes.empty() ? "there is not one row in it" : file_.notes.back();
  if (!named_.empty())
    why = "not one of its " + with_thousands(file_.rows) + " rows could be used; first " +
          file_.problems[0];
  return fail(ErrorCode::kBadConfig, file_.name + ": no curve to judge: " + why);
}

}  // namespace gradus
