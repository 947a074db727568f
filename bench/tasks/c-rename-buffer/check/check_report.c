#include "buffer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int write_report(struct buffer *out, const char *const *names, const int *numbers, size_t count);

static int calls_left = 100;

static void *few(void *memory, size_t size)
{
    return calls_left-- > 0 ? realloc(memory, size) : NULL;
}

static int check(int holds, const char *what)
{
    if (!holds) {
        printf("wrong: %s\n", what);
    }
    return !holds;
}

int main(void)
{
    const char *names[] = {"a", "a much longer name of something", "c"};
    const int numbers[] = {1, -2, 3};
    struct buffer out;
    int wrong = 0;
    buffer_init(&out);
    wrong += check(write_report(&out, names, numbers, 3) == 1, "there is memory");
    wrong += check(strcmp(out.text, "a: 1\na much longer name of something: -2\nc: 3\n") == 0, "the text");
    buffer_free(&out);
    wrong += check(out.text == NULL && out.length == 0 && out.room == 0, "it is empty");

    buffer_realloc = few;
    calls_left = 1;
    wrong += check(buffer_put(&out, "x") == 1, "the first fits");
    wrong += check(write_report(&out, names, numbers, 3) == 0, "the report does not");
    wrong += check(strncmp(out.text, "x", 1) == 0 && out.length == strlen(out.text), "what was there stays");
    wrong += check(out.length < out.room, "and has room");
    buffer_free(&out);
    return wrong == 0 ? 0 : 1;
}
