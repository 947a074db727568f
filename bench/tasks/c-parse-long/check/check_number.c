#include "number.h"

#include <limits.h>
#include <stdio.h>

static int failures = 0;

static void check(int holds, const char *what)
{
    if (!holds) {
        printf("wrong: %s\n", what);
        failures++;
    }
}

static void is_number(const char *text, long wanted)
{
    long value = 77;
    check(parse_long(text, &value) == 1 && value == wanted, text);
}

static void is_none(const char *text)
{
    long value = 77;
    check(parse_long(text, &value) == 0 && value == 77, text);
}

static void is_range(const char *text, int result, long first, long last)
{
    long one = 77;
    long two = 78;
    check(parse_range(text, &one, &two) == result, text);
    check(result == 0 || (one == first && two == last), text);
}

int main(void)
{
    char least[32];
    char beyond[32];
    snprintf(least, sizeof least, "%ld", LONG_MIN);
    snprintf(beyond, sizeof beyond, "%ld0", LONG_MAX);
    is_number("0", 0);
    is_number("-12", -12);
    is_number("+7", 7);
    is_number("007", 7);
    is_number(least, LONG_MIN);
    is_none(beyond);
    is_none("");
    is_none("-");
    is_none("12abc");
    is_none(" 5");
    is_none("5 ");
    is_none("0x10");
    is_none("1.5");
    is_range("7", 1, 7, 7);
    is_range("3-9", 1, 3, 9);
    is_range("4-4", 1, 4, 4);
    is_range("5-3", 0, 0, 0);
    is_range("-3", 0, 0, 0);
    is_range("3-", 0, 0, 0);
    is_range("3-4-5", 0, 0, 0);
    is_range("a-b", 0, 0, 0);
    is_range("", 0, 0, 0);
    return failures == 0 ? 0 : 1;
}
