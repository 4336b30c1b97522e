#pragma once

#include <stddef.h>
#include <stdint.h>

// Inflates gzip members one after the other.
typedef struct decoy_inflater decoy_inflater;

typedef enum {
  DECOY_INFLATE_MORE = 0,     // the input is used up or the output full
  DECOY_INFLATE_END = 1,      // a member ended here
  DECOY_INFLATE_DAMAGED = 2,  // what follows is no deflate data, or the check sum is wrong
} decoy_inflate_result;

// NULL when there is no memory.
decoy_inflater *decoy_inflater_new(void);
void decoy_inflater_free(decoy_inflater *inflater);

// Makes ready for the next member, or for the first again.
void decoy_inflater_reset(decoy_inflater *inflater);

// Takes from in[0, *in_count) and gives to out[0, *out_count); both counts become what was used.
decoy_inflate_result decoy_inflate(decoy_inflater *inflater, const uint8_t *in, size_t *in_count,
                                   uint8_t *out, size_t *out_count);
