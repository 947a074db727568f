#include "table.h"

#include <string.h>

static size_t home_of(const char *key)
{
    size_t hash = 5381;
    for (; *key != '\0'; key++) {
        hash = hash * 33 + (unsigned char)*key;
    }
    return hash % TABLE_PLACES;
}

/* Where the key lies, or the free place where it would; TABLE_PLACES where there is neither. */
static size_t place_of(const struct table *table, const char *key)
{
    size_t home = home_of(key);
    for (size_t step = 0; step < TABLE_PLACES; step++) {
        size_t at = (home + step) % TABLE_PLACES;
        if (table->keys[at][0] == '\0' || strcmp(table->keys[at], key) == 0) {
            return at;
        }
    }
    return TABLE_PLACES;
}

void table_clear(struct table *table)
{
    memset(table, 0, sizeof *table);
}

int table_set(struct table *table, const char *key, long value)
{
    if (key[0] == '\0' || strlen(key) >= KEY_BYTES) {
        return 0;
    }
    size_t at = place_of(table, key);
    if (at == TABLE_PLACES) {
        return 0;
    }
    if (table->keys[at][0] == '\0') {
        strcpy(table->keys[at], key);
        table->length++;
    }
    table->values[at] = value;
    return 1;
}

const long *table_get(const struct table *table, const char *key)
{
    if (key[0] == '\0') {
        return NULL;
    }
    size_t at = place_of(table, key);
    return at == TABLE_PLACES || table->keys[at][0] == '\0' ? NULL : &table->values[at];
}
