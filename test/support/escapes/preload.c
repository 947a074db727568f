/* Says into which program it was loaded, on its error stream and, where it can, in a file. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

__attribute__((constructor)) static void tell(void) {
  char name[4096] = {0};
  if (readlink("/proc/self/exe", name, sizeof name - 1) < 0) return;
  dprintf(2, "loaded into %s\n", name);
  const char *log = getenv("TCESCAPE_LOG");
  int fd = log ? open(log, O_WRONLY | O_CREAT | O_APPEND, 0644) : -1;
  if (fd >= 0) dprintf(fd, "%s\n", name);
}
