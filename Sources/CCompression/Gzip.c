#include "Expander.h"

#include <stdlib.h>
#include <zlib.h>

typedef struct {
  decoy_expander expander;
  z_stream stream;
} gzip_expander;

static void release(decoy_expander *expander) {
  inflateEnd(&((gzip_expander *)expander)->stream);
  free(expander);
}

static void reset(decoy_expander *expander) { inflateReset(&((gzip_expander *)expander)->stream); }

static decoy_expand_result expand(decoy_expander *expander, const uint8_t *in, size_t *in_count,
                                  uint8_t *out, size_t *out_count) {
  z_stream *stream = &((gzip_expander *)expander)->stream;
  stream->next_in = (Bytef *)in;
  stream->avail_in = (uInt)*in_count;
  stream->next_out = out;
  stream->avail_out = (uInt)*out_count;
  int status = inflate(stream, Z_NO_FLUSH);
  *in_count -= stream->avail_in;
  *out_count -= stream->avail_out;
  if (status == Z_STREAM_END) return DECOY_EXPAND_END;
  return status == Z_OK || status == Z_BUF_ERROR ? DECOY_EXPAND_MORE : DECOY_EXPAND_DAMAGED;
}

decoy_expander *decoy_gzip_expander(void) {
  gzip_expander *made = calloc(1, sizeof *made);
  if (!made) return NULL;
  made->expander = (decoy_expander){release, reset, expand};
  // 15 bits of window, and 16 to expect a gzip header and trailer.
  if (inflateInit2(&made->stream, 15 + 16) == Z_OK) return &made->expander;
  free(made);
  return NULL;
}
