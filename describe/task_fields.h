#pragma once

#include "describe/field_visitor.h"
#include "progress/report.h"

namespace gradus {

void fields(FieldVisitor& visit, FacetProgress& facet);
void fields(FieldVisitor& visit, TaskProgress& task);
void fields(FieldVisitor& visit, TierProgress& tier);

}  // namespace gradus
