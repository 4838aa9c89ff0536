#include <cmath>

#include "describe/outlook_words.h"
#include "describe/words.h"
#include "report/html_sections.h"
#include "report/svg.h"

namespace gradus {
namespace {

std::string number(const std::string& text) { return "<td class=\"n\">" + text + "</td>"; }

std::string score_rows(const ForecastCalibration& calibration) {
  std::string out;
  for (const HorizonCalibration& horizon : calibration.horizons) {
    out +=
        "<tr>" + number(two_digits(horizon.doublings)) + number(with_thousands(horizon.resolved));
    for (const ForecastScore& score : horizon.scores)
      out += number(horizon.resolved > 0 ? two_digits(score.brier) : "");
    out += "</tr>\n";
  }
  return out;
}

std::string bin_rows(const ForecastCalibration& calibration) {
  std::string out;
  for (const CalibrationBin& bin :
       calibration.horizons[0].bins[static_cast<std::size_t>(calibration.shown)])
    if (bin.count > 0)
      out += "<tr>" + number(chance_words(bin.forecast)) +
             number(with_thousands(static_cast<std::uint64_t>(
                 std::llround(bin.happened * static_cast<double>(bin.count))))) +
             number(with_thousands(bin.count)) + "</tr>\n";
  return out;
}

}  // namespace

std::string html_calibration(const ForecastCalibration& calibration) {
  if (calibration.made == 0) return "";
  return "<h2>Forecasts beside what happened</h2>\n<p>" +
         markup_escaped(calibration_words(calibration)) +
         " The table has Brier scores: 0 is perfect, 0.25 is a coin.</p>\n<table><thead><tr>"
         "<th>doublings ahead</th><th>resolved</th><th>curve filter</th><th>straight line</th>"
         "<th>stays as it is</th></tr></thead>\n" +
         score_rows(calibration) +
         "</table>\n<p>Within one doubling, what was said and how often it came true:</p>\n"
         "<table><thead><tr><th>said</th><th>came true</th><th>of</th></tr></thead>\n" +
         bin_rows(calibration) + "</table>\n";
}

}  // namespace gradus
