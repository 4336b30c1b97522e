#include "Exponential.h"

#include <string.h>

#include "Internal/Clones.h"

// The reductions and polynomials are those of fdlibm (Sun Microsystems 1993: e_exp, e_log) and,
// for log10, the two-part sum of FreeBSD's e_log10; written here without branches, so that a
// compiler makes vectors of them. Every step is one rounding of IEEE 754, in the same order on all
// instruction sets.
#pragma STDC FP_CONTRACT OFF

#define INLINE static inline __attribute__((always_inline))

static const double ln2High = 6.93147180369123816490e-01;  // Its last 32 bits are 0.
static const double ln2Low = 1.90821492927058770002e-10;
static const double inverseLn2 = 1.44269504088896338700e+00;
// 1.5 * 2^52: adding it rounds to a whole number, which is then in the low bits.
static const double roundingShift = 6755399441055744.0;

INLINE uint64_t bitsOf(double x) {
  uint64_t bits;
  memcpy(&bits, &x, 8);
  return bits;
}

INLINE double doubleOf(uint64_t bits) {
  double x;
  memcpy(&x, &bits, 8);
  return x;
}

// e^(high + low) for |high| < 745, |low| tiny.
INLINE double expParts(double high, double low) {
  double shifted = high * inverseLn2 + roundingShift;
  double k = shifted - roundingShift;
  double reducedHigh = high - k * ln2High;
  double reducedLow = k * ln2Low - low;
  double r = reducedHigh - reducedLow;
  double t = r * r;
  double c =
      r - t * (1.66666666666666019037e-01 +
               t * (-2.77777777770155933842e-03 +
                    t * (6.61375632143793436117e-05 +
                         t * (-1.65339022054652515390e-06 + t * 4.13813679705723846039e-08))));
  double y = 1.0 - ((reducedLow - (r * c) / (2.0 - c)) - reducedHigh);
  // 2^k in two factors, so that results below the normal range are rounded once and not lost.
  int64_t whole = (int64_t)(bitsOf(shifted) - bitsOf(roundingShift));
  int64_t half = (int64_t)((uint64_t)(whole + 2048) >> 1) - 1024;
  double first = doubleOf((uint64_t)(half + 1023) << 52);
  double second = doubleOf((uint64_t)(whole - half + 1023) << 52);
  return y * first * second;
}

INLINE double exponential(double x) {
  double inside = x > 709.8 ? 709.8 : x;
  inside = inside < -745.2 ? -745.2 : inside;
  double y = expParts(inside, 0);
  return x > 709.782712893383973096 ? __builtin_inf() : y;
}

// x = 2^k (1 + f) with 1 + f between sqrt(1/2) and sqrt(2), for positive finite x.
INLINE double reduce(double x, double *k) {
  int isTiny = x < 2.2250738585072014e-308;
  double scaled = isTiny ? x * 18014398509481984.0 : x;  // 2^54
  uint64_t bits = bitsOf(scaled);
  // Counted from the bits of sqrt(1/2), the exponent steps where the fraction should turn over.
  uint64_t steps = (bits - 0x3FE6A09E667F3BCDu + ((uint64_t)2048 << 52)) >> 52;
  int64_t exponent = (int64_t)steps - 2048;
  // The subtraction wraps at 2048 * 2^52 = 2^63, which the shift below undoes.
  double m = doubleOf(bits - ((uint64_t)exponent << 52));
  *k = doubleOf(0x4330000000000000u + steps) - (4503599627370496.0 + 2048.0) -
       (isTiny ? 54.0 : 0.0);
  return m - 1.0;
}

// ln(1 + f) = f - f²/2 + this; s = f / (2 + f).
INLINE double logTail(double f, double halfSquare, double s) {
  double z = s * s;
  double w = z * z;
  double even = w * (3.999999999940941908e-01 +
                     w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01));
  double odd = z * (6.666666666666735130e-01 +
                    w * (2.857142874366239149e-01 +
                         w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01)));
  (void)f;
  return s * (halfSquare + (even + odd));
}

INLINE double specialLog(double x, double y) {
  y = x == 0 ? -__builtin_inf() : y;
  y = x < 0 ? __builtin_nan("") : y;
  return x == __builtin_inf() || x != x ? x : y;
}

INLINE double naturalLog(double x) {
  double k;
  double f = reduce(x, &k);
  double halfSquare = 0.5 * f * f;
  double tail = logTail(f, halfSquare, f / (2.0 + f));
  double y = k * ln2High - ((halfSquare - (tail + k * ln2Low)) - f);
  return specialLog(x, y);
}

INLINE double decimalLog(double x) {
  const double inverseLn10High = 4.34294481878168880939e-01;
  const double inverseLn10Low = 2.50829467116452752298e-11;
  const double log10Of2High = 3.01029995663611771306e-01;
  const double log10Of2Low = 3.69423907715893078616e-13;
  double k;
  double f = reduce(x, &k);
  double halfSquare = 0.5 * f * f;
  double tail = logTail(f, halfSquare, f / (2.0 + f));
  // ln(1 + f) as a short high part, whose product below is exact, and the rest.
  double high = doubleOf(bitsOf(f - halfSquare) & 0xFFFFFFFF00000000u);
  double low = (f - high) - halfSquare + tail;
  double valueHigh = high * inverseLn10High;
  double whole = k * log10Of2High;
  double valueLow = k * log10Of2Low + (low + high) * inverseLn10Low + low * inverseLn10High;
  double sum = whole + valueHigh;
  valueLow += (whole - sum) + valueHigh;
  return specialLog(x, valueLow + sum);
}

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
