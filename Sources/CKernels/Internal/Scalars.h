#pragma once
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define INLINE static inline __attribute__((always_inline))

// The bits of the bytes that go on with a scalar, 10xxxxxx, of 64.
INLINE uint64_t continued(const uint8_t *bytes) {
  typedef int8_t Signed64 __attribute__((ext_vector_type(64), aligned(1)));
  typedef _Bool Bits64 __attribute__((ext_vector_type(64)));
  const Bits64 found = __builtin_convertvector(*(const Signed64 *)bytes < (int8_t)-64, Bits64);
  uint64_t bits;
  memcpy(&bits, &found, 8);
  return bits;
}

// The Unicode scalars of a text; 64 bytes behind its end are readable.
INLINE uint32_t scalars(const uint8_t *text, uint32_t count) {
  uint32_t rest = 0;
  for (uint32_t at = 0; at < count; at += 64) {
    uint64_t here = continued(text + at);
    if (count - at < 64) here &= ((uint64_t)1 << (count - at)) - 1;
    rest += (uint32_t)__builtin_popcountll(here);
  }
  return count - rest;
}
