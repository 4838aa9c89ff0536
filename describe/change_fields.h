#pragma once

#include "describe/field_visitor.h"
#include "progress/annotation.h"
#include "progress/verdict_change.h"

namespace gradus {

void fields(FieldVisitor& visit, Annotation& annotation);
void fields(FieldVisitor& visit, Evidence& evidence);
void fields(FieldVisitor& visit, LostAnswer& lost);
void fields(FieldVisitor& visit, StreamWindow& window);
void fields(FieldVisitor& visit, VerdictChange& change);
/// A change as the event tells it: when, and from what to what.
void fields(FieldVisitor& visit, TaskChange& change);

}  // namespace gradus
