#include "HashFilter.h"

#include <string.h>

#include "Internal/Clones.h"

// Fibonacci hashing: the upper bits of a product with 2^64 divided by the golden ratio.
static inline __attribute__((always_inline)) uint64_t hash(int64_t value) {
  const uint64_t word = (uint64_t)value;
  return (word ^ word >> 32) * 0x9E3779B97F4A7C15u;
}

KERNEL void ck_filter_hashes(const int64_t *values, const uint64_t *filter, uint64_t shift,
                             size_t count, uint64_t *bits) {
  typedef uint64_t Words64 __attribute__((ext_vector_type(64), aligned(8), may_alias));
  typedef _Bool Bits64 __attribute__((ext_vector_type(64)));
  uint64_t found[64];
  const size_t whole = count / 64;
  for (size_t w = 0; w < whole; w++) {
    for (size_t i = 0; i < 64; i++) {
      const uint64_t place = hash(values[w * 64 + i]) >> shift;
      found[i] = filter[place >> 6] >> (place & 63) & 1;
    }
    const Bits64 set = __builtin_convertvector(*(const Words64 *)found != 0, Bits64);
    memcpy(bits + w, &set, 8);
  }
  if (count % 64 == 0) return;
  uint64_t rest = 0;
  for (size_t i = 0; i < count % 64; i++) {
    const uint64_t place = hash(values[whole * 64 + i]) >> shift;
    rest |= (filter[place >> 6] >> (place & 63) & 1) << i;
  }
  bits[whole] = rest;
}
