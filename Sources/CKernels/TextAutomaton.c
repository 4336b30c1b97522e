#include "Internal/Candidates.h"
#include "Internal/Clones.h"
#include "TextSearch.h"

// Several texts are read side by side, here long ones: each look-up waits for the one before in its text, not for the
// others'. A lane takes the next text when its own is done.
enum { LANES = 6, STRIDE = 16, LAST_DECIDED = 256 };

typedef struct {
  const uint8_t *bytes;
  const uint32_t *starts, *ends;
  size_t words;
  // The word at hand, and its rows that are not taken yet.
  size_t word;
  uint64_t rest;
  uint64_t *bits;
} Rows;

typedef struct {
  const uint8_t *next[LANES];
  size_t left[LANES], row[LANES];
  uint32_t state[LANES];
} Lanes;

// The next of the rows; -1 when all are taken.
INLINE size_t takeRow(Rows *rows) {
  while (rows->rest == 0) {
    if (rows->word + 1 >= rows->words) return (size_t)-1;
    rows->rest = rows->bits[++rows->word];
    // Rows are set again as they are accepted; a lane may still be at one of an earlier word.
    rows->bits[rows->word] = 0;
  }
  const size_t row = 64 * rows->word + (size_t)__builtin_ctzll(rows->rest);
  rows->rest &= rows->rest - 1;
  return row;
}

// What a lane without a text reads.
static const uint8_t nothing[2 * STRIDE];

// Gives a lane the next text; one without a text stays where nothing leads out. Returns whether it has one.
INLINE int take(Lanes *lanes, size_t lane, Rows *rows, uint32_t start, int backward) {
  const size_t row = takeRow(rows);
  lanes->row[lane] = row;
  if (row == (size_t)-1) {
    lanes->next[lane] = nothing + STRIDE;
    lanes->left[lane] = STRIDE;
    lanes->state[lane] = LAST_DECIDED;
    return 0;
  }
  lanes->next[lane] = rows->bytes + (backward ? rows->ends[row] : rows->starts[row]);
  lanes->left[lane] = rows->ends[row] - rows->starts[row];
  lanes->state[lane] = start;
  return 1;
}

INLINE void run(Rows *rows, const uint16_t *table, const uint8_t *accepts, uint32_t start,
                int backward) {
  Lanes lanes;
  size_t busy = 0;
  for (size_t i = 0; i < LANES; i++) busy += (size_t)take(&lanes, i, rows, start, backward);
  while (busy) {
    size_t count = STRIDE;
    for (size_t i = 0; i < LANES; i++) count = lanes.left[i] < count ? lanes.left[i] : count;
    for (size_t at = 0; at < count; at++)
      for (size_t i = 0; i < LANES; i++)
        lanes.state[i] = table[lanes.state[i] + lanes.next[i][backward ? -1 - (ptrdiff_t)at : (ptrdiff_t)at]];
    for (size_t i = 0; i < LANES; i++) {
      const size_t row = lanes.row[i];
      if (row == (size_t)-1) continue;
      lanes.next[i] += backward ? -(ptrdiff_t)count : (ptrdiff_t)count;
      lanes.left[i] -= count;
      if (lanes.left[i] && lanes.state[i] > LAST_DECIDED) continue;
      rows->bits[row / 64] |= (uint64_t)accepts[lanes.state[i] / 256] << (row % 64);
      busy -= (size_t)!take(&lanes, i, rows, start, backward);
    }
  }
}

// Short texts are read four at a time, each to the end of the longest: one that has ended stays in its
// state. Of what is read behind it 64 bytes are there; what is longer goes on alone.
enum { GROUP = 4, STEP = 2, MOST_TOGETHER = 60, MOST_SHORT = 24 };

// The rows of a word that match, among some of them.
INLINE uint64_t runWord(const uint8_t *bytes, const uint32_t *starts, const uint32_t *ends,
                        uint64_t rest, const uint16_t *table, const uint8_t *accepts,
                        uint32_t start) {
  uint64_t found = 0;
  while (rest) {
    const uint8_t *text[GROUP];
    uint32_t size[GROUP], state[GROUP], longest = 0, at = 0;
    uint64_t bit[GROUP];
    for (size_t i = 0; i < GROUP; i++) {
      bit[i] = rest & -rest;
      const size_t row = rest ? (size_t)__builtin_ctzll(rest) : 0;
      rest ^= bit[i];
      text[i] = bytes + starts[row];
      size[i] = bit[i] ? ends[row] - starts[row] : 0;
      state[i] = start;
      longest = size[i] > longest ? size[i] : longest;
    }
    for (uint32_t open = ~0u; at < longest && at < MOST_TOGETHER && open & ~(uint32_t)LAST_DECIDED;
         at += STEP) {
      open = 0;
      for (uint32_t k = 0; k < STEP; k++)
        for (size_t i = 0; i < GROUP; i++) {
          const uint32_t next = table[state[i] + text[i][at + k]];
          state[i] = at + k < size[i] ? next : state[i];
        }
      for (size_t i = 0; i < GROUP; i++) open |= state[i];
    }
    for (size_t i = 0; i < GROUP; i++) {
      for (uint32_t more = at; more < size[i] && state[i] > LAST_DECIDED; more++)
        state[i] = table[state[i] + text[i][more]];
      found |= bit[i] & (0 - (uint64_t)accepts[state[i] / 256]);
    }
  }
  return found;
}

// Whether texts have few bytes on the average.
static int areShort(const uint32_t *starts, const uint32_t *ends, size_t rows) {
  size_t total = 0;
  for (size_t row = 0; row < rows; row++) total += ends[row] - starts[row];
  return total <= MOST_SHORT * rows;
}

void ck_run_automaton(const uint8_t *bytes, const uint32_t *starts, const uint32_t *ends,
                      size_t rows, const uint16_t *table, const uint8_t *accepts, uint32_t start,
                      int backward, uint64_t *bits) {
  if (rows == 0) return;
  if (!backward && areShort(starts, ends, rows)) {
    for (size_t row = 0; row < rows; row += 64)
      bits[row / 64] = runWord(bytes, starts + row, ends + row, bits[row / 64], table, accepts, start);
    return;
  }
  Rows all = {.bytes = bytes, .starts = starts, .ends = ends, .words = (rows + 63) / 64,
              .rest = bits[0], .bits = bits};
  bits[0] = 0;
  if (backward) run(&all, table, accepts, start, 1);
  else run(&all, table, accepts, start, 0);
}
