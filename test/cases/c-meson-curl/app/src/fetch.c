#include "fetch.h"

#include <curl/curl.h>
#include <stdio.h>

static size_t drop(char *data, size_t size, size_t count, void *unused) {
  (void)data;
  (void)unused;
  return size * count;
}

long fetch_status(const char *url, char *error, unsigned long size) {
  long status = 0;
  CURL *curl = curl_easy_init();
  if (curl == NULL) return 0;
  curl_easy_setopt(curl, CURLOPT_URL, url);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, drop);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, 5L);
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  const CURLcode code = curl_easy_perform(curl);
  if (code != CURLE_OK) snprintf(error, size, "%s", curl_easy_strerror(code));
  else curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  curl_easy_cleanup(curl);
  return status;
}
