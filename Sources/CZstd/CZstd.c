#include "CZstd.h"

#include <stdlib.h>
#include <zstd.h>

struct decoy_expander {
  ZSTD_DCtx *context;
  // How much the library wants next: a header or a block.
  size_t wanted;
  int is_damaged;
};

decoy_expander *decoy_expander_new(void) {
  decoy_expander *expander = calloc(1, sizeof *expander);
  if (!expander) return NULL;
  expander->context = ZSTD_createDCtx();
  if (!expander->context) {
    free(expander);
    return NULL;
  }
  // Files of `zstd --long=31` are read as well.
  ZSTD_DCtx_setParameter(expander->context, ZSTD_d_windowLogMax, 31);
  return expander;
}

void decoy_expander_free(decoy_expander *expander) {
  if (!expander) return;
  ZSTD_freeDCtx(expander->context);
  free(expander);
}

void decoy_expander_reset(decoy_expander *expander) {
  ZSTD_DCtx_reset(expander->context, ZSTD_reset_session_only);
  expander->wanted = 0;
  expander->is_damaged = 0;
}

decoy_expand_result decoy_expand(decoy_expander *expander, const uint8_t *in, size_t *in_count,
                                 uint8_t *out, size_t *out_count) {
  ZSTD_outBuffer output = {out, *out_count, 0};
  size_t taken = 0;
  decoy_expand_result result = expander->is_damaged ? DECOY_EXPAND_DAMAGED : DECOY_EXPAND_MORE;
  // A block at a time: a damaged one would take what came before it along.
  while (!expander->is_damaged && output.pos < output.size) {
    // What is wanted counts the three bytes of the next block's head in.
    size_t step = expander->wanted > 3 ? expander->wanted - 3 : 3;
    if (step > *in_count - taken) step = *in_count - taken;
    ZSTD_inBuffer input = {in, taken + step, taken};
    size_t given = output.pos;
    size_t status = ZSTD_decompressStream(expander->context, &output, &input);
    if (ZSTD_isError(status)) {
      expander->is_damaged = 1;
      result = given > 0 ? DECOY_EXPAND_MORE : DECOY_EXPAND_DAMAGED;
      break;
    }
    int is_still = input.pos == taken && output.pos == given;
    taken = input.pos;
    expander->wanted = status;
    if (status == 0) result = DECOY_EXPAND_END;
    if (status == 0 || is_still) break;
  }
  *in_count = taken;
  *out_count = output.pos;
  return result;
}
