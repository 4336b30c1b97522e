#include "Exponential.h"

#include "Internal/Clones.h"

#pragma STDC FP_CONTRACT OFF

#include "Internal/ExponentialSteps.h"

enum { blockRows = 256, mostWhole = 64 };

// The rounding error of the product a b (Dekker 1971), exact below 2^970.
INLINE double productError(double a, double b, double product) {
  double bigA = 134217729.0 * a, bigB = 134217729.0 * b;  // 2^27 + 1
  double highA = bigA - (bigA - a), highB = bigB - (bigB - b);
  double lowA = a - highA, lowB = b - highB;
  return ((highA * highB - product) + highA * lowB + lowA * highB) + lowA * lowB;
}

// One factor more of a power carried in two parts; NaN beyond the range in which its errors are exact.
INLINE double multiplied(double high, double x, double *low) {
  double product = high * x;
  double rest = productError(high, x, product) + *low * x;
  double sum = product + rest;
  *low = (product - sum) + rest;
  double size = __builtin_fabs(sum);
  return ((size < 1e280) & (size > 1e-280)) ? sum : __builtin_nan("");
}

// x^n; what is a whole number comes out as one. NaN where the general way serves.
static double powerOfWhole(double x, unsigned n) {
  double high = 1, low = 0;
  for (; n; n--) high = multiplied(high, x, &low);
  return high + low;
}

// x^y for positive finite x: the product y ln x is carried in two parts (Dekker 1971).
INLINE double powerOfPositive(double x, double y) {
  double k, low;
  double high = shortLog(x, 0, &k, &low);
  double whole = k * ln2High;
  double firstSum = whole + high;
  double firstRest = (whole - firstSum) + high + (low + k * ln2Low);
  double logHigh = firstSum + firstRest;
  double logLow = (firstSum - logHigh) + firstRest;
  double upperLog = doubleOf(bitsOf(logHigh) & 0xFFFFFFFFF8000000u);
  double shortY = doubleOf(bitsOf(y) & 0xFFFFFFFFF8000000u);
  double product = upperLog * shortY;
  double rest = (logHigh - upperLog) * y + upperLog * (y - shortY) + logLow * y;
  double sum = product + rest;
  rest = (product - sum) + rest;
  double inside = sum > 709.8 ? 709.8 : sum;
  inside = inside < -745.2 ? -745.2 : inside;
  double value = expParts(inside, rest);
  value = sum > 709.782712893384 ? __builtin_inf() : value;
  value = sum < -745.2 ? 0 : value;
  return sum != sum ? sum : value;
}

static double power(double x, double y) {
  if (y == 0 || x == 1) return 1;
  if (x != x || y != y) return __builtin_nan("");
  if (y == 0.5 && x > 0) return __builtin_sqrt(x);
  if (y == 1) return x;
  int isWhole = __builtin_trunc(y) == y;
  if (isWhole && y >= -mostWhole && y <= mostWhole) {
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

// Whether `powerOfPositive` serves: not for whole numbers, whose powers are exact, nor for roots.
INLINE int isPlain(double x, double y) {
  double size = __builtin_fabs(y);
  // Adding 1.5 * 2^52 rounds to a whole number.
  int isWhole = (y + roundingShift) - roundingShift == y;
  return (x > 0) & (x < __builtin_inf()) & (size < __builtin_inf()) & (y != 0.5) &
         !(isWhole & (size <= mostWhole));
}

KERNEL static size_t countPlain(const double *x, const double *y, size_t count) {
  uint64_t plain = 0;
  for (size_t i = 0; i < count; i++) plain += (uint64_t)isPlain(x[i], y[i]);
  return plain;
}

KERNEL static void powersOfPositive(const double *x, const double *y, double *out, size_t count) {
  for (size_t i = 0; i < count; i++) out[i] = powerOfPositive(x[i], y[i]);
}

KERNEL static void powersOfWhole(const double *x, unsigned n, double *out, size_t count) {
  double low[blockRows];
  for (size_t i = 0; i < count; i++) out[i] = 1, low[i] = 0;
  for (; n; n--)
    for (size_t i = 0; i < count; i++) out[i] = multiplied(out[i], x[i], low + i);
  for (size_t i = 0; i < count; i++) out[i] += low[i];
}

// The one whole number from 2 on that is the size of all exponents; 0 where there is none.
static unsigned wholeOfAll(const double *y, size_t count) {
  const double size = __builtin_fabs(y[0]);
  if (!(size >= 2 && size <= mostWhole) || __builtin_trunc(size) != size) return 0;
  int isSame = 1;
  for (size_t i = 1; i < count; i++) isSame &= y[i] == y[0];
  return isSame ? (unsigned)size : 0;
}

// All rows of a block by loops that are vectors, and those again for which these do not serve.
static void powersOfBlock(const double *x, const double *y, double *out, size_t count) {
  const unsigned whole = wholeOfAll(y, count);
  if (whole) {
    powersOfWhole(x, whole, out, count);
    for (size_t i = 0; i < count; i++) {
      if (out[i] != out[i])
        out[i] = power(x[i], y[i]);
      else if (y[i] < 0)
        out[i] = 1 / out[i];
    }
    return;
  }
  const size_t plain = countPlain(x, y, count);
  const int isMostlyPlain = plain > count / 4;
  if (isMostlyPlain) powersOfPositive(x, y, out, count);
  if (plain == count) return;
  for (size_t i = 0; i < count; i++)
    if (!isMostlyPlain || !isPlain(x[i], y[i])) out[i] = power(x[i], y[i]);
}

void ck_pow_f64(const double *a, const double *b, double *out, size_t count) {
  double values[blockRows];
  for (size_t first = 0; first < count; first += blockRows) {
    const size_t rows = count - first < blockRows ? count - first : blockRows;
    // `out` may be one of the inputs.
    powersOfBlock(a + first, b + first, values, rows);
    memcpy(out + first, values, rows * sizeof *values);
  }
}
