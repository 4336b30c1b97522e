#include "Convert.h"

#include <string.h>

#include "Internal/Clones.h"

#define WIDEN(NAME, FROM, TO)                                                   \
  KERNEL void ck_widen_##NAME(const FROM *a, TO *out, size_t count) {           \
    for (size_t i = 0; i < count; i++) out[i] = a[i];                           \
  }

WIDEN(i8_i32, int8_t, int32_t)
WIDEN(i16_i32, int16_t, int32_t)
WIDEN(u8_u16, uint8_t, uint16_t)

#define WIDEN_SCALED(NAME, FROM)                                                             \
  KERNEL void ck_widen_##NAME(const FROM *a, int64_t scale, int64_t *out, size_t count) {    \
    if (scale == 1)                                                                          \
      for (size_t i = 0; i < count; i++) out[i] = a[i];                                      \
    else                                                                                     \
      for (size_t i = 0; i < count; i++)                                                     \
        out[i] = (int64_t)((uint64_t)(int64_t)a[i] * (uint64_t)scale);                       \
  }

WIDEN_SCALED(i8_i64, int8_t)
WIDEN_SCALED(i16_i64, int16_t)
WIDEN_SCALED(i32_i64, int32_t)
WIDEN_SCALED(i64_i64, int64_t)

#define DOUBLE(NAME, FROM)                                                                  \
  KERNEL void ck_double_##NAME(const FROM *a, double scale, double *out, size_t count) {    \
    for (size_t i = 0; i < count; i++) out[i] = (double)a[i] * scale;                       \
  }

DOUBLE(i8, int8_t)
DOUBLE(i16, int16_t)
DOUBLE(i32, int32_t)

KERNEL void ck_double_i64(const int64_t *a, double *out, size_t count) {
  for (size_t i = 0; i < count; i++) out[i] = (double)a[i];
}

KERNEL void ck_integer_f64(const double *a, int64_t *out, uint64_t *inRange, size_t count) {
  for (size_t w = 0; w < (count + 63) / 64; w++) {
    size_t end = count - w * 64 < 64 ? count - w * 64 : 64;
    uint64_t bits = 0;
    for (size_t i = 0; i < end; i++) {
      double x = a[w * 64 + i];
      int fits = x >= -9223372036854775808.0 && x < 9223372036854775808.0;
      out[w * 64 + i] = fits ? (int64_t)(fits ? x : 0) : 0;
      bits |= (uint64_t)fits << i;
    }
    inRange[w] = bits;
  }
}

#define OF_BITS(NAME, TYPE)                                                               \
  KERNEL void ck_##NAME##_of_bits(const uint64_t *bits, TYPE *out, size_t count) {        \
    for (size_t i = 0; i < count; i++) out[i] = (TYPE)(bits[i / 64] >> (i % 64) & 1);     \
  }

OF_BITS(bytes, uint8_t)
OF_BITS(i64, int64_t)
OF_BITS(f64, double)

KERNEL void ck_bits_of_bytes(const uint8_t *bytes, uint64_t *bits, size_t count) {
  typedef uint8_t Bytes64 __attribute__((ext_vector_type(64), aligned(1), may_alias));
  typedef _Bool Bits64 __attribute__((ext_vector_type(64)));
  const size_t whole = count / 64;
  for (size_t w = 0; w < whole; w++) {
    const Bits64 set = __builtin_convertvector(*(const Bytes64 *)(bytes + w * 64) != 0, Bits64);
    memcpy(bits + w, &set, 8);
  }
  if (count % 64 == 0) return;
  uint64_t rest = 0;
  for (size_t i = 0; i < count % 64; i++) rest |= (uint64_t)(bytes[whole * 64 + i] != 0) << i;
  bits[whole] = rest;
}

void ck_shift_bits(const uint64_t *source, size_t first, uint64_t *bits, size_t count) {
  const uint64_t *from = source + first / 64;
  const unsigned shift = first % 64;
  const size_t words = (count + 63) / 64;
  for (size_t w = 0; w < words; w++) {
    // The next word is read only where bits of it are wanted.
    int needsNext = shift && w * 64 + (64 - shift) < count;
    bits[w] = from[w] >> shift | (needsNext ? from[w + 1] << (64 - shift) : 0);
  }
  if (count % 64) bits[words - 1] &= ((uint64_t)1 << (count % 64)) - 1;
}

static inline __attribute__((always_inline)) int64_t bitsOf(double x) {
  int64_t bits;
  memcpy(&bits, &x, 8);
  return bits;
}

// Below zero the bits of a double fall where it rises: all but the sign are turned round.
static inline __attribute__((always_inline)) int64_t orderWord(double x) {
  const int64_t bits = bitsOf(x);
  return x != x ? INT64_MAX : bits ^ (bits < 0 ? INT64_MAX : 0);
}

