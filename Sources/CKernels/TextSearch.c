#include "TextSearch.h"

#include <string.h>

#include "Internal/Clones.h"

typedef _Bool Bits64 __attribute__((ext_vector_type(64)));
typedef uint8_t Bytes64 __attribute__((ext_vector_type(64), aligned(1)));

#define INLINE static inline __attribute__((always_inline))

INLINE uint8_t lowered(uint8_t byte) { return byte >= 'A' && byte <= 'Z' ? byte | 0x20 : byte; }

INLINE int isLower(uint8_t byte) { return byte >= 'a' && byte <= 'z'; }

// How often a byte occurs in names and descriptions, roughly; the rarest ones find candidates.
static int commonness(uint8_t byte) {
  static const char order[] = "bvkgpfwycumdhlsrtnioae ";
  if (byte >= 'A' && byte <= 'Z') return 4;
  const char *place = byte ? strchr(order, byte) : 0;
  return place ? 5 + (int)(place - order) : byte >= 0x80 ? 6 : byte >= '0' && byte <= '9' ? 3 : 1;
}

typedef struct {
  const uint8_t *bytes;
  const uint32_t *offsets;
  size_t rows;
  const uint8_t *needle;
  size_t length;
  int fold;
  // The first eight bytes of the needle, which of them there are, and which are letters to fold.
  uint64_t head, headMask, headFold;
  // The row of the last match.
  size_t row;
  uint64_t *bits;
  // Where matches are kept instead of bits, how many there are and how many have room.
  TextPlace *places;
  size_t found, capacity;
} Search;

static void prepareHead(Search *search) {
  search->head = search->headMask = search->headFold = 0;
  for (size_t i = 0; i < search->length && i < 8; i++) {
    search->head |= (uint64_t)search->needle[i] << (8 * i);
    search->headMask |= (uint64_t)0xFF << (8 * i);
    if (search->fold && isLower(search->needle[i])) search->headFold |= (uint64_t)0x20 << (8 * i);
  }
}

INLINE int isMatch(const Search *search, const uint8_t *text) {
  uint64_t head;
  memcpy(&head, text, 8);
  if (((head | search->headFold) & search->headMask) != search->head) return 0;
  for (size_t i = 8; i < search->length; i++) {
    uint8_t byte = search->fold ? lowered(text[i]) : text[i];
    if (byte != search->needle[i]) return 0;
  }
  return 1;
}

// The row that holds a byte: step by step from the last one found, then by doubling and halving.
INLINE size_t rowOf(const Search *search, uint32_t position) {
  const uint32_t *offsets = search->offsets;
  size_t low = search->row, near = low + 8 < search->rows ? low + 8 : search->rows - 1;
  while (low < near && offsets[low + 1] <= position) low++;
  if (offsets[low + 1] > position) return low;
  size_t step = 1;
  while (low + step < search->rows && offsets[low + step] <= position) {
    low += step;
    step *= 2;
  }
  size_t high = low + step < search->rows ? low + step : search->rows;
  while (high - low > 1) {
    size_t middle = (low + high) / 2;
    if (offsets[middle] <= position) low = middle;
    else high = middle;
  }
  return low;
}

// Sets the bits of the rows of those candidates that are matches.
static void check(Search *search, const uint32_t *candidates, size_t count) {
  const size_t length = search->length, end = search->offsets[search->rows];
  for (size_t i = 0; i < count; i++) {
    const uint32_t place = candidates[i];
    if (place + length > end || !isMatch(search, search->bytes + place)) continue;
    const size_t row = rowOf(search, place);
    search->row = row;
    // Not a match that goes on in the next row.
    const uint64_t isInside = place + length <= search->offsets[row + 1];
    if (search->places == 0) {
      search->bits[row / 64] |= isInside << (row % 64);
    } else if (isInside) {
      if (search->found < search->capacity)
        search->places[search->found] = (TextPlace){(uint32_t)row, place};
      search->found++;
    }
  }
}

