#include "depot.h"

#include <openssl/evp.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

void depot_digest(const char *text, size_t length, char *out) {
  unsigned char sum[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  EVP_Digest(text, length, sum, &size, EVP_sha256(), NULL);
  for (unsigned i = 0; i < size; i++) sprintf(out + 2 * i, "%02x", sum[i]);
}

size_t depot_packed(const char *text, size_t length) {
  uLongf size = compressBound(length);
  Bytef *packed = malloc(size);
  if (packed == NULL || compress(packed, &size, (const Bytef *)text, length) != Z_OK) size = 0;
  free(packed);
  return size;
}

int depot_words(char *text) {
  sqlite3 *db = NULL;
  sqlite3_stmt *insert = NULL;
  int rows = 0;
  sqlite3_open(":memory:", &db);
  sqlite3_exec(db, "create table words (word text primary key)", NULL, NULL, NULL);
  sqlite3_prepare_v2(db, "insert or ignore into words values (?)", -1, &insert, NULL);
  for (char *word = strtok(text, " "); word != NULL; word = strtok(NULL, " ")) {
    sqlite3_bind_text(insert, 1, word, -1, SQLITE_STATIC);
    sqlite3_step(insert);
    sqlite3_reset(insert);
    rows += sqlite3_changes(db);
  }
  sqlite3_finalize(insert);
  sqlite3_close(db);
  return rows;
}
