#ifndef TEXT_H
#define TEXT_H

#include <stddef.h>

/* Where memory comes from; tests put something of their own here. */
extern void *(*text_alloc)(size_t size);

/* The words with the separator between them, or NULL where there is no memory. */
char *join(const char *const *words, size_t count, char separator);

/* Writes the start and the length of at most `most` words; returns how many there are. */
size_t split(const char *text, char separator, const char **starts, size_t *lengths, size_t most);

#endif
