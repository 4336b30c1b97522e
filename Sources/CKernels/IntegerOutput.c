#include <string.h>

#include "Internal/Clones.h"
#include "TextOutput.h"

#define INLINE static inline __attribute__((always_inline))

enum { batch = 256, cellSize = 24 };

// The four digits of a number below 10^4 as characters, the first in the lowest byte: halves and then
// quarters are divided side by side in one word.
INLINE uint32_t fourDigits(uint32_t value) {
  const uint32_t upper = value * 5243 >> 19;
  const uint32_t twos = upper | (value - upper * 100) << 16;
  const uint32_t tens = (twos * 103 >> 10) & 0x000F000F;
  return (tens | (twos - tens * 10) << 8) | 0x30303030;
}

// The eight digits of numbers below 10^8, as a part of the cells.
INLINE void writeEight(const uint32_t *values, size_t count, uint8_t *cells, size_t place) {
  uint64_t texts[batch];
  for (size_t i = 0; i < count; i++) {
    const uint32_t upper = (uint32_t)((uint64_t)values[i] * 3518437209u >> 45);
    texts[i] = fourDigits(upper) | (uint64_t)fourDigits(values[i] - upper * 10000) << 32;
  }
  for (size_t i = 0; i < count; i++) memcpy(cells + cellSize * i + place, &texts[i], 8);
}

// How many digits a number below 10^8 has.
INLINE uint32_t digitCount(uint32_t value) {
  return 1 + (value > 9) + (value > 99) + (value > 999) + (value > 9999) + (value > 99999)
         + (value > 999999) + (value > 9999999);
}

INLINE uint64_t magnitude(int64_t value) {
  return value < 0 ? -(uint64_t)value : (uint64_t)value;
}

KERNEL void ck_write_integers(const int64_t *values, size_t count, uint8_t *cells,
                              uint8_t *lengths) {
  uint32_t high[batch], middle[batch], low[batch];
  const uint64_t part = 100000000;
  uint64_t any = 0;
  int64_t signs = 0;
  for (size_t i = 0; i < count; i++) {
    any |= magnitude(values[i]);
    signs |= values[i];
  }
  // 2^26 is below 10^8.
  if (any < (uint64_t)1 << 26) {
    for (size_t i = 0; i < count; i++) low[i] = (uint32_t)magnitude(values[i]);
    for (size_t i = 0; i < count; i++) lengths[i] = (uint8_t)digitCount(low[i]);
  } else {
    for (size_t i = 0; i < count; i++) {
      const uint64_t all = magnitude(values[i]), upper = all / part, first = upper / part;
      high[i] = (uint32_t)first;
      middle[i] = (uint32_t)(upper - first * part);
      low[i] = (uint32_t)(all - upper * part);
    }
    for (size_t i = 0; i < count; i++) {
      const uint32_t many = 16 + digitCount(high[i]), more = 8 + digitCount(middle[i]);
      lengths[i] = (uint8_t)(high[i] ? many : middle[i] ? more : digitCount(low[i]));
    }
    writeEight(high, count, cells, 0);
    writeEight(middle, count, cells, 8);
  }
  writeEight(low, count, cells, 16);
  if (signs >= 0) return;
  for (size_t i = 0; i < count; i++) {
    if (values[i] >= 0) continue;
    lengths[i]++;
    cells[cellSize * (i + 1) - lengths[i]] = '-';
  }
}
