#include "Exponential.h"

#include "Internal/Clones.h"

#pragma STDC FP_CONTRACT OFF

#include "Internal/ExponentialSteps.h"

#define EACH(NAME, FUNCTION)                                                      \
  KERNEL void ck_##NAME##_f64(const double *a, double *out, size_t count) {       \
    for (size_t i = 0; i < count; i++) out[i] = FUNCTION(a[i]);                   \
  }

EACH(exp, exponential)
EACH(ln, naturalLog)
EACH(log10, decimalLog)

// The rounding error of the product a b (Dekker 1971), exact below 2^970.
static double productError(double a, double b, double product) {
  double bigA = 134217729.0 * a, bigB = 134217729.0 * b;  // 2^27 + 1
  double highA = bigA - (bigA - a), highB = bigB - (bigB - b);
  double lowA = a - highA, lowB = b - highB;
  return ((highA * highB - product) + highA * lowB + lowA * highB) + lowA * lowB;
}

// x^n with the products carried in two parts; what is a whole number comes out as one.
static double powerOfWhole(double x, unsigned n) {
  double high = 1, low = 0;
  for (; n; n--) {
    double product = high * x;
    low = productError(high, x, product) + low * x;
    high = product + low;
    low = (product - high) + low;
    if (!(__builtin_fabs(high) < 1e280 && __builtin_fabs(high) > 1e-280)) return __builtin_nan("");
  }
  return high + low;
}

// x^y for positive finite x: the product y ln x is carried in two parts (Dekker 1971).
static double powerOfPositive(double x, double y) {
  double k;
  double f = reduce(x, &k);
  double halfSquare = 0.5 * f * f;
  double tail = logTail(f, halfSquare, f / (2.0 + f));
  double high = doubleOf(bitsOf(f - halfSquare) & 0xFFFFFFFF00000000u);
  double low = (f - high) - halfSquare + tail;
  double whole = k * ln2High;
  double firstSum = whole + high;
  double firstRest = (whole - firstSum) + high + (low + k * ln2Low);
  double logHigh = firstSum + firstRest;
  double logLow = (firstSum - logHigh) + firstRest;
  double shortLog = doubleOf(bitsOf(logHigh) & 0xFFFFFFFFF8000000u);
  double shortY = doubleOf(bitsOf(y) & 0xFFFFFFFFF8000000u);
  double product = shortLog * shortY;
  double rest = (logHigh - shortLog) * y + shortLog * (y - shortY) + logLow * y;
  double sum = product + rest;
  rest = (product - sum) + rest;
  if (sum > 709.782712893384) return __builtin_inf();
  if (sum < -745.2) return 0;
  if (sum != sum) return sum;
  return expParts(sum, rest);
}

static double power(double x, double y) {
  if (y == 0 || x == 1) return 1;
  if (x != x || y != y) return __builtin_nan("");
  if (y == 0.5 && x > 0) return __builtin_sqrt(x);
  if (y == 1) return x;
  int isWhole = __builtin_trunc(y) == y;
  if (isWhole && y > -65 && y < 65) {
    // NaN beyond the range in which the errors are exact: the general way serves there.
    double whole = powerOfWhole(x, (unsigned)__builtin_fabs(y));
    if (whole == whole) return y > 0 ? whole : 1 / whole;
  }
  int isOdd = isWhole && y < 9007199254740992.0 && y > -9007199254740992.0 &&
              __builtin_trunc(y / 2) * 2 != y;
  double size = __builtin_fabs(x);
  if (y == __builtin_inf() || y == -__builtin_inf()) {
    if (size == 1) return 1;
    return (size > 1) == (y > 0) ? __builtin_inf() : 0;
  }
  double value;
  if (size == 0 || size == __builtin_inf())
    value = (size == 0) == (y > 0) ? 0 : __builtin_inf();
  else
    value = powerOfPositive(size, y);
  if (x < 0 || (x == 0 && 1 / x < 0)) {
    if (x < 0 && !isWhole && size != __builtin_inf()) return __builtin_nan("");
    if (isOdd) value = -value;
  }
  return value;
}

void ck_pow_f64(const double *a, const double *b, double *out, size_t count) {
  for (size_t i = 0; i < count; i++) out[i] = power(a[i], b[i]);
}
