#pragma once

#include <string>
#include <utility>
#include <vector>

#include "report/record.h"

namespace sbert::report {

/// This machine and this process, now.
MachineRecord describe_machine();

/// What took part in computing: name and version.
std::vector<std::pair<std::string, std::string>> versions();

}  // namespace sbert::report
