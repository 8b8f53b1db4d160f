#include <event2/buffer.h>
#include <event2/event.h>
#include <event2/http.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "rate.h"

static void on_health(struct evhttp_request *request, void *unused) {
  (void)unused;
  evhttp_send_reply(request, HTTP_OK, "OK", NULL);
}

static void on_ping(struct evhttp_request *request, void *unused) {
  (void)unused;
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  struct evbuffer *body = evbuffer_new();
  evbuffer_add_printf(body, "pong %.2f\n", rate_next((double)now.tv_sec + (double)now.tv_nsec / 1e9));
  evhttp_send_reply(request, HTTP_OK, "OK", body);
  evbuffer_free(body);
}

int main(void) {
  const char *host = getenv("PINGD_HOST") ? getenv("PINGD_HOST") : "127.0.0.1";
  const int port = 7070;
  struct event_base *base = event_base_new();
  struct evhttp *http = evhttp_new(base);
  evhttp_set_cb(http, "/ping", on_ping, NULL);
  evhttp_set_cb(http, "/healthz", on_health, NULL);
  if (evhttp_bind_socket(http, host, port) != 0) {
    fprintf(stderr, "cannot listen on %s:%d\n", host, port);
    return 1;
  }
  event_base_dispatch(base);
  return 0;
}
