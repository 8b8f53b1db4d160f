#include "store.hpp"

#include <sqlite3.h>

#include <stdexcept>

std::vector<Tide> highest(const std::vector<Tide> &tides, int count) {
  sqlite3 *db = nullptr;
  if (sqlite3_open(":memory:", &db) != SQLITE_OK) throw std::runtime_error("cannot open the database");
  sqlite3_exec(db, "CREATE TABLE tides (port TEXT, height REAL)", nullptr, nullptr, nullptr);
  sqlite3_stmt *insert = nullptr;
  sqlite3_prepare_v2(db, "INSERT INTO tides VALUES (?, ?)", -1, &insert, nullptr);
  for (const auto &tide : tides) {
    sqlite3_bind_text(insert, 1, tide.port.c_str(), -1, SQLITE_STATIC);
    sqlite3_bind_double(insert, 2, tide.height);
    sqlite3_step(insert);
    sqlite3_reset(insert);
  }
  sqlite3_finalize(insert);
  sqlite3_stmt *query = nullptr;
  sqlite3_prepare_v2(db, "SELECT port, height FROM tides ORDER BY height DESC LIMIT ?", -1, &query, nullptr);
  sqlite3_bind_int(query, 1, count);
  std::vector<Tide> found;
  while (sqlite3_step(query) == SQLITE_ROW)
    found.push_back({reinterpret_cast<const char *>(sqlite3_column_text(query, 0)), sqlite3_column_double(query, 1)});
  sqlite3_finalize(query);
  sqlite3_close(db);
  return found;
}
