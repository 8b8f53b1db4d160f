#include "words.h"

#include <stdio.h>

size_t words_read(const char *path, char *text, size_t size) {
  FILE *file = fopen(path, "r");
  if (file == NULL) return 0;
  size_t length = fread(text, 1, size, file);
  fclose(file);
  return length;
}
