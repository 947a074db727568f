#include "table.h"

#include <stdio.h>
#include <stdlib.h>

static void check(int holds, const char *what, long number)
{
    if (!holds) {
        printf("wrong: %s (%ld)\n", what, number);
        exit(1);
    }
}

static const char *name_of(long number)
{
    static char name[16];
    snprintf(name, sizeof name, "key %ld", number);
    return name;
}

int main(void)
{
    static struct table table;
    table_clear(&table);
    check(table_remove(&table, "nothing") == 0, "an empty table", 0);
    for (long i = 0; i < TABLE_PLACES; i++) {
        check(table_set(&table, name_of(i), i), "it can be filled", i);
    }
    check(!table_set(&table, "one more", 1), "it is full", 0);
    for (long i = 0; i < TABLE_PLACES; i += 3) {
        check(table_remove(&table, name_of(i)) == 1, "a key goes", i);
        check(table_remove(&table, name_of(i)) == 0, "and only once", i);
    }
    check(table_remove(&table, "") == 0, "an empty key", 0);
    for (long i = 0; i < TABLE_PLACES; i++) {
        const long *value = table_get(&table, name_of(i));
        check(i % 3 == 0 ? value == NULL : value != NULL && *value == i, "the others stay", i);
    }
    check(table.length == 42, "it knows its length", (long)table.length);
    for (long i = 100; i < 122; i++) {
        check(table_set(&table, name_of(i), i), "places are used again", i);
    }
    check(table.length == TABLE_PLACES, "full again", (long)table.length);
    for (long round = 0; round < 500; round++) {
        check(table_remove(&table, name_of(100 + round)) == 1, "again and again", round);
        check(table_set(&table, name_of(122 + round), round), "in and out", round);
        check(table_get(&table, name_of(122 + round)) != NULL, "found", round);
    }
    check(table_get(&table, name_of(1)) != NULL, "the old ones too", 1);
    return 0;
}
