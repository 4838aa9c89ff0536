#pragma once

#include "describe/field_visitor.h"
#include "describe/progress_document.h"

namespace gradus {

void fields(FieldVisitor& visit, CurvePoint& point);
void fields(FieldVisitor& visit, HistoryStats& history);
void fields(FieldVisitor& visit, LearnerFigures& learner);
void fields(FieldVisitor& visit, StreamFigures& stream);
void fields(FieldVisitor& visit, PartitionFigures& partition);
/// The figures of the probes, with those of the report's tasks that are watched.
void probing_fields(FieldVisitor& visit, ProbingFigures& probing, const ProgressReport& report);

void fields(FieldVisitor& visit, HistoryDocument& document);  /// The body of /api/v1/progress.
void fields(FieldVisitor& visit, ProgressDocument& document);
/// What progress.json says before it: how the run was made.
void origin_fields(FieldVisitor& visit, ProgressDocument& document);

}  // namespace gradus
