#pragma once

#include <stddef.h>
#include <stdint.h>

// Expands gzip members or zstd frames one after the other.
typedef struct decoy_expander decoy_expander;

typedef enum { DECOY_GZIP, DECOY_ZSTD } decoy_compression;

typedef enum {
  DECOY_EXPAND_MORE,     // the input is used up, or the output full: then more may come without
  DECOY_EXPAND_END,      // a member ended here, and its check sum, where it has one, is right
  DECOY_EXPAND_DAMAGED,  // what follows is no such data, or the check sum is wrong
} decoy_expand_result;

// NULL when there is no memory.
decoy_expander *decoy_expander_new(decoy_compression compression);
void decoy_expander_free(decoy_expander *expander);

// Makes ready for the next member, or for the first again.
void decoy_expander_reset(decoy_expander *expander);

// Takes from in[0, *in_count) and gives to out[0, *out_count); both counts become what was used.
decoy_expand_result decoy_expand(decoy_expander *expander, const uint8_t *in, size_t *in_count,
                                 uint8_t *out, size_t *out_count);

typedef enum { DECOY_FRAME_LZ4, DECOY_FRAME_ZSTD } decoy_frame;

// Expands a whole frame of in[0, in_count) into exactly out_count bytes; 0, or -1 where it is damaged
// or of another length.
int decoy_expand_frame(decoy_frame kind, const uint8_t *in, size_t in_count, uint8_t *out,
                       size_t out_count);
