#ifndef TABLE_H
#define TABLE_H

#include <stddef.h>

enum { TABLE_PLACES = 64, KEY_BYTES = 24 };

/* A table of numbers by name, of fixed size. An empty key means a free place. */
struct table {
    char keys[TABLE_PLACES][KEY_BYTES];
    long values[TABLE_PLACES];
    size_t length;
};

void table_clear(struct table *table);

/* Sets a value; 0 where the key is empty or too long, or the table is full. */
int table_set(struct table *table, const char *key, long value);

/* The value of a key; NULL where it is not there. */
const long *table_get(const struct table *table, const char *key);

#endif
