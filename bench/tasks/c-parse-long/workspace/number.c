#include "number.h"

#include <stdlib.h>
#include <string.h>

int parse_long(const char *text, long *value)
{
    *value = atol(text);
    return 1;
}

int parse_range(const char *text, long *first, long *last)
{
    const char *dash = strchr(text, '-');
    *first = atol(text);
    *last = dash == NULL ? *first : atol(dash + 1);
    return 1;
}
