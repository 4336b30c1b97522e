#include <string.h>

#include "Internal/Candidates.h"
#include "Internal/Clones.h"
#include "TextSearch.h"

typedef _Bool Bits64 __attribute__((ext_vector_type(64)));
typedef uint8_t Bytes64 __attribute__((ext_vector_type(64), aligned(1)));
// The bits of 64 bytes, each the first of a window. How far bytes are outside the sets is compared once,
// and no loop is passed by: without masks of their own, processors would get comparisons that come from
// several sides taken apart into bytes (four times as long, measured).
INLINE uint64_t windowsAt(const uint8_t *here, const ByteWindow *window) {
  Bytes64 outside = (Bytes64)(uint8_t)0;
  size_t i = 0;
  do {
    const ByteRanges *set = window->sets + i;
    const Bytes64 bytes = *(const Bytes64 *)(here + i);
    Bytes64 least = (Bytes64)(uint8_t)255;
    size_t r = 0;
    do {
      const Bytes64 above = bytes - (Bytes64)set->low[r];
      const Bytes64 beyond = __builtin_elementwise_sub_sat(above, (Bytes64)set->width[r]);
      least = __builtin_elementwise_min(least, beyond);
    } while (++r < set->count);
    outside |= least;
  } while (++i < window->length);
  const Bits64 found = __builtin_convertvector(outside == (Bytes64)(uint8_t)0, Bits64);
  uint64_t bits;
  memcpy(&bits, &found, 8);
  return bits;
}

// As the search for a needle: masks are made many at a time without a branch, and candidates looked at
// when there are many. Of a row that was found no more is looked at.
KERNEL void ck_find_windows(const uint8_t *bytes, const uint32_t *offsets, size_t rows,
                            const ByteWindow *window, uint64_t *bits) {
  if (rows == 0) return;
  enum { ahead = 512 };
  uint64_t masks[64];
  uint32_t candidates[64 * 64];
  const size_t end = offsets[rows], length = window->length;
  size_t row = 0;
  uint32_t rowEnd = offsets[0], foundUpTo = 0;
  for (size_t base = offsets[0]; base + length <= end; base += 64 * 64) {
    const size_t pieces = (end - length - base) / 64 + 1, own = pieces < 64 ? pieces : 64;
    uint64_t filled = 0;
    for (size_t w = 0; w < own; w++) {
      const uint8_t *here = bytes + base + 64 * w;
      __builtin_prefetch(here + ahead);
      masks[w] = windowsAt(here, window);
      filled |= (uint64_t)(masks[w] != 0) << w;
    }
    const size_t count = placesOf(masks, filled, (uint32_t)base, candidates);
    for (size_t i = 0; i < count; i++) {
      const uint32_t place = candidates[i];
      if (place < foundUpTo || place + length > end) continue;
      if (place >= rowEnd) {
        row = rowOf(offsets, row, place);
        rowEnd = offsets[row + 1];
      }
      const uint64_t isInside = place + length <= rowEnd;
      bits[row / 64] |= isInside << (row % 64);
      foundUpTo = isInside ? rowEnd : foundUpTo;
    }
  }
}
