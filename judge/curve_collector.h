#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "judge/curve_choice.h"
#include "judge/curve_file.h"

namespace gradus {

/// What the names of a file's curves are. A training log also keeps losses and learning rates,
/// which are left out by their names unless they are chosen.
enum class SeriesNames : std::uint8_t { kTasks, kTrainingLog };

/// Checks the rows of a file and sorts them by task. A row that cannot be used is left out, counted
/// by reason, and the first ones are named with their place and what would be right. A curve most
/// of whose values lie outside [0, 1] is no score: it is left out as a whole, in one note.
/// Memory: the good rows. Threads: owned by one thread.
class CurveCollector {
 public:
  /// `place`: what stands between the file's name and the number of a row, e.g. ":". `choice`
  /// outlives the collector.
  CurveCollector(std::string file, std::string place, SeriesNames names, const CurveChoice& choice);

  void add(const CurveRow& row, std::size_t number);
  /// A row that could not be read at all. `why`: what is wrong and what would be right.
  void reject(std::size_t number, std::string_view why);
  /// Whether so many rows could not be used that this is no file of curves: reading on is in vain.
  bool hopeless() const { return file_.bad_rows >= kMostBadRows; }
  void note(std::string text) { file_.notes.push_back(std::move(text)); }
  /// "FILE:12".
  std::string at(std::size_t number) const;

  /// Errors: kBadConfig where no curve is left or the file is hopeless, with the first reason.
  Result<CurveFile> finish();

  static constexpr std::uint64_t kMostBadRows = 1'000'000;

 private:
  enum class Problem : std::uint8_t {
    kUnreadable,
    kNoNumber,
    kOutside,
    kNotAbove,
    kContradicts,
  };
  static constexpr std::size_t kProblems = 5;
  struct Named {
    std::size_t number;
    std::string text;
  };
  struct Gathered {
    FileCurve curve;
    ValueKind kind = ValueKind::kScore;
    bool left_out = false;
    std::size_t outside = 0;
    std::vector<Named> named_outside;
  };

  Gathered& curve_of(const CurveRow& row);
  bool fits_curve(const CurveRow& row, FileCurve& curve, std::size_t number);
  bool keep_property(std::string_view name, const std::optional<double>& value,
                     std::optional<double>& kept, double low, double high, std::size_t number);
  void name_outside(const CurveRow& row, Gathered& gathered, std::size_t number);
  void count(Problem problem, std::size_t number, std::string_view why);
  void tell_left_out();
  void leave_out_what_is_no_score();
  void tell_problems();

  CurveFile file_;
  std::string place_;
  SeriesNames names_;
  const CurveChoice& choice_;
  std::vector<Gathered> gathered_;
  std::map<std::string, std::size_t, std::less<>> index_;
  std::size_t last_ = 0;  // index of the task of the last row
  std::size_t counts_[kProblems] = {};
  std::vector<Named> named_;
  std::vector<std::string> skipped_;    // names that --metric leaves out
  std::vector<std::string> no_scores_;  // names that say so
};

}  // namespace gradus
