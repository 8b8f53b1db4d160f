#include <stdio.h>
#include <string.h>

#include "depot.h"

int main(int argc, char **argv) {
  char digest[65] = "";
  for (int i = 1; i < argc; i++) {
    depot_digest(argv[i], strlen(argv[i]), digest);
    printf("%s %s\n", digest, argv[i]);
  }
  return 0;
}
