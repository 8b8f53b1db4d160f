#include "depot.h"

int main(void) { return depot_packed("", 0) == 0; }
