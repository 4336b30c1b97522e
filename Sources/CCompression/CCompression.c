#include "Expander.h"

decoy_expander *decoy_expander_new(decoy_compression compression) {
  return compression == DECOY_GZIP ? decoy_gzip_expander() : decoy_zstd_expander();
}

void decoy_expander_free(decoy_expander *expander) { expander->free(expander); }

void decoy_expander_reset(decoy_expander *expander) { expander->reset(expander); }

decoy_expand_result decoy_expand(decoy_expander *expander, const uint8_t *in, size_t *in_count,
                                 uint8_t *out, size_t *out_count) {
  return expander->expand(expander, in, in_count, out, out_count);
}
