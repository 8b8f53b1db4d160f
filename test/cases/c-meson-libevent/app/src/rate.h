#pragma once

/* Requests per second, after one more at a time in seconds. */
double rate_next(double now);
