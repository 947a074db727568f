#include "list.h"

#include <stdlib.h>
#include <string.h>

void *(*list_alloc)(size_t size) = malloc;
void (*list_free)(void *memory) = free;

int list_add(struct list *list, const char *name, int value)
{
    struct node *node = list_alloc(sizeof *node);
    if (node == NULL) {
        return 0;
    }
    node->name = list_alloc(strlen(name) + 1);
    if (node->name == NULL) {
        return 0;
    }
    strcpy(node->name, name);
    node->value = value;
    node->next = list->first;
    list->first = node;
    list->length++;
    return 1;
}

const int *list_find(const struct list *list, const char *name)
{
    for (const struct node *node = list->first; node != NULL; node = node->next) {
        if (strcmp(node->name, name) == 0) {
            return &node->value;
        }
    }
    return NULL;
}

int list_remove(struct list *list, const char *name)
{
    struct node **link = &list->first;
    while (*link != NULL) {
        if (strcmp((*link)->name, name) == 0) {
            *link = (*link)->next;
            list->length--;
            return 1;
        }
        link = &(*link)->next;
    }
    return 0;
}

void list_clear(struct list *list)
{
    struct node *node = list->first;
    while (node != NULL) {
        struct node *next = node->next;
        list_free(node);
        node = next;
    }
    list->length = 0;
}
