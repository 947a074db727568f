#include "buffer.h"

#include <stdlib.h>
#include <string.h>

void *(*buf_realloc)(void *memory, size_t size) = realloc;

void buf_init(struct buf *buf)
{
    buf->text = NULL;
    buf->length = 0;
    buf->room = 0;
}

void buf_put(struct buf *buf, const char *text)
{
    size_t length = strlen(text);
    size_t needed = buf->length + length + 1;
    if (needed > buf->room) {
        size_t room = needed * 2;
        buf->text = buf_realloc(buf->text, room);
        buf->room = room;
    }
    memcpy(buf->text + buf->length, text, length + 1);
    buf->length += length;
}

void buf_free(struct buf *buf)
{
    free(buf->text);
    buf_init(buf);
}
