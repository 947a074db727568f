#include "text.h"

#include <stdlib.h>
#include <string.h>

void *(*text_alloc)(size_t size) = malloc;

char *join(const char *const *words, size_t count, char separator)
{
    size_t size = 0;
    for (size_t i = 0; i < count; i++) {
        size += strlen(words[i]);
        if (i > 0) {
            size++;
        }
    }
    char *text = text_alloc(size);
    if (text == NULL) {
        return NULL;
    }
    char *end = text;
    for (size_t i = 0; i < count; i++) {
        if (i > 0) {
            *end++ = separator;
        }
        size_t length = strlen(words[i]);
        memcpy(end, words[i], length);
        end += length;
    }
    *end = '\0';
    return text;
}

static size_t keep(const char *start, size_t length, const char **starts, size_t *lengths,
                   size_t found, size_t most)
{
    if (found < most) {
        starts[found] = start;
        lengths[found] = length;
    }
    return found + 1;
}

size_t split(const char *text, char separator, const char **starts, size_t *lengths, size_t most)
{
    size_t found = 0;
    const char *start = text;
    for (const char *at = text; *at != '\0'; at++) {
        if (*at == separator) {
            found = keep(start, (size_t)(at - start), starts, lengths, found, most);
            start = at + 1;
        }
    }
    return found;
}
