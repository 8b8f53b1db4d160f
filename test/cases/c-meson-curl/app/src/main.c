#include <curl/curl.h>
#include <microhttpd.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fetch.h"

static sem_t stopped;
static const char *target;

static void on_signal(int number) {
  (void)number;
  sem_post(&stopped);
}

static enum MHD_Result reply(struct MHD_Connection *connection, unsigned int status, const char *text) {
  struct MHD_Response *response =
      MHD_create_response_from_buffer(strlen(text), (void *)(size_t)text, MHD_RESPMEM_MUST_COPY);
  const enum MHD_Result result = MHD_queue_response(connection, status, response);
  MHD_destroy_response(response);
  return result;
}

static enum MHD_Result on_request(void *unused, struct MHD_Connection *connection, const char *url,
                                  const char *method, const char *version, const char *data, size_t *size,
                                  void **state) {
  (void)unused;
  (void)method;
  (void)version;
  (void)data;
  (void)size;
  (void)state;
  if (strcmp(url, "/healthz") == 0) return reply(connection, MHD_HTTP_OK, "ok\n");
  if (strcmp(url, "/") != 0) return reply(connection, MHD_HTTP_NOT_FOUND, "not found\n");
  char error[128] = "";
  char text[512];
  const long status = fetch_status(target, error, sizeof error);
  if (status > 0) snprintf(text, sizeof text, "%s answers %ld\n", target, status);
  else snprintf(text, sizeof text, "%s: %s\n", target, error);
  return reply(connection, status > 0 ? MHD_HTTP_OK : MHD_HTTP_BAD_GATEWAY, text);
}

int main(void) {
  const char *port = getenv("PORT");
  const unsigned short number = (unsigned short)(port ? atoi(port) : 8086);
  char self[64];
  snprintf(self, sizeof self, "http://127.0.0.1:%hu/healthz", number);
  target = getenv("LOOKOUT_TARGET") ? getenv("LOOKOUT_TARGET") : self;
  curl_global_init(CURL_GLOBAL_DEFAULT);
  sem_init(&stopped, 0, 0);
  signal(SIGTERM, on_signal);
  signal(SIGINT, on_signal);
  struct MHD_Daemon *daemon =
      MHD_start_daemon(MHD_USE_THREAD_PER_CONNECTION | MHD_USE_INTERNAL_POLLING_THREAD, number, NULL, NULL,
                       on_request, NULL, MHD_OPTION_END);
  if (daemon == NULL) return 1;
  while (sem_wait(&stopped) != 0) continue;
  MHD_stop_daemon(daemon);
  curl_global_cleanup();
  return 0;
}
