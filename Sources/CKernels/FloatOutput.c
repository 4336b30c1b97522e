#include "FloatOutput.h"

#include <string.h>

#include "Internal/PowersOfTen.h"

#define INLINE static inline __attribute__((always_inline))

// Digits as a number, times ten to the exponent.
typedef struct {
  uint64_t digits;
  int exponent;
} Decimal;

INLINE int floorLog2OfPowerOf10(int exponent) { return (exponent * 1741647) >> 19; }
INLINE int floorLog10OfPowerOf2(int exponent) { return (exponent * 1262611) >> 22; }
INLINE int floorLog10OfThreeQuarters(int exponent) { return (exponent * 1262611 - 524031) >> 22; }

// The upper bits of a product with a power of ten, the lowest set where any below it is.
INLINE uint64_t roundedToOdd(uint64_t high, uint64_t low, uint64_t factor) {
  const unsigned __int128 lower = (unsigned __int128)low * factor;
  const unsigned __int128 sum = (unsigned __int128)high * factor + (uint64_t)(lower >> 64);
  return (uint64_t)(sum >> 64) | ((uint64_t)sum > 1);
}

// The shortest decimal between the neighbours of a float and nearest to it (R. Giulietti, The Schubfach way
// to render doubles, 2021): of the multiples of two powers of ten, one is between them.
static Decimal shortest(uint64_t fraction, int biased) {
  uint64_t c = fraction;
  int q = 1 - 1075;
  if (biased) {
    c |= (uint64_t)1 << 52;
    q = biased - 1075;
    // Whole numbers below 2^53 are their own digits.
    if (q <= 0 && q > -53 && (c & (((uint64_t)1 << -q) - 1)) == 0) return (Decimal){c >> -q, 0};
  }
  const uint64_t isOdd = c & 1;
  const int isNear = fraction == 0 && biased > 1;
  const int k = isNear ? floorLog10OfThreeQuarters(q) : floorLog10OfPowerOf2(q);
  const int h = q + floorLog2OfPowerOf10(-k) + 1;
  const uint64_t high = powersOfTen[-k - LEAST_POWER_OF_TEN].high;
  const uint64_t low = powersOfTen[-k - LEAST_POWER_OF_TEN].low;
  const uint64_t value = roundedToOdd(high, low, (4 * c) << h);
  const uint64_t lower = roundedToOdd(high, low, (4 * c - 2 + (uint64_t)isNear) << h) + isOdd;
  const uint64_t upper = roundedToOdd(high, low, (4 * c + 2) << h) - isOdd;
  const uint64_t s = value / 4;
  if (s >= 10) {
    const uint64_t tens = s / 10;
    const int isBelowInside = lower <= 40 * tens, isAboveInside = 40 * tens + 40 <= upper;
    if (isBelowInside != isAboveInside)
      return (Decimal){tens + (uint64_t)isAboveInside, k + 1};
  }
  const int isBelowInside = lower <= 4 * s, isAboveInside = 4 * s + 4 <= upper;
  if (isBelowInside != isAboveInside) return (Decimal){s + (uint64_t)isAboveInside, k};
  const uint64_t middle = 4 * s + 2;
  const int isUp = value > middle || (value == middle && (s & 1));
  return (Decimal){s + (uint64_t)isUp, k};
}

// Takes zeros off the end of the digits.
INLINE Decimal withoutZeros(Decimal decimal) {
  if (decimal.digits % 10) return decimal;
  if (decimal.digits % 100000000 == 0) decimal.digits /= 100000000, decimal.exponent += 8;
  while (decimal.digits % 10 == 0) decimal.digits /= 10, decimal.exponent++;
  return decimal;
}

// The eight decimal digits of a number, a byte each, the first in the lowest: halves, quarters and eighths
// are divided side by side in one word.
INLINE uint64_t eightDigits(uint64_t value) {
  const uint64_t upper = value / 10000;
  const uint64_t fours = upper | (value - upper * 10000) << 32;
  const uint64_t hundreds = (fours * 10486) >> 20 & 0x0000007F0000007F;
  const uint64_t twos = hundreds | (fours - hundreds * 100) << 16;
  const uint64_t tens = (twos * 103) >> 10 & 0x000F000F000F000F;
  return (tens | (twos - tens * 10) << 8) | 0x3030303030303030;
}

// Writes up to 24 digits with zeros before them; returns how many are no such zeros.
INLINE size_t writeDigits(uint64_t value, uint8_t *out) {
  const uint64_t part = 100000000;
  const uint64_t parts[3] = {eightDigits(value / part / part), eightDigits(value / part % part),
                             eightDigits(value % part)};
  memcpy(out, parts, 24);
  size_t zeros = 0;
  for (size_t i = 0; i < 3; i++) {
    const uint64_t own = parts[i] ^ 0x3030303030303030;
    if (own) return 24 - zeros - (size_t)__builtin_ctzll(own) / 8;
    zeros += 8;
  }
  return 1;
}

static uint8_t *writeExponential(const uint8_t *digits, size_t count, int exponent, uint8_t *out) {
  out[0] = digits[0];
  out[1] = '.';
  memcpy(out + 2, digits + 1, 24);
  out += count > 1 ? count + 1 : 1;
  out[0] = 'e';
  out[1] = exponent < 0 ? '-' : '+';
  out += 2;
  const int size = exponent < 0 ? -exponent : exponent;
  if (size >= 100) *out++ = (uint8_t)('0' + size / 100);
  out[0] = (uint8_t)('0' + size / 10 % 10);
  out[1] = (uint8_t)('0' + size % 10);
  return out + 2;
}

// From 0.0001 to 2^53.
INLINE uint8_t *writePlain(const uint8_t *digits, size_t count, int exponent, uint8_t *out) {
  if (exponent < 0) {
    const size_t zeros = (size_t)-exponent;
    memcpy(out, "0.000000", 8);
    memcpy(out + 1 + zeros, digits, 24);
    return out + 1 + zeros + count;
  }
  const size_t whole = (size_t)exponent + 1;
  memset(out, '0', 24);
  memcpy(out, digits, count <= whole ? count : whole);
  out[whole] = '.';
  if (count <= whole) {
    out[whole + 1] = '0';
    return out + whole + 2;
  }
  memcpy(out + whole + 1, digits + whole, 24);
  return out + count + 1;
}

size_t ck_write_float(double value, uint8_t *out) {
  uint8_t *next = out;
  uint64_t bits;
  memcpy(&bits, &value, 8);
  if (bits >> 63) *next++ = '-';
  bits &= ~((uint64_t)1 << 63);
  if (bits == 0) {
    memcpy(next, "0.0", 3);
    return (size_t)(next + 3 - out);
  }
  const Decimal decimal =
      withoutZeros(shortest(bits & (((uint64_t)1 << 52) - 1), (int)(bits >> 52)));
  // Room for reads behind the digits.
  uint8_t text[24 + 48] = {0};
  const size_t count = writeDigits(decimal.digits, text);
  const uint8_t *digits = text + 24 - count;
  const int exponent = decimal.exponent + (int)count - 1;
  // Beyond 2^53 not all whole numbers are floats.
  const int isPlain = exponent >= -4 && bits <= (uint64_t)(1023 + 53) << 52;
  next = isPlain ? writePlain(digits, count, exponent, next)
                 : writeExponential(digits, count, exponent, next);
  return (size_t)(next - out);
}
