#ifndef LIST_H
#define LIST_H

#include <stddef.h>

struct node {
    char *name;
    int value;
    struct node *next;
};

struct list {
    struct node *first;
    size_t length;
};

/* Tests put something of their own here. */
extern void *(*list_alloc)(size_t size);
extern void (*list_free)(void *memory);

/* Adds at the front a copy of the name; 0 where there is no memory, and then nothing has changed. */
int list_add(struct list *list, const char *name, int value);

/* The value of the first node of this name; NULL where there is none. */
const int *list_find(const struct list *list, const char *name);

/* Removes the first node of this name; 0 where there is none. */
int list_remove(struct list *list, const char *name);

/* Removes all; the list can be used again. */
void list_clear(struct list *list);

#endif
