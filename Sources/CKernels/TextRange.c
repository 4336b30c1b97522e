#include <string.h>

#include "Internal/Clones.h"
#include "Internal/TextHeads.h"
#include "TextPairs.h"

// Which of the open rows are greater than a constant (`sign` 1) or less (-1), or equal to it if that is
// enough: their first bytes are the same.
INLINE uint64_t beyond(const uint8_t *bytes, const uint32_t *starts, const uint32_t *ends,
                       TextBound bound, int sign, uint64_t open) {
  uint64_t found = 0;
  for (; open; open &= open - 1) {
    const size_t i = (size_t)__builtin_ctzll(open), size = ends[i] - starts[i];
    const size_t near = size < bound.length ? size : bound.length;
    int order = memcmp(bytes + starts[i], bound.text, near);
    if (order == 0) order = (size > bound.length) - (size < bound.length);
    found |= (uint64_t)(order * sign > 0 || (order == 0 && bound.isIncluded)) << i;
  }
  return found;
}

INLINE uint64_t headOf(TextBound bound) {
  uint8_t padded[8] = {0};
  memcpy(padded, bound.text, bound.length < 8 ? bound.length : 8);
  return firstBytes(padded, 8);
}

// The first eight bytes tell most texts apart, and are read once for both ends.
KERNEL void ck_texts_between(const uint8_t *bytes, const uint32_t *starts, const uint32_t *ends,
                             size_t rows, TextBound low, TextBound high, uint64_t *bits) {
  const uint64_t lowHead = headOf(low), highHead = headOf(high);
  for (size_t at = 0; at < rows; at += 64) {
    const size_t count = rows - at < 64 ? rows - at : 64;
    uint64_t above = 0, atLow = 0, below = 0, atHigh = 0;
    readAhead(bytes, starts, at, rows);
    for (size_t i = 0; i < count; i++) {
      const uint32_t start = starts[at + i];
      const uint64_t own = firstBytes(bytes + start, ends[at + i] - start);
      above |= (uint64_t)(own > lowHead) << i;
      atLow |= (uint64_t)(own == lowHead) << i;
      below |= (uint64_t)(own < highHead) << i;
      atHigh |= (uint64_t)(own == highHead) << i;
    }
    above |= beyond(bytes, starts + at, ends + at, low, 1, atLow);
    below |= beyond(bytes, starts + at, ends + at, high, -1, atHigh);
    bits[at / 64] = above & below;
  }
}
