#pragma once

/* A greeting by the time of the day in hours. */
const char *greeting(int hour);
