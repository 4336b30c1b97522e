#include <string.h>

#include "Internal/Clones.h"
#include "Internal/TextHeads.h"
#include "TextSearch.h"

typedef _Bool Bits64 __attribute__((ext_vector_type(64)));
typedef uint32_t Places64 __attribute__((ext_vector_type(64), aligned(4)));

// Two columns of texts.
typedef struct {
  const uint8_t *aBytes, *bBytes;
  const uint32_t *aStarts, *aEnds, *bStarts, *bEnds;
  size_t rows;
} Pairs;

INLINE uint32_t aLength(const Pairs *pairs, size_t row) {
  return pairs->aEnds[row] - pairs->aStarts[row];
}

INLINE uint32_t bLength(const Pairs *pairs, size_t row) {
  return pairs->bEnds[row] - pairs->bStarts[row];
}

INLINE size_t blockRows(const Pairs *pairs, size_t at) {
  return pairs->rows - at < 64 ? pairs->rows - at : 64;
}

// Which of up to 64 pairs of texts are of the same length; none behind the last row.
INLINE uint64_t sameLengths(const Pairs *pairs, size_t at) {
  uint64_t bits = 0;
  if (at + 64 > pairs->rows) {
    for (size_t row = at; row < pairs->rows; row++)
      bits |= (uint64_t)(aLength(pairs, row) == bLength(pairs, row)) << (row - at);
    return bits;
  }
  const Places64 a = *(const Places64 *)(pairs->aEnds + at) - *(const Places64 *)(pairs->aStarts + at);
  const Places64 b = *(const Places64 *)(pairs->bEnds + at) - *(const Places64 *)(pairs->bStarts + at);
  const Bits64 same = __builtin_convertvector(a == b, Bits64);
  memcpy(&bits, &same, 8);
  return bits;
}

// Which of up to 64 pairs are no empty texts, and which of the others hold: an empty text is less. Where
// one text is empty, as under nulls, the other is not looked at: its bytes may be in no cache.
typedef struct {
  uint64_t open, holds;
} Lengths;

INLINE Lengths lengthsOf(const Pairs *pairs, size_t at, int orEqual) {
  Lengths found = {0, 0};
  if (at >= pairs->rows) return found;
  const size_t count = blockRows(pairs, at);
  for (size_t i = 0; i < count; i++) {
    const uint32_t a = aLength(pairs, at + i), b = bLength(pairs, at + i);
    const uint64_t isOpen = (a != 0) & (b != 0);
    found.open |= isOpen << i;
    found.holds |= ((isOpen ^ 1) & ((a < b) | ((a == b) & (uint64_t)orEqual))) << i;
  }
  return found;
}

// The order of 64 pairs by their first bytes.
typedef struct {
  uint64_t less, equal;
} Heads;

INLINE void addHeads(Heads *found, const Pairs *pairs, size_t at, size_t i) {
  const uint64_t a = firstBytes(pairs->aBytes + pairs->aStarts[at + i], aLength(pairs, at + i));
  const uint64_t b = firstBytes(pairs->bBytes + pairs->bStarts[at + i], bLength(pairs, at + i));
  found->less |= (uint64_t)(a < b) << i;
  found->equal |= (uint64_t)(a == b) << i;
}

INLINE Heads headsOfAll(const Pairs *pairs, size_t at) {
  Heads found = {0, 0};
  readAhead(pairs->aBytes, pairs->aStarts, at, pairs->rows);
  readAhead(pairs->bBytes, pairs->bStarts, at, pairs->rows);
  for (size_t i = 0; i < 64; i++) addHeads(&found, pairs, at, i);
  return found;
}

// Asks for the bytes of the next pairs before it waits for those of the open ones.
INLINE Heads headsOfSome(const Pairs *pairs, size_t at, uint64_t open, uint64_t next) {
  Heads found = {0, 0};
  for (; next; next &= next - 1) {
    const size_t row = at + 64 + (size_t)__builtin_ctzll(next);
    __builtin_prefetch(pairs->aBytes + pairs->aStarts[row]);
    __builtin_prefetch(pairs->bBytes + pairs->bStarts[row]);
  }
  for (; open; open &= open - 1) addHeads(&found, pairs, at, (size_t)__builtin_ctzll(open));
  return found;
}

// Those of pairs with equal first bytes that hold.
INLINE uint64_t orderedPairs(const Pairs *pairs, size_t at, uint64_t open, int orEqual) {
  uint64_t found = 0;
  for (; open; open &= open - 1) {
    const size_t i = (size_t)__builtin_ctzll(open), row = at + i;
    const int order =
        ck_text_order(pairs->aBytes + pairs->aStarts[row], aLength(pairs, row),
                      pairs->bBytes + pairs->bStarts[row], bLength(pairs, row));
    found |= (uint64_t)(order < orEqual) << i;
  }
  return found;
}

// Those of pairs of one length with equal first bytes that are equal.
INLINE uint64_t equalPairs(const Pairs *pairs, size_t at, uint64_t open) {
  uint64_t found = 0;
  for (; open; open &= open - 1) {
    const size_t i = (size_t)__builtin_ctzll(open), row = at + i, length = aLength(pairs, row);
    const int isEqual = length <= 8 || memcmp(pairs->aBytes + pairs->aStarts[row],
                                              pairs->bBytes + pairs->bStarts[row], length) == 0;
    found |= (uint64_t)isEqual << i;
  }
  return found;
}

// Few texts are as long as the other of their row: only those are looked at.
KERNEL static void compareEqual(const Pairs *pairs, uint64_t flip, uint64_t *bits) {
  uint64_t next = sameLengths(pairs, 0);
  for (size_t at = 0; at < pairs->rows; at += 64) {
    const uint64_t open = next;
    next = sameLengths(pairs, at + 64);
    const Heads heads = headsOfSome(pairs, at, open, next);
    bits[at / 64] = (equalPairs(pairs, at, heads.equal) ^ flip) &
                    (~(uint64_t)0 >> (64 - blockRows(pairs, at)));
  }
}

KERNEL static void compareOrder(const Pairs *pairs, int orEqual, uint64_t flip, uint64_t *bits) {
  Lengths next = lengthsOf(pairs, 0, orEqual);
  for (size_t at = 0; at < pairs->rows; at += 64) {
    const Lengths own = next;
    next = lengthsOf(pairs, at + 64, orEqual);
    const Heads heads = own.open == ~(uint64_t)0
                            ? headsOfAll(pairs, at)
                            : headsOfSome(pairs, at, own.open, next.open);
    const uint64_t found =
        own.holds | heads.less | orderedPairs(pairs, at, heads.equal, orEqual);
    bits[at / 64] = (found ^ flip) & (~(uint64_t)0 >> (64 - blockRows(pairs, at)));
  }
}

void ck_text_compare(const uint8_t *aBytes, const uint32_t *aStarts, const uint32_t *aEnds,
                     const uint8_t *bBytes, const uint32_t *bStarts, const uint32_t *bEnds,
                     size_t rows, int operation, int inverted, uint64_t *bits) {
  const Pairs pairs = {aBytes, bBytes, aStarts, aEnds, bStarts, bEnds, rows};
  const uint64_t flip = inverted ? ~(uint64_t)0 : 0;
  if (operation == 2) compareEqual(&pairs, flip, bits);
  else compareOrder(&pairs, operation == 1, flip, bits);
}
