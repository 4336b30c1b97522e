#pragma once
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "Scalars.h"

// What searches over the bytes of many rows share: places of candidates, and the rows that hold them.

// The row that holds a byte, from a row before it on: sixteen at a time. As many words behind the last
// offset are readable; whatever they are, no byte is behind that one.
INLINE size_t rowOf(const uint32_t *offsets, size_t row, uint32_t position) {
  typedef _Bool Bits16 __attribute__((ext_vector_type(16)));
  typedef uint32_t Words16 __attribute__((ext_vector_type(16), aligned(4)));
  for (;;) {
    const Words16 ends = *(const Words16 *)(offsets + row + 1);
    const Bits16 bits = __builtin_convertvector(ends > (Words16)position, Bits16);
    uint16_t behind;
    memcpy(&behind, &bits, 2);
    if (behind) return row + (size_t)__builtin_ctz(behind);
    row += 16;
  }
}

// The places of the bits of up to 64 masks, of those that are not empty; returns how many.
INLINE size_t placesOf(const uint64_t *masks, uint64_t filled, uint32_t base, uint32_t *places) {
  size_t count = 0;
  for (; filled; filled &= filled - 1) {
    const size_t w = (size_t)__builtin_ctzll(filled);
    for (uint64_t here = masks[w]; here; here &= here - 1)
      places[count++] = base + 64 * (uint32_t)w + (uint32_t)__builtin_ctzll(here);
  }
  return count;
}
