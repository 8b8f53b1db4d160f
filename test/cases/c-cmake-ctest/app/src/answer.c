#include "answer.h"

#include <string.h>

const char *answer_for(const char *path) {
  return strcmp(path, "/tea") == 0 ? "three minutes" : "no such thing";
}
