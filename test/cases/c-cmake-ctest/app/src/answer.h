const char *answer_for(const char *path);
