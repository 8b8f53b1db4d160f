#include <stdio.h>
#include <string.h>

#include "depot.h"

int main(int argc, char **argv) {
  for (int i = 1; i < argc; i++) {
    size_t length = strlen(argv[i]);
    size_t packed = depot_packed(argv[i], length);
    printf("%zu bytes, %zu packed, %d words\n", length, packed, depot_words(argv[i]));
  }
  return 0;
}
