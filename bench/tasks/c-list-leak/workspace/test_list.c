#include "list.h"

#include <stdio.h>
#include <stdlib.h>

static int failures = 0;
static long held = 0;
static long calls_left = -1;

static void check(int holds, const char *what)
{
    if (!holds) {
        printf("wrong: %s\n", what);
        failures++;
    }
}

static void *counted_alloc(size_t size)
{
    if (calls_left == 0) {
        return NULL;
    }
    if (calls_left > 0) {
        calls_left--;
    }
    held++;
    return malloc(size);
}

static void counted_free(void *memory)
{
    if (memory != NULL) {
        held--;
    }
    free(memory);
}

int main(void)
{
    list_alloc = counted_alloc;
    list_free = counted_free;
    struct list list = {NULL, 0};
    check(list_add(&list, "one", 1) && list_add(&list, "two", 2) && list_add(&list, "three", 3),
          "three are added");
    check(held == 6, "two pieces of memory for each");
    check(list_remove(&list, "two") == 1 && list.length == 2 && held == 4, "removing frees both");
    check(list_remove(&list, "two") == 0, "what is gone cannot be removed");
    check(list_find(&list, "one") != NULL && *list_find(&list, "one") == 1, "the rest is there");

    calls_left = 1;
    check(list_add(&list, "four", 4) == 0, "no memory for the name");
    check(held == 4 && list.length == 2 && list_find(&list, "four") == NULL, "nothing has changed");
    calls_left = -1;

    list_clear(&list);
    check(held == 0, "clearing frees all");
    check(list.first == NULL && list.length == 0, "the list is empty");
    check(list_add(&list, "again", 5) && list_find(&list, "again") != NULL, "it can be used again");
    list_clear(&list);
    check(held == 0, "and cleared again");
    return failures == 0 ? 0 : 1;
}
