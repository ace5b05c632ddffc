#include "data/coco_captions.h"

#include <unordered_map>

#include "base/fail.h"
#include "data/cell.h"

namespace sbert {

std::optional<Value::List> coco_captions(const Value& document, const std::string& name) {
  const Value* const annotations = document.find("annotations");
  if (annotations == nullptr || !annotations->is_list() || annotations->size() == 0) return std::nullopt;
  const Value& first = annotations->list().front();
  if (first.find("image_id") == nullptr || first.find("caption") == nullptr) return std::nullopt;
  Value::List rows;
  std::unordered_map<std::string, size_t> row_of_image;
  for (const Value& annotation : annotations->list()) {
    const Value* const image = annotation.find("image_id");
    const Value* const caption = annotation.find("caption");
    if (image == nullptr || caption == nullptr) {
      fail(ErrorCode::corrupt_data, name, ": an annotation has no 'image_id' or no 'caption', unlike the first");
    }
    std::string id = take_id(Value(*image), "image_id", name);
    const auto [entry, added] = row_of_image.try_emplace(id, rows.size());
    if (added) rows.emplace_back(Value::Record{{"image_id", std::move(id)}, {"captions", Value::List()}});
    rows[entry->second].find("captions")->list().push_back(*caption);
  }
  return rows;
}

}  // namespace sbert
