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

/// Both leave NaN alone.
template <class T>
inline Vec<T> at_least(const Vec<T>& x, T low) {
  return x < broadcast(low) ? broadcast(low) : x;
}
template <class T>
inline Vec<T> at_most(const Vec<T>& x, T high) {
  return x > broadcast(high) ? broadcast(high) : x;
}

/// c[0] + c[1] x + ... + c[N-1] x^(N-1)
template <class T, int N>
inline Vec<T> polynomial(const Vec<T>& x, const T (&c)[N]) {
  Vec<T> y = broadcast(c[N - 1]);
  for (int k = N - 2; k >= 0; --k)
    y = y * x + c[k];
  return y;
}

// --- float
// ------------------------------------------------------------------------------------------------------------

/// exp(x) = 2^n exp(r), n = round(x / ln 2), |r| <= ln(2) / 2; results below the smallest normal number are zero.
/// ln 2 is subtracted in two parts (Cody & Waite 1980): n * kLn2High is exact, so r keeps its digits.
/// exp(r) = 1 + r + r^2 p(r), p within 3.1e-9.
inline Vec<float> exp(const Vec<float>& x) {
  constexpr float kLog2E = 1.44269504f;
  constexpr float kLn2High = 0.693145752f;
  constexpr float kLn2Low = 1.42860677e-6f;
  constexpr float kLowest = -87.3365402f;  // below: subnormal
  constexpr float kHighest = 88.7228394f;  // above: infinite
  constexpr float kRounder = 12582912.f;   // 1.5 * 2^23: adding it leaves round(x) in the low bits of the sum
  constexpr float kExp[] = {0.4999999341f, 0.166665201f, 0.04166839432f, 0.008368780883f, 0.001381446203f};
  using Bits = VecBits<float>;

  const Vec<float> clamped = at_most(at_least(x, kLowest), kHighest + 1);
  const Vec<float> shifted = clamped * kLog2E + kRounder;
  const Vec<float> n = shifted - kRounder;
  const Vec<float> r = (clamped - n * kLn2High) - n * kLn2Low;
  const Vec<float> mantissa = (r * r * polynomial(r, kExp) + r) + 1.f;

  // 2^n in two factors, because 2^128 itself is not a float.
  const Bits exponent = __builtin_bit_cast(Bits, shifted) - __builtin_bit_cast(int32_t, kRounder);
  const Bits half = exponent >> 1;
  const Vec<float> scale1 = __builtin_bit_cast(Vec<float>, (half + 127) << 23);
  const Vec<float> scale2 = __builtin_bit_cast(Vec<float>, (exponent - half + 127) << 23);
  const Vec<float> y = mantissa * scale1 * scale2;
  return x < broadcast(kLowest) ? Vec<float>{} : y;
}

/// x P(x^2) / Q(x^2) within 2.1e-8 up to |x| = 9.011, where tanh rounds to 1.
inline Vec<float> tanh(const Vec<float>& x) {
  constexpr float kP[] = {1.f, 0.1338024178f, 0.003494654513f, 2.059362564e-5f, 1.333308107e-8f};
  constexpr float kQ[] = {1.f, 0.4671355732f, 0.02587343706f, 0.0003284103832f, 7.767759953e-7f};
  const Vec<float> v = at_most(at_least(x, -9.011f), 9.011f);
  const Vec<float> u = v * v;
  return at_most(at_least(v * polynomial(u, kP) / polynomial(u, kQ), -1.f), 1.f);
}

/// Phi(x) = (1 + erf(x / sqrt 2)) / 2 = 1/2 + x P(x^2) / Q(x^2), the fraction within 1.9e-8 up to |x| = 5.55; beyond,
/// Phi is 0 or 1 to the last bit of 1 + erf.
inline Vec<float> normal_cdf(const Vec<float>& x) {
  constexpr float kEnd = 5.55f;
  constexpr float kP[] = {0.398942273f,    0.03368858533f,  0.004663899377f,
                          0.000166678618f, 6.293384886e-6f, 2.260544774e-8f};
  constexpr float kQ[] = {1.f, 0.2511111284f, 0.02854329459f, 0.001872638322f, 7.272371011e-5f, 1.188926902e-6f};
  const Vec<float> v = at_most(at_least(x, -kEnd), kEnd);
  const Vec<float> u = v * v;
  const Vec<float> y = v * polynomial(u, kP) / polynomial(u, kQ) + 0.5f;
  return x < broadcast(-kEnd) ? Vec<float>{} : at_most(at_least(y, 0.f), 1.f);
}

/// phi(x) = exp(-x^2 / 2) / sqrt(2 pi)
inline Vec<float> normal_pdf(const Vec<float>& x) {
  return 0.398942280f * exp(-0.5f * x * x);
}

// --- double
// -----------------------------------------------------------------------------------------------------------

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
