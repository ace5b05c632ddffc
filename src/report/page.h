#pragma once

#include <string>

#include "report/record.h"

namespace sbert::report {

/// A training run as one HTML page that needs nothing else: what was gained, the curves, scores of sample pairs, what
/// the data is like, and all settings. However long the run was, the page stays below a megabyte.
std::string html_page(const TrainingRecord& record);

// Parts of the page.
std::string results_section(const TrainingRecord& record);
std::string curves_section(const TrainingRecord& record);
std::string samples_section(const TrainingRecord& record);
std::string data_section(const TrainingRecord& record);
std::string settings_section(const TrainingRecord& record);

/// A heading of the page with what is below it.
std::string section(const std::string& id, const std::string& title, const std::string& content);
/// A chart and its caption, both HTML; nothing for a chart that is empty.
std::string figure(const std::string& caption, const std::string& chart);

}  // namespace sbert::report
