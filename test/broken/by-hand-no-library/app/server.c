#include <stdio.h>
#include <uv.h>
int main(void) { puts(uv_version_string()); return 0; }
