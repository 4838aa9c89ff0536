#pragma once

#include "describe/field_visitor.h"
#include "progress/report.h"

namespace gradus {

void fields(FieldVisitor& visit, Threshold& threshold);
void fields(FieldVisitor& visit, ExamplesToTarget& examples);
void fields(FieldVisitor& visit, CalibrationBin& bin);
void fields(FieldVisitor& visit, HorizonCalibration& horizon);
void fields(FieldVisitor& visit, IntervalCalibration& intervals);
void fields(FieldVisitor& visit, ForecastCalibration& calibration);

/// The members of a task for the beliefs of its forecast, and for when it reaches its target.
void belief_fields(FieldVisitor& visit, std::optional<Forecast>& forecast);
void target_fields(FieldVisitor& visit, std::optional<Forecast>& forecast);

}  // namespace gradus
