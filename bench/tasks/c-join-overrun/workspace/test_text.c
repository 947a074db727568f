#include "text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int failures = 0;

static void check(int holds, const char *what)
{
    if (!holds) {
        printf("wrong: %s\n", what);
        failures++;
    }
}

static unsigned char arena[256];
static size_t asked;

/* Memory with a mark behind it. */
static void *guarded(size_t size)
{
    memset(arena, 0x5a, sizeof arena);
    asked = size;
    return arena;
}

static void joins(const char *const *words, size_t count, const char *wanted)
{
    char *text = join(words, count, '-');
    check(strcmp(text, wanted) == 0, wanted);
    check(asked == strlen(wanted) + 1, "as much memory as is needed");
    check(arena[asked] == 0x5a, "nothing is written behind it");
}

static void splits(const char *text, size_t count, const char *last)
{
    const char *starts[4];
    size_t lengths[4];
    size_t found = split(text, ',', starts, lengths, 4);
    check(found == count, text);
    if (found == count && found <= 4) {
        check(lengths[found - 1] == strlen(last), "the length of the last word");
        check(strncmp(starts[found - 1], last, strlen(last)) == 0, last);
    }
}

int main(void)
{
    text_alloc = guarded;
    const char *words[] = {"one", "two", "three"};
    joins(words, 3, "one-two-three");
    joins(words, 1, "one");
    joins(words, 0, "");
    splits("a,b,cd", 3, "cd");
    splits("a,b,", 3, "");
    splits("word", 1, "word");
    splits("", 1, "");
    splits("a,b,c,d,e", 5, "e");
    return failures == 0 ? 0 : 1;
}
