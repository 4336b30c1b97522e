#include "CZlib.h"

#include <stdlib.h>
#include <zlib.h>

struct decoy_inflater {
  z_stream stream;
};

decoy_inflater *decoy_inflater_new(void) {
  decoy_inflater *inflater = calloc(1, sizeof *inflater);
  if (!inflater) return NULL;
  // 15 bits of window, and 16 to expect a gzip header and trailer.
  if (inflateInit2(&inflater->stream, 15 + 16) != Z_OK) {
    free(inflater);
    return NULL;
  }
  return inflater;
}

void decoy_inflater_free(decoy_inflater *inflater) {
  if (!inflater) return;
  inflateEnd(&inflater->stream);
  free(inflater);
}

void decoy_inflater_reset(decoy_inflater *inflater) { inflateReset(&inflater->stream); }

decoy_inflate_result decoy_inflate(decoy_inflater *inflater, const uint8_t *in, size_t *in_count,
                                   uint8_t *out, size_t *out_count) {
  z_stream *stream = &inflater->stream;
  stream->next_in = (Bytef *)in;
  stream->avail_in = (uInt)*in_count;
  stream->next_out = out;
  stream->avail_out = (uInt)*out_count;
  int status = inflate(stream, Z_NO_FLUSH);
  *in_count -= stream->avail_in;
  *out_count -= stream->avail_out;
  if (status == Z_STREAM_END) return DECOY_INFLATE_END;
  return status == Z_OK || status == Z_BUF_ERROR ? DECOY_INFLATE_MORE : DECOY_INFLATE_DAMAGED;
}
