#pragma once

#include "CCompression.h"

// What each library does for an expander; its own state begins with one.
struct decoy_expander {
  void (*free)(decoy_expander *);
  void (*reset)(decoy_expander *);
  decoy_expand_result (*expand)(decoy_expander *, const uint8_t *in, size_t *in_count, uint8_t *out,
                                size_t *out_count);
};

decoy_expander *decoy_gzip_expander(void);
decoy_expander *decoy_zstd_expander(void);
