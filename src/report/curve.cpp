#include "report/curve.h"

#include <algorithm>

#include "base/fail.h"

namespace sbert::report {
namespace {

OrderedJson to_json(const Mean& mean) {
  return {mean.sum, mean.count};
}

/// JSON has no NaN; it is null there.
double read_number(const Json& json) {
  return json.is_null() ? std::nan("") : json.get<double>();
}

uint64_t read_count(const Json& json, const std::string& where) {
  if (!json.is_number_unsigned()) fail(ErrorCode::corrupt_data, where, ": ", json.dump(), " is not a count");
  return json.get<uint64_t>();
}

Mean read_mean(const Json& json, const std::string& where) {
  return {.sum = read_number(json.at(0)), .count = read_count(json.at(1), where)};
}

OrderedJson to_json(const CurvePoint& point) {
  OrderedJson losses = OrderedJson::array();
  for (const Mean& loss : point.losses)
    losses.push_back(to_json(loss));
  return {point.first_step,   point.last_step, point.epoch,         to_json(point.loss),          point.lowest_loss,
          point.highest_loss, losses,          point.learning_rate, to_json(point.gradient_norm), point.tokens,
          point.seconds};
}

CurvePoint read_point(const Json& json, const std::string& where) {
  CurvePoint point;
  point.first_step = read_count(json.at(0), where);
  point.last_step = read_count(json.at(1), where);
  point.epoch = read_number(json.at(2));
  point.loss = read_mean(json.at(3), where);
  point.lowest_loss = read_number(json.at(4));
  point.highest_loss = read_number(json.at(5));
  for (const Json& loss : json.at(6))
    point.losses.push_back(read_mean(loss, where));
  point.learning_rate = read_number(json.at(7));
  point.gradient_norm = read_mean(json.at(8), where);
  point.tokens = read_count(json.at(9), where);
  point.seconds = read_number(json.at(10));
  return point;
}

}  // namespace

CurvePoint::CurvePoint(const StepReport& step)
    : first_step(step.step),
      last_step(step.step),
      epoch(step.epoch),
      lowest_loss(step.loss),
      highest_loss(step.loss),
      losses(step.losses.size()),
      learning_rate(step.learning_rate),
      tokens(step.tokens),
      seconds(step.seconds) {
  loss.add(step.loss);
  gradient_norm.add(step.gradient_norm);
  for (size_t i = 0; i < losses.size(); ++i)
    losses[i].add(step.losses[i]);
}

void CurvePoint::add(const CurvePoint& next) {
  last_step = next.last_step;
  epoch = next.epoch;
  loss.add(next.loss);
  lowest_loss = std::fmin(lowest_loss, next.lowest_loss);
  highest_loss = std::fmax(highest_loss, next.highest_loss);
  for (size_t i = 0; i < std::min(losses.size(), next.losses.size()); ++i)
    losses[i].add(next.losses[i]);
  learning_rate = next.learning_rate;
  gradient_norm.add(next.gradient_norm);
  tokens += next.tokens;
  seconds += next.seconds;
}

void StepCurve::add(const StepReport& step) {
  if (!points_.empty() && points_.back().steps() < steps_per_point_) {
    points_.back().add(CurvePoint(step));
    return;
  }
  if (points_.size() >= limit_) halve();
  points_.emplace_back(step);
}

void StepCurve::halve() {
  std::vector<CurvePoint> fewer;
  for (size_t i = 0; i < points_.size(); ++i) {
    if (i % 2 == 0) {
      fewer.push_back(points_[i]);
    } else {
      fewer.back().add(points_[i]);
    }
  }
  points_ = std::move(fewer);
  steps_per_point_ *= 2;
}

OrderedJson StepCurve::to_json() const {
  OrderedJson points = OrderedJson::array();
  for (const CurvePoint& point : points_)
    points.push_back(report::to_json(point));
  return {{"steps_per_point", steps_per_point_}, {"points", points}};
}

StepCurve StepCurve::from_json(const Json& json, const std::string& where) {
  StepCurve curve;
  try {
    curve.steps_per_point_ = read_count(json.at("steps_per_point"), where);
    for (const Json& point : json.at("points"))
      curve.points_.push_back(read_point(point, where));
  } catch (const Json::exception& error) {
    fail(ErrorCode::corrupt_data, where, ": the curve cannot be read: ", error.what());
  }
  for (size_t i = 0; i < curve.points_.size(); ++i) {
    const CurvePoint& point = curve.points_[i];
    const uint64_t before = i == 0 ? 0 : curve.points_[i - 1].last_step;
    if (point.first_step <= before || point.last_step < point.first_step) {
      fail(ErrorCode::corrupt_data, where, ": the steps of the curve are not in order");
    }
  }
  return curve;
}

}  // namespace sbert::report
