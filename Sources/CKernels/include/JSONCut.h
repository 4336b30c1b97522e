#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Finds the records of a JSON document: an array of objects, a response with pages of them, values
// one after the other. The text goes through in pieces of any size and keeps its length: what is
// around the records becomes spaces and U+001E, of which at least one stands between two records.

typedef enum {
  DECOY_CUT_NO_COMMA = 1,
  DECOY_CUT_NO_COLON,
  DECOY_CUT_NO_KEY,
  DECOY_CUT_EXTRA_COMMA,
  DECOY_CUT_WRONG_CLOSE,
  DECOY_CUT_ENDS_EARLY,
  DECOY_CUT_TOO_DEEP,
} decoy_cut_reason;

typedef struct {
  size_t place;
  decoy_cut_reason reason;
} decoy_cut_fault;

enum { DECOY_CUT_PATH = 6, DECOY_CUT_KEY = 64, DECOY_CUT_LEVELS = 32, DECOY_CUT_FAULTS = 256 };

typedef struct {
  // The keys that lead to the records; arrays on the way are gone into.
  char path[DECOY_CUT_PATH][DECOY_CUT_KEY];
  uint32_t path_length;

  // The containers around the records, and how many keys of the path lead into each.
  struct {
    uint8_t kind, keys;
  } levels[DECOY_CUT_LEVELS];
  uint32_t level_count;
  uint8_t state, expects;
  bool is_wanted, has_comma, is_in_string, is_escaped;
  uint64_t depth;
  char key[DECOY_CUT_KEY];
  uint32_t key_length;

  size_t offset;
  // Records, and values at the top.
  size_t records, values;
  decoy_cut_fault faults[DECOY_CUT_FAULTS];
  size_t fault_count;
} decoy_json_cutter;

// Begins a document; `path` has been set, the rest may be anything.
void decoy_cut_begin(decoy_json_cutter *cutter);

// Takes the next bytes, and changes them in place.
void decoy_cut(decoy_json_cutter *cutter, uint8_t *p, size_t n);

// Takes the end of the text.
void decoy_cut_end(decoy_json_cutter *cutter);
