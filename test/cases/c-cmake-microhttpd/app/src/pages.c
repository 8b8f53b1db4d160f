#include "pages.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *page_read(const char *name, size_t *length) {
  char path[512];
  if (strchr(name, '/') != NULL || name[0] == '.') return NULL;
  snprintf(path, sizeof path, "%s/%s", STATUSD_DATADIR, name);
  FILE *file = fopen(path, "rb");
  if (file == NULL) return NULL;
  char *text = malloc(65536);
  *length = text == NULL ? 0 : fread(text, 1, 65536, file);
  fclose(file);
  return text;
}
