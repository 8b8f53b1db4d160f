#ifndef FETCH_H
#define FETCH_H

/** The status with which an address answers, or 0 with what went wrong. */
long fetch_status(const char *url, char *error, unsigned long size);

#endif
