#ifndef BUFFER_H
#define BUFFER_H

#include <stddef.h>

/* Text that grows. */
struct buf {
    char *text;
    size_t length;
    size_t room;
};

extern void *(*buf_realloc)(void *memory, size_t size);

void buf_init(struct buf *buf);
void buf_put(struct buf *buf, const char *text);
void buf_free(struct buf *buf);

#endif
