#include "rate.h"

#include <math.h>

static double rate;
static double last;

double rate_next(double now) {
  if (last > 0) rate = rate * exp(last - now) + 1;
  last = now;
  return rate;
}