// Candidates are places where two bytes of the needle are right, 64 at a time; they are collected
// first and looked at later, so that neither loop waits for the other.
KERNEL static void scan(Search *search, size_t first, size_t second) {
  enum { capacity = 1024 };
  uint32_t candidates[capacity + 64];
  size_t count = 0;
  const uint8_t *needle = search->needle, *bytes = search->bytes;
  const int foldFirst = search->fold && isLower(needle[first]);
  const int foldSecond = search->fold && isLower(needle[second]);
  const Bytes64 firstMask = (Bytes64)(uint8_t)(foldFirst ? 0x20 : 0);
  const Bytes64 secondMask = (Bytes64)(uint8_t)(foldSecond ? 0x20 : 0);
  const Bytes64 firstByte = (Bytes64)needle[first], secondByte = (Bytes64)needle[second];
  const size_t end = search->offsets[search->rows], length = search->length;
  for (size_t at = search->offsets[0]; at + length <= end; at += 64) {
    Bytes64 a = *(const Bytes64 *)(bytes + at + first) | firstMask;
    Bytes64 b = *(const Bytes64 *)(bytes + at + second) | secondMask;
    Bits64 found = __builtin_convertvector((a == firstByte) & (b == secondByte), Bits64);
    uint64_t here;
    memcpy(&here, &found, 8);
    for (; here; here &= here - 1)
      candidates[count++] = (uint32_t)at + (uint32_t)__builtin_ctzll(here);
    if (count >= capacity) {
      check(search, candidates, count);
      count = 0;
    }
  }
  check(search, candidates, count);
}

// Looks for the two rarest bytes of the needle.
static void search(Search *search) {
  const uint8_t *needle = search->needle;
  const size_t length = search->length;
  prepareHead(search);
  size_t first = 0, second = length - 1;
  for (size_t i = 0; i < length; i++)
    if (commonness(needle[i]) < commonness(needle[first])) first = i;
  if (second == first) second = 0;
  for (size_t i = 0; i < length; i++)
    if (i != first && commonness(needle[i]) < commonness(needle[second])) second = i;
  scan(search, first, second);
}

void ck_contains(const uint8_t *bytes, const uint32_t *offsets, size_t rows, const uint8_t *needle,
                 size_t length, int fold, uint64_t *bits) {
  if (rows == 0) return;
  Search all = {bytes, offsets, rows, needle, length, fold, 0, 0, 0, 0, bits, 0, 0, 0};
  search(&all);
}

size_t ck_find_places(const uint8_t *bytes, const uint32_t *offsets, size_t rows,
                      const uint8_t *needle, size_t length, TextPlace *places, size_t capacity) {
  if (rows == 0) return 0;
  Search all = {bytes, offsets, rows, needle, length, 0, 0, 0, 0, 0, 0, places, 0, capacity};
  search(&all);
  return all.found;
}

// The bits of 64 flags, each 0 or 1.
INLINE uint64_t bitsOf(const uint8_t *flags) {
  Bits64 found = __builtin_convertvector(*(const Bytes64 *)flags != (Bytes64)(uint8_t)0, Bits64);
  uint64_t bits;
  memcpy(&bits, &found, 8);
  return bits;
}

// Few texts have the right length, which is seen without looking at them.
KERNEL static void equal(const uint8_t *bytes, const uint32_t *starts, const uint32_t *ends,
                         size_t rows, const uint8_t *needle, size_t length, uint64_t *bits) {
  for (size_t at = 0; at < rows; at += 64) {
    const size_t count = rows - at < 64 ? rows - at : 64;
    uint8_t flags[64] = {0};
    for (size_t i = 0; i < count; i++) flags[i] = ends[at + i] - starts[at + i] == length;
    uint64_t word = 0;
    for (uint64_t likely = bitsOf(flags); likely; likely &= likely - 1) {
      const size_t i = (size_t)__builtin_ctzll(likely);
      word |= (uint64_t)(memcmp(bytes + starts[at + i], needle, length) == 0) << i;
    }
    bits[at / 64] = word;
  }
}

