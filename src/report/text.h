#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/json.h"

namespace sbert::report {

/// `text`, or its first characters and an ellipsis; what is not UTF-8 becomes U+FFFD.
std::string shortened(std::string_view text, size_t characters = std::string_view::npos);

/// A few digits, as on an axis: "0.25", "2e-5", "12k". NaN is a dash, as in all of these.
std::string short_number(double value);
/// As in tables of metrics: "0.8342", "-12.5000".
std::string metric_number(double value);
/// A change: "+0.0123".
std::string signed_number(double value);
/// "12.3 %", "0.05 %", "0 %"
std::string percent(double part);
/// "812 MB", "3.2 GB"
std::string format_bytes(uint64_t bytes);

/// A setting's value on one line: text as it is, all else as JSON.
std::string value_text(const OrderedJson& value);

}  // namespace sbert::report
