#include <string.h>

#include "Internal/Candidates.h"
#include "Internal/Clones.h"
#include "TextSearch.h"

typedef _Bool Bits64 __attribute__((ext_vector_type(64)));
typedef uint8_t Bytes64 __attribute__((ext_vector_type(64), aligned(1)));

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
  // Whether a match must begin or end at the edge of a word.
  int edgeBefore, edgeBehind;
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

// Whether a byte of a text is that of the needle.
INLINE int isByte(const Search *search, uint8_t byte, size_t place) {
  return (search->fold ? lowered(byte) : byte) == search->needle[place];
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

// ASCII letters, digits and underscores are bytes of words.
INLINE int isWord(uint8_t byte) {
  return (uint8_t)((byte | 0x20) - 'a') < 26 || (uint8_t)(byte - '0') < 10 || byte == '_';
}

// Whether a match stands at the edges of words that it must, in a text from start to end.
INLINE int standsAtEdges(const Search *search, uint32_t place, uint32_t start, uint32_t end) {
  const uint32_t last = place + (uint32_t)search->length - 1;
  const uint8_t *bytes = search->bytes;
  const int before = place > start && isWord(bytes[place - 1]);
  const int behind = last + 1 < end && isWord(bytes[last + 1]);
  return (!search->edgeBefore || before != isWord(bytes[place])) &&
         (!search->edgeBehind || behind != isWord(bytes[last]));
}

// Keeps a match at a place of a row, unless it goes on in the next row or stands at no edge.
INLINE void keep(Search *search, size_t row, uint32_t place) {
  const uint32_t end = search->offsets[row + 1];
  const uint64_t isInside = place + search->length <= end &&
                            standsAtEdges(search, place, search->offsets[row], end);
  if (search->places == 0) {
    search->bits[row / 64] |= isInside << (row % 64);
  } else if (isInside) {
    if (search->found < search->capacity)
      search->places[search->found] = (TextPlace){(uint32_t)row, place};
    search->found++;
  }
}

// Keeps those candidates that are matches; the row stays in a register, since each waits for the last.
INLINE void check(Search *search, const uint32_t *candidates, size_t count) {
  const size_t length = search->length, end = search->offsets[search->rows];
  size_t row = search->row;
  for (size_t i = 0; i < count; i++) {
    const uint32_t place = candidates[i];
    if (place + length > end || !isMatch(search, search->bytes + place)) continue;
    row = rowOf(search->offsets, row, place);
    keep(search, row, place);
  }
  search->row = row;
}

// Candidates are places where two bytes of the needle are right. Masks of 64 bytes are made 64 at a time
// without a branch, the few that are not empty are walked then, and candidates are looked at when there
// are many: so none of the loops waits for another's guess.
INLINE void scanFor(Search *search, size_t first, size_t second, int fold) {
  enum { capacity = 1024, ahead = 512 };
  uint64_t masks[64];
  uint32_t candidates[capacity + 64 * 64];
  size_t count = 0;
  const uint8_t *needle = search->needle, *bytes = search->bytes;
  const Bytes64 firstMask = (Bytes64)(uint8_t)(isLower(needle[first]) ? 0x20 : 0);
  const Bytes64 secondMask = (Bytes64)(uint8_t)(isLower(needle[second]) ? 0x20 : 0);
  const Bytes64 firstByte = (Bytes64)needle[first], secondByte = (Bytes64)needle[second];
  const size_t end = search->offsets[search->rows], length = search->length;
  for (size_t base = search->offsets[0]; base + length <= end; base += 64 * 64) {
    const size_t pieces = (end - length - base) / 64 + 1, own = pieces < 64 ? pieces : 64;
    uint64_t filled = 0;
    for (size_t w = 0; w < own; w++) {
      const uint8_t *here = bytes + base + 64 * w;
      __builtin_prefetch(here + ahead);
      Bytes64 a = *(const Bytes64 *)(here + first), b = *(const Bytes64 *)(here + second);
      if (fold) a |= firstMask, b |= secondMask;
      Bits64 found = __builtin_convertvector((a == firstByte) & (b == secondByte), Bits64);
      memcpy(masks + w, &found, 8);
      filled |= (uint64_t)(masks[w] != 0) << w;
    }
    count += placesOf(masks, filled, (uint32_t)base, candidates + count);
    if (count >= capacity) {
      check(search, candidates, count);
      count = 0;
    }
  }
  check(search, candidates, count);
}

KERNEL static void scan(Search *search, size_t first, size_t second) {
  scanFor(search, first, second, 0);
}

KERNEL static void scanFolded(Search *search, size_t first, size_t second) {
  scanFor(search, first, second, 1);
}

// The place in the needle of its rarest byte.
static size_t rarest(const Search *search) {
  size_t best = 0;
  for (size_t i = 1; i < search->length; i++)
    if (commonness(search->needle[i]) < commonness(search->needle[best])) best = i;
  return best;
}

// The place of the byte that is seldom right where the first one is: some of those places are looked at.
static size_t rarestBeside(const Search *search, size_t first) {
  enum { sampledBytes = 2048, sampledPlaces = 32, longest = 32 };
  const uint8_t *needle = search->needle;
  const size_t start = search->offsets[0], end = search->offsets[search->rows];
  const size_t length = search->length < longest ? search->length : longest;
  const size_t stop = end - start < sampledBytes ? end : start + sampledBytes;
  uint32_t agreeing[longest] = {0};
  for (size_t at = start, seen = 0; at + search->length <= stop && seen < sampledPlaces; at++) {
    if (!isByte(search, search->bytes[at + first], first)) continue;
    seen++;
    for (size_t i = 0; i < length; i++) agreeing[i] += isByte(search, search->bytes[at + i], i);
  }
  size_t best = first == 0 ? search->length - 1 : 0;
  uint32_t least = UINT32_MAX;
  for (size_t i = 0; i < length; i++) {
    if (i == first || agreeing[i] > least) continue;
    if (agreeing[i] == least && commonness(needle[i]) >= commonness(needle[best])) continue;
    best = i;
    least = agreeing[i];
  }
  return best;
}

static void search(Search *search) {
  prepareHead(search);
  const size_t first = rarest(search), second = rarestBeside(search, first);
  if (search->fold) scanFolded(search, first, second);
  else scan(search, first, second);
}

void ck_contains(const uint8_t *bytes, const uint32_t *offsets, size_t rows, const uint8_t *needle,
                 size_t length, int fold, uint64_t *bits) {
  if (rows == 0) return;
  Search all = {.bytes = bytes, .offsets = offsets, .rows = rows, .needle = needle,
                .length = length, .fold = fold, .bits = bits};
  search(&all);
}

void ck_contains_word(const uint8_t *bytes, const uint32_t *offsets, size_t rows,
                      const uint8_t *needle, size_t length, int fold, int edgeBefore,
                      int edgeBehind, uint64_t *bits) {
  if (rows == 0) return;
  Search all = {.bytes = bytes, .offsets = offsets, .rows = rows, .needle = needle,
                .length = length, .fold = fold, .edgeBefore = edgeBefore,
                .edgeBehind = edgeBehind, .bits = bits};
  search(&all);
}

size_t ck_find_places(const uint8_t *bytes, const uint32_t *offsets, size_t rows,
                      const uint8_t *needle, size_t length, TextPlace *places, size_t capacity) {
  if (rows == 0) return 0;
  Search all = {.bytes = bytes, .offsets = offsets, .rows = rows, .needle = needle,
                .length = length, .places = places, .capacity = capacity};
  search(&all);
  return all.found;
}
