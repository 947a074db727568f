#include "buffer.h"

#include <stdio.h>

/* One line for each name and number. */
int write_report(struct buf *out, const char *const *names, const int *numbers, size_t count)
{
    char line[64];
    for (size_t i = 0; i < count; i++) {
        snprintf(line, sizeof line, "%s: %d\n", names[i], numbers[i]);
        buf_put(out, line);
    }
    return 1;
}