KERNEL void ck_order_words(const double *a, int keepsSigns, int64_t *words, size_t count) {
  if (keepsSigns)
    for (size_t i = 0; i < count; i++) words[i] = orderWord(a[i]);
  else
    for (size_t i = 0; i < count; i++) words[i] = orderWord(a[i] + 0.0);
}

// Adding 1.5 * 2^52 leaves the nearest whole number in a double's lower bits; where it is beyond
// 2^51, the bits are those of a number beyond 2^50.
#define MULTIPLES(VALUE)                                                  \
  for (size_t i = 0; i < count; i++) {                                    \
    const double value = a[i], shifted = value * inverse + whole;         \
    const double multiple = shifted - whole;                              \
    const int64_t number = bitsOf(shifted) - wholeBits;                   \
    const int64_t found = (VALUE) == value ? number : INT64_MIN;          \
    const int64_t inside = found >= low && found <= high ? found : INT64_MIN; \
    out[i] = inside;                                                      \
    least = inside < least ? inside : least;                              \
  }

KERNEL int ck_multiples_f64(const double *a, double factor, double divisor, int64_t low,
                            int64_t high, int64_t *out, size_t count) {
  const double whole = 0x1.8p52, inverse = divisor / factor;
  const int64_t wholeBits = bitsOf(whole);
  int64_t least = INT64_MAX;
  if (divisor == 1) MULTIPLES(multiple * factor)
  else MULTIPLES(multiple / divisor)
  return least != INT64_MIN;
}

KERNEL void ck_steps_i64(const int64_t *a, int64_t base, int64_t step, int64_t *out,
                         size_t count) {
  const double reciprocal = 1 / (double)step;
  for (size_t i = 0; i < count; i++) {
    // Wraps for a number 2^63 away, which is beyond any domain.
    const int64_t distance = (int64_t)((uint64_t)a[i] - (uint64_t)base);
    out[i] = (int64_t)((double)distance * reciprocal + 0.5) | distance >> 63;
  }
}

KERNEL void ck_key_bits_f64(const double *a, int64_t *bits, size_t count) {
  for (size_t i = 0; i < count; i++) {
    const double x = a[i];
    bits[i] = x != x ? 0x7FF8000000000000 : bitsOf(x + 0.0);
  }
}

int ck_whole_seconds(const int64_t *a, size_t count) {
  for (size_t start = 0; start < count; start += 256) {
    size_t end = count - start < 256 ? count : start + 256;
    int64_t rest = 0;
    for (size_t i = start; i < end; i++) rest |= a[i] % 1000000;
    if (rest) return 0;
  }
  return 1;
}

KERNEL uint64_t ck_fixed_words(const double *a, size_t count, uint64_t top, uint64_t spare,
                               int64_t *words) {
  const uint64_t hidden = (uint64_t)1 << 52;
  uint64_t lost = 0;
  for (size_t i = 0; i < count; i++) {
    uint64_t bits;
    memcpy(&bits, a + i, 8);
    const uint64_t kept = bits << 1 == 0 ? 0 : ~(uint64_t)0;
    const uint64_t wide = ((bits & (hidden - 1)) | hidden) << spare & kept;
    const uint64_t shift = top - (bits >> 52 & 0x7FF);
    const uint64_t word = wide >> (shift & 63);
    // A bit shifted out, or a shift by more than there are bits.
    lost |= ((word << (shift & 63)) ^ wide) | (shift >> 6 & kept);
    const uint64_t sign = bits >> 63 ? ~(uint64_t)0 : 0;
    words[i] = (int64_t)((word ^ sign) - sign);
  }
  return lost;
}

#define NARROW(NAME, TO)                                                                     \
  KERNEL void ck_narrow_i64_##NAME(const int64_t *a, int64_t divisor, TO *out,               \
                                   size_t count) {                                           \
    if (divisor == 1)                                                                        \
      for (size_t i = 0; i < count; i++) out[i] = (TO)a[i];                                  \
    else if (divisor == 1000000)                                                             \
      for (size_t i = 0; i < count; i++) out[i] = (TO)(a[i] / 1000000);                      \
    else                                                                                     \
      for (size_t i = 0; i < count; i++) out[i] = (TO)(a[i] / divisor);                      \
  }

NARROW(i8, int8_t)
NARROW(i16, int16_t)
NARROW(i32, int32_t)

#define TAKE(BYTES, TYPE)                                                                  \
  void ck_take_##BYTES(const TYPE *a, const uint32_t *rows, TYPE *out, size_t count) {     \
    for (size_t i = 0; i < count; i++) out[i] = a[rows[i]];                                \
  }

TAKE(1, uint8_t)
TAKE(2, uint16_t)
TAKE(4, uint32_t)
TAKE(8, uint64_t)
