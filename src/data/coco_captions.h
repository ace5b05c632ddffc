#pragma once

#include <optional>
#include <string>

#include <sbert/dataset.h>

namespace sbert {

/// COCO captions as rows: {"annotations": [{"image_id": 1, "caption": "..."}, ...]} becomes
/// {"image_id": "1", "captions": ["...", ...]}, ..., in the order in which the images first come. Nothing if the
/// document is something else. `name` begins the message. THROWS: corrupt_data for an annotation unlike the first.
std::optional<Value::List> coco_captions(const Value& document, const std::string& name);

}  // namespace sbert
