#include <zlib.h>

// Raw deflate data, as a zip file holds it: without zlib's own header and trailer.
static inline int czlib_inflate_init(z_stream *stream) { return inflateInit2(stream, -15); }

static inline int czlib_deflate_init(z_stream *stream) {
  return deflateInit2(stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY);
}
