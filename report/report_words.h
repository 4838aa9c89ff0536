#pragma once

#include <string>
#include <utility>
#include <vector>

#include "report/report_data.h"

namespace gradus {

/// A name with what is known of it, for people.
using ReportFacts = std::vector<std::pair<std::string, std::string>>;

/// "2026-11-24 13:04 UTC"; empty for no time.
std::string date_words(Timestamp time);
/// What was learned, in one line: ladder, examples, date, version.
std::string subject_words(const ReportData& data);
/// What the order of learning shows, in a few sentences; empty where nothing is halfway.
std::string order_words(const ReportData& data, const std::vector<OrderEntry>& order);

ReportFacts learner_facts(const LearnerFigures& learner);
ReportFacts stream_facts(const StreamFigures& stream);
/// Versions, seed and start.
ReportFacts origin_facts(const RunOrigin& origin);

/// The milestones of all tasks, in ladder order: what learning_order takes.
std::vector<Milestones> milestones_of(const ReportData& data);

}  // namespace gradus
