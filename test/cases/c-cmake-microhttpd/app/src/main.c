#include <jansson.h>
#include <microhttpd.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pages.h"

#define DEFAULT_PORT 8420

static enum MHD_Result reply(struct MHD_Connection *connection, unsigned status, char *text, size_t length, const char *type) {
  struct MHD_Response *response = MHD_create_response_from_buffer(length, text, MHD_RESPMEM_MUST_FREE);
  MHD_add_response_header(response, "Content-Type", type);
  enum MHD_Result result = MHD_queue_response(connection, status, response);
  MHD_destroy_response(response);
  return result;
}

static enum MHD_Result answer(void *config, struct MHD_Connection *connection, const char *url, const char *method,
                              const char *version, const char *data, size_t *size, void **state) {
  (void)version, (void)data, (void)size, (void)state;
  if (strcmp(method, "GET") != 0) return reply(connection, 405, strdup("GET only\n"), 9, "text/plain");
  if (strcmp(url, "/healthz") == 0) return reply(connection, 200, strdup("ok\n"), 3, "text/plain");
  if (strcmp(url, "/status") == 0) {
    json_t *status = json_pack("{s:s, s:O}", "state", "up", "site", json_object_get((json_t *)config, "site"));
    char *text = json_dumps(status, JSON_SORT_KEYS);
    json_decref(status);
    return reply(connection, 200, text, strlen(text), "application/json");
  }
  size_t length = 0;
  char *page = page_read(strcmp(url, "/") == 0 ? "index.html" : url + 1, &length);
  if (page == NULL) return reply(connection, 404, strdup("not here\n"), 9, "text/plain");
  return reply(connection, 200, page, length, "text/html");
}

int main(void) {
  json_error_t error;
  json_t *config = json_load_file(STATUSD_CONFIG, 0, &error);
  if (config == NULL) {
    fprintf(stderr, "%s:%d: %s\n", STATUSD_CONFIG, error.line, error.text);
    return 1;
  }
  const char *given = getenv("STATUSD_PORT");
  unsigned short port = given != NULL ? (unsigned short)atoi(given) : DEFAULT_PORT;

  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGINT);
  pthread_sigmask(SIG_BLOCK, &set, NULL);

  struct MHD_Daemon *daemon = MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD, port, NULL, NULL, &answer, config, MHD_OPTION_END);
  if (daemon == NULL) {
    fprintf(stderr, "cannot listen on %u\n", port);
    return 1;
  }
  int number;
  sigwait(&set, &number);
  MHD_stop_daemon(daemon);
  json_decref(config);
  return 0;
}
