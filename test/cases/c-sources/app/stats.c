#include "stats.h"

#include <math.h>
#include <zlib.h>

double entropy(const char *text, size_t length) {
  size_t counts[256] = {0};
  double sum = 0;
  for (size_t i = 0; i < length; i++) counts[(unsigned char)text[i]]++;
  for (int i = 0; i < 256; i++)
    if (counts[i] > 0) sum -= (double)counts[i] / (double)length * log2((double)counts[i] / (double)length);
  return sum;
}

unsigned long checksum(const char *text, size_t length) { return crc32(0L, (const Bytef *)text, (uInt)length); }