// The first eight bytes of the needle tell most texts apart; 64 bytes behind a text are readable.
KERNEL static void affix(const uint8_t *bytes, const uint32_t *starts, const uint32_t *ends,
                         size_t rows, const uint8_t *needle, size_t length, int isEnd,
                         uint64_t *bits) {
  uint64_t head = 0;
  memcpy(&head, needle, length < 8 ? length : 8);
  const uint64_t mask = length < 8 ? ((uint64_t)1 << (8 * length)) - 1 : ~(uint64_t)0;
  for (size_t at = 0; at < rows; at += 64) {
    const size_t count = rows - at < 64 ? rows - at : 64;
    uint8_t flags[64] = {0};
    for (size_t i = 0; i < count; i++) {
      const uint32_t start = starts[at + i], end = ends[at + i];
      const int fits = end - start >= length;
      uint64_t own;
      memcpy(&own, bytes + (isEnd & fits ? end - (uint32_t)length : start), 8);
      flags[i] = (((own ^ head) & mask) == 0) & fits;
    }
    uint64_t word = bitsOf(flags);
    if (length > 8) {
      for (uint64_t likely = word; likely; likely &= likely - 1) {
        const size_t i = (size_t)__builtin_ctzll(likely);
        const uint8_t *text = bytes + (isEnd ? ends[at + i] - (uint32_t)length : starts[at + i]);
        if (memcmp(text, needle, length) != 0) word &= ~((uint64_t)1 << i);
      }
    }
    bits[at / 64] = word;
  }
}

void ck_text_matches(const uint8_t *bytes, const uint32_t *starts, const uint32_t *ends,
                     size_t rows, const uint8_t *needle, size_t length, int operation,
                     uint64_t *bits) {
  if (operation == 0) equal(bytes, starts, ends, rows, needle, length, bits);
  else affix(bytes, starts, ends, rows, needle, length, operation == 2, bits);
}

int ck_text_order(const uint8_t *a, size_t aLength, const uint8_t *b, size_t bLength) {
  int order = memcmp(a, b, aLength < bLength ? aLength : bLength);
  return order ? order : (aLength > bLength) - (aLength < bLength);
}

void ck_text_compare(const uint8_t *aBytes, const uint32_t *aStarts, const uint32_t *aEnds,
                     const uint8_t *bBytes, const uint32_t *bStarts, const uint32_t *bEnds,
                     size_t rows, int operation, int inverted, uint64_t *bits) {
  for (size_t w = 0; w < (rows + 63) / 64; w++) {
    size_t count = rows - w * 64 < 64 ? rows - w * 64 : 64;
    uint64_t word = 0;
    for (size_t i = 0; i < count; i++) {
      size_t row = w * 64 + i;
      int order = ck_text_order(aBytes + aStarts[row], aEnds[row] - aStarts[row],
                                bBytes + bStarts[row], bEnds[row] - bStarts[row]);
      int holds = operation == 0 ? order < 0 : operation == 1 ? order <= 0 : order == 0;
      word |= (uint64_t)(holds != (inverted != 0)) << i;
    }
    bits[w] = word;
  }
}

KERNEL void ck_text_lengths(const uint8_t *bytes, const uint32_t *starts, const uint32_t *ends,
                            size_t rows, int64_t *lengths) {
  typedef int8_t Signed64 __attribute__((ext_vector_type(64), aligned(1)));
  for (size_t i = 0; i < rows; i++) {
    uint32_t at = starts[i], end = ends[i];
    int64_t continued = 0;
    // Bytes that go on with a scalar, 10xxxxxx, 64 at a time; as many behind the end are readable.
    for (; at < end; at += 64) {
      Bits64 found = __builtin_convertvector(*(const Signed64 *)(bytes + at) < (int8_t)-64, Bits64);
      uint64_t here;
      memcpy(&here, &found, 8);
      if (end - at < 64) here &= ((uint64_t)1 << (end - at)) - 1;
      continued += __builtin_popcountll(here);
    }
    lengths[i] = (int64_t)(end - starts[i]) - continued;
  }
}

KERNEL int ck_fold_case(const uint8_t *bytes, size_t count, int toUpper, uint8_t *out) {
  const uint8_t low = toUpper ? 'a' : 'A';
  uint8_t all = 0;
  for (size_t i = 0; i < count; i++) {
    uint8_t byte = bytes[i];
    all |= byte;
    out[i] = byte ^ ((uint8_t)(byte - low) < 26 ? 0x20 : 0);
  }
  return all >= 0x80;
}

KERNEL int ck_is_ascii(const uint8_t *bytes, size_t count) {
  uint8_t all = 0;
  for (size_t i = 0; i < count; i++) all |= bytes[i];
  return all < 0x80;
}
