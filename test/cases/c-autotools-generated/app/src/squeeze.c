#include "config.h"

#include <bzlib.h>
#include <stdio.h>
#include <zstd.h>
#ifdef HAVE_LZMA
#include <lzma.h>
#endif

#include "words.h"

int main(void) {
  static char text[65536], packed[65536];
  size_t length = words_read(DATADIR "/words.txt", text, sizeof text);
  unsigned int size = sizeof packed;
  BZ2_bzBuffToBuffCompress(packed, &size, text, (unsigned int)length, 9, 0, 0);
  size_t zstd = ZSTD_compress(packed, sizeof packed, text, length, 19);
  printf("%zu bytes: bzip2 %s, zstd %s", length, size < length ? "smaller" : "larger", zstd < length ? "smaller" : "larger");
#ifdef HAVE_LZMA
  printf(", xz %s", lzma_version_number() > 50000000 ? "too" : "old");
#endif
  printf("\n");
  return 0;
}
