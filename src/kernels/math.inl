#pragma once

#include "kernels/vec.inl"

// exp, tanh and the normal distribution, lane by lane. For float they are polynomials and rational functions, fitted in
// the minimax sense (relative error; the largest is given beside each); for double, which only tests use, the C
// library's.
namespace sbert {
namespace {

inline float square_root(float x) {
  return __builtin_sqrtf(x);
}
inline double square_root(double x) {
  return __builtin_sqrt(x);
}
inline float logarithm(float x) {
  return __builtin_logf(x);
}
inline double logarithm(double x) {
  return __builtin_log(x);
}

template <class T>
inline Vec<T> square_root(const Vec<T>& x) {
  Vec<T> y;
  for (int l = 0; l < kLanes<T>; ++l)
    y[l] = square_root(x[l]);
  return y;
}

/// c[0] + c[1] x + ... + c[N-1] x^(N-1)
template <class T, int N>
inline Vec<T> polynomial(const Vec<T>& x, const T (&c)[N]) {
  Vec<T> y = broadcast(c[N - 1]);
  for (int k = N - 2; k >= 0; --k)
    y = y * x + c[k];
  return y;
}

// --- float -----------------------------------------------------------------------------------------------------------

/// exp(x) = 2^n exp(r), n = round(x / ln 2), |r| <= ln(2) / 2, within 1.2 units in the last place; what is below
/// 2^-125.5 is zero. REQUIRES: x <= 88 or NaN, which saves a bound above: all who call it have subtracted a maximum or
/// the like. ln 2 is subtracted in two parts (Cody & Waite 1980): n * kLn2High is exact, so r keeps its digits. 2^n is
/// made as 2 * 2^(n-1), the first 2 in the polynomial: so the smallest scale is zero, not subnormal.
inline Vec<float> exp(const Vec<float>& x) {
  constexpr float kLog2E = 1.44269504f;
  constexpr float kLn2High = 0.693145752f;
  constexpr float kLn2Low = 1.42860677e-6f;
  // 1.5 * 2^23 + 126: added to a small number, it leaves round(number) + 126 in the low bits of the sum, which is the
  // exponent field of 2^(n-1).
  constexpr float kRounder = 12583038.f;
  constexpr float kTwoExp[] = {
      2.f, 2.f, 0.9999998682f, 0.333330402f, 0.08333678864f, 0.01673756177f, 0.002762892406f};  // within 3.1e-9
  const Vec<float> clamped = max(broadcast(-87.5f), x);
  const Vec<float> shifted = clamped * kLog2E + kRounder;
  const Vec<float> n = shifted - kRounder;
  const Vec<float> r = (clamped - n * kLn2High) - n * kLn2Low;
  const Vec<float> scale = __builtin_bit_cast(Vec<float>, __builtin_bit_cast(VecBits<float>, shifted) << 23);
  return polynomial(r, kTwoExp) * scale;
}

/// Near zero x + x^3 p(x^2), within 1.1e-9 up to 0.55; beyond, with e = exp(-2 |x|), 1 - 2 e / (1 + e) and the sign of
/// x.
inline Vec<float> tanh(const Vec<float>& x) {
  constexpr float kNear[] = {-0.3333331756f, 0.1333258619f, -0.05385231493f, 0.02107169769f, -0.006274263713f};
  const Vec<float> u = x * x;
  const Vec<float> near_zero = x + x * (u * polynomial(u, kNear));
  const Vec<float> magnitude = x < Vec<float>{} ? -x : x;
  const Vec<float> e = exp(-2.f * magnitude);
  const Vec<float> far = 1.f - 2.f * e / (1.f + e);
  const Vec<float> far_signed = x < Vec<float>{} ? -far : far;
  return magnitude < broadcast(0.55f) ? near_zero : far_signed;
}

/// Phi(x) = (1 + erf(x / sqrt 2)) / 2 = 1/2 + x P(x^2) / Q(x^2), the fraction within 1.9e-8 up to |x| = 5.55; beyond,
/// Phi is 0 or 1 to the last bit of 1 + erf.
inline Vec<float> normal_cdf(const Vec<float>& x) {
  constexpr float kEnd = 5.55f;
  constexpr float kP[] = {0.398942273f,    0.03368858533f,  0.004663899377f,
                          0.000166678618f, 6.293384886e-6f, 2.260544774e-8f};
  constexpr float kQ[] = {1.f, 0.2511111284f, 0.02854329459f, 0.001872638322f, 7.272371011e-5f, 1.188926902e-6f};
  const Vec<float> v = min(broadcast(kEnd), max(broadcast(-kEnd), x));
  const Vec<float> u = v * v;
  const Vec<float> y = v * polynomial(u, kP) / polynomial(u, kQ) + 0.5f;
  return x < broadcast(-kEnd) ? Vec<float>{} : min(broadcast(1.f), y);
}

/// phi(x) = exp(-x^2 / 2) / sqrt(2 pi)
inline Vec<float> normal_pdf(const Vec<float>& x) {
  return 0.398942280f * exp(-0.5f * x * x);
}

// --- double ----------------------------------------------------------------------------------------------------------

template <class Function>
inline Vec<double> each_lane(const Vec<double>& x, const Function& f) {
  Vec<double> y;
  for (int l = 0; l < kLanes<double>; ++l)
    y[l] = f(x[l]);
  return y;
}

inline Vec<double> exp(const Vec<double>& x) {
  return each_lane(x, [](double v) { return __builtin_exp(v); });
}

inline Vec<double> tanh(const Vec<double>& x) {
  return each_lane(x, [](double v) { return __builtin_tanh(v); });
}

inline Vec<double> normal_cdf(const Vec<double>& x) {
  return each_lane(x, [](double v) { return 0.5 * __builtin_erfc(-v * 0.70710678118654752440); });
}

inline Vec<double> normal_pdf(const Vec<double>& x) {
  return each_lane(x, [](double v) { return 0.39894228040143267794 * __builtin_exp(-0.5 * v * v); });
}

}  // namespace
}  // namespace sbert
