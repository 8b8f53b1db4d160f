#include <stdio.h>
#include <string.h>

#include "answer.h"

int main(void) {
  if (strcmp(answer_for("/tea"), "three minutes") == 0) return 0;
  fprintf(stderr, "tea takes %s\n", answer_for("/tea"));
  return 1;
}
