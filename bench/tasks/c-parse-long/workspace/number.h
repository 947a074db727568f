#ifndef NUMBER_H
#define NUMBER_H

/* Reads a whole decimal number; 0 where the text is none, and then the value stays as it was. */
int parse_long(const char *text, long *value);

/* Reads "7" or "3-9", both ends belong to it; 0 where the text is no range. Not below zero. */
int parse_range(const char *text, long *first, long *last);

#endif
