#include <string.h>

#include "Internal/Clones.h"
#include "Select.h"

typedef uint8_t Bytes8 __attribute__((ext_vector_type(8)));
typedef uint32_t Words8 __attribute__((ext_vector_type(8), aligned(4)));

// The places of the set bits of each byte, ascending; what comes behind them is 0.
static uint8_t places[256][8];

__attribute__((constructor)) static void fillPlaces(void) {
  for (unsigned byte = 0; byte < 256; byte++) {
    unsigned found = 0;
    for (uint8_t bit = 0; bit < 8; bit++)
      if (byte >> bit & 1) places[byte][found++] = bit;
  }
}

KERNEL size_t ck_selected_rows(const uint64_t *bits, size_t count, uint32_t *rows) {
  size_t found = 0;
  for (size_t first = 0; first < count; first += 64) {
    uint64_t word = bits[first / 64];
    if (count - first < 64) word &= ((uint64_t)1 << (count - first)) - 1;
    if (__builtin_popcountll(word) < 8) {
      for (; word; word &= word - 1)
        rows[found++] = (uint32_t)first + (uint32_t)__builtin_ctzll(word);
      continue;
    }
    // Eight are written whatever the byte: those that are none are written over.
    for (uint32_t place = 0; place < 64; place += 8) {
      const uint8_t byte = (uint8_t)(word >> place);
      Bytes8 own;
      memcpy(&own, places[byte], 8);
      *(Words8 *)(rows + found) =
        __builtin_convertvector(own, Words8) + ((uint32_t)first + place);
      found += (size_t)__builtin_popcount(byte);
    }
  }
  return found;
}
