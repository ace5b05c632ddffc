#pragma once

#include <vector>

#include "report/record.h"

namespace sbert::report {

/// Measures the similarity of all sample pairs, by the model's own function, and puts it where `field` says.
void score_pairs(const SentenceTransformer& model, std::vector<ObjectiveRecord>& objectives, Precision precision,
                 double ScoredPair::*field);

/// Three texts, from the sample pairs if there are enough, as the trained model sees them in float32.
UsageExample make_usage_example(const SentenceTransformer& model, const std::vector<ObjectiveRecord>& objectives);

}  // namespace sbert::report
