/* With arguments: keeps argv[1] as a key of a new session and runs the rest. Without: reads it. */
#include <linux/keyctl.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(int argc, char **argv) {
  if (argc > 2) {
    syscall(SYS_keyctl, KEYCTL_JOIN_SESSION_KEYRING, 0);
    syscall(SYS_add_key, "user", "tcescape", argv[1], strlen(argv[1]), KEY_SPEC_SESSION_KEYRING);
    execv(argv[2], argv + 2);
    return 1;
  }
  char text[200] = {0};
  long key = syscall(SYS_keyctl, KEYCTL_SEARCH, KEY_SPEC_SESSION_KEYRING, "user", "tcescape", 0);
  if (key > 0 && syscall(SYS_keyctl, KEYCTL_READ, key, text, 199) > 0) printf("%s\n", text);
  return 0;
}
