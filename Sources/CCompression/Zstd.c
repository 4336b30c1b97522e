#include "Expander.h"

#include <stdlib.h>
#include <zstd.h>

typedef struct {
  decoy_expander expander;
  ZSTD_DCtx *context;
  // How much the library wants next: a header or a block.
  size_t wanted;
  int is_damaged;
} zstd_expander;

static void release(decoy_expander *expander) {
  ZSTD_freeDCtx(((zstd_expander *)expander)->context);
  free(expander);
}

static void reset(decoy_expander *expander) {
  zstd_expander *own = (zstd_expander *)expander;
  ZSTD_DCtx_reset(own->context, ZSTD_reset_session_only);
  own->wanted = 0;
  own->is_damaged = 0;
}

static decoy_expand_result expand(decoy_expander *expander, const uint8_t *in, size_t *in_count,
                                  uint8_t *out, size_t *out_count) {
  zstd_expander *own = (zstd_expander *)expander;
  ZSTD_outBuffer output = {out, *out_count, 0};
  size_t taken = 0;
  decoy_expand_result result = own->is_damaged ? DECOY_EXPAND_DAMAGED : DECOY_EXPAND_MORE;
  // A block at a time: a damaged one would take what came before it along.
  while (!own->is_damaged && output.pos < output.size) {
    // What is wanted counts the three bytes of the next block's head in.
    size_t step = own->wanted > 3 ? own->wanted - 3 : 3;
    if (step > *in_count - taken) step = *in_count - taken;
    ZSTD_inBuffer input = {in, taken + step, taken};
    size_t given = output.pos;
    size_t status = ZSTD_decompressStream(own->context, &output, &input);
    if (ZSTD_isError(status)) {
      own->is_damaged = 1;
      result = given > 0 ? DECOY_EXPAND_MORE : DECOY_EXPAND_DAMAGED;
      break;
    }
    int is_still = input.pos == taken && output.pos == given;
    taken = input.pos;
    own->wanted = status;
    if (status == 0) result = DECOY_EXPAND_END;
    if (status == 0 || is_still) break;
  }
  *in_count = taken;
  *out_count = output.pos;
  return result;
}

decoy_expander *decoy_zstd_expander(void) {
  zstd_expander *made = calloc(1, sizeof *made);
  if (!made) return NULL;
  made->expander = (decoy_expander){release, reset, expand};
  made->context = ZSTD_createDCtx();
  if (!made->context) {
    free(made);
    return NULL;
  }
  // Files of `zstd --long=31` are read as well.
  ZSTD_DCtx_setParameter(made->context, ZSTD_d_windowLogMax, 31);
  return &made->expander;
}
