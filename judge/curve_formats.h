#pragma once

#include <string>
#include <string_view>

#include "base/registry.h"
#include "base/result.h"
#include "judge/curve_collector.h"

namespace gradus {

/// A form that learning curves are kept in.
struct CurveFormat {
  std::string_view name;
  std::string_view about;
  SeriesNames names;
  std::string_view place;  ///< between the file's name and the number of a row in messages
  /// Where several forms recognise a file, the one with the lowest rank reads it: the narrowest.
  int rank;
  bool (*recognises)(std::string_view bytes);
  /// Gives every row to the collector. Errors: kBadConfig where the whole is not of this form.
  Result<void> (*read)(std::string_view bytes, const std::string& file, CurveCollector& rows);
};

/// All forms.
Registry<CurveFormat> curve_formats();

/// Reads a file's bytes in the form of that name; an empty name finds the form by content.
/// Errors: kBadConfig for content of no form that is known, and those of the form.
Result<CurveFile> read_curves(std::string_view bytes, const std::string& file,
                              std::string_view format, const CurveChoice& choice);

}  // namespace gradus
