#include "CCompression.h"

#include <lz4frame.h>
#include <zstd.h>

static int expand_lz4(const uint8_t *in, size_t in_count, uint8_t *out, size_t out_count) {
  LZ4F_dctx *context;
  if (LZ4F_isError(LZ4F_createDecompressionContext(&context, LZ4F_VERSION))) return -1;
  size_t taken = 0, given = 0, wanted = 1;
  while (wanted != 0 && taken < in_count) {
    size_t in_step = in_count - taken, out_step = out_count - given;
    wanted = LZ4F_decompress(context, out + given, &out_step, in + taken, &in_step, NULL);
    if (LZ4F_isError(wanted) || (in_step == 0 && out_step == 0)) break;
    taken += in_step;
    given += out_step;
  }
  LZ4F_freeDecompressionContext(context);
  return wanted == 0 && given == out_count ? 0 : -1;
}

int decoy_expand_frame(decoy_frame kind, const uint8_t *in, size_t in_count, uint8_t *out,
                       size_t out_count) {
  if (kind == DECOY_FRAME_LZ4) return expand_lz4(in, in_count, out, out_count);
  return ZSTD_decompress(out, out_count, in, in_count) == out_count ? 0 : -1;
}
