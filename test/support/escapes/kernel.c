/* Asks the kernel for all that could lead out of a cage. argv: the workspace. Names what it got. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/keyctl.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *workspace;

/* Each in a process of its own: some of them kill, and none may help the next one. */
static void attempt(const char *name, long (*act)(void)) {
  fflush(stdout);
  pid_t child = fork();
  if (child == 0) _exit(act() >= 0 ? 0 : 1);
  int status = 0;
  waitpid(child, &status, 0);
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) printf("got %s\n", name);
  else if (WIFSIGNALED(status)) printf("killed %s %d\n", name, WTERMSIG(status));
}

static long mount_tmpfs(void) { return mount("x", workspace, "tmpfs", 0, 0); }
static long mount_proc(void) { return mount("x", workspace, "proc", 0, 0); }
static long remount(void) { return mount("x", "/", 0, MS_REMOUNT | MS_BIND, 0); }
static long bind(void) { return mount("/", workspace, 0, MS_BIND | MS_REC, 0); }
static long unmount(void) { return umount2(workspace, MNT_DETACH); }
static long unmount_root(void) { return umount2("/", MNT_DETACH); }
static long unmount_tmp(void) { return umount2("/tmp", MNT_DETACH); }
static long pivot(void) { return syscall(SYS_pivot_root, workspace, workspace); }
static long escape_chroot(void) {
  mkdir("jail", 0755);
  int out = open("/", O_RDONLY | O_DIRECTORY);
  if (chroot("jail") < 0) return -1;
  fchdir(out);
  for (int i = 0; i < 64; i++) chdir("..");
  return chroot(".");
}
static long new_user(void) { return unshare(CLONE_NEWUSER); }
static long new_mounts(void) { return unshare(CLONE_NEWUSER | CLONE_NEWNS); }
static long new_net(void) { return unshare(CLONE_NEWNET); }
static long clone_user(void) { return syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0); }
static long clone3_user(void) {
  uint64_t args[11] = {CLONE_NEWUSER, 0, 0, 0, SIGCHLD};
  return syscall(435, args, sizeof args);
}
static long enter(const char *kind) {
  char path[64];
  snprintf(path, sizeof path, "/proc/1/ns/%s", kind);
  int fd = open(path, O_RDONLY);
  return fd < 0 ? -1 : setns(fd, 0);
}
static long enter_mnt(void) { return enter("mnt"); }
static long enter_user(void) { return enter("user"); }
static long enter_net(void) { return enter("net"); }
/* NS_GET_PARENT, NS_GET_USERNS */
static long parent_of(const char *kind, int what) {
  char path[64];
  snprintf(path, sizeof path, "/proc/self/ns/%s", kind);
  int fd = open(path, O_RDONLY);
  return fd < 0 ? -1 : ioctl(fd, what);
}
static long parent_user(void) { return parent_of("user", 0xb702); }
static long parent_pid(void) { return parent_of("pid", 0xb702); }
static long open_tree_clone(void) { return syscall(428, AT_FDCWD, "/", 1 | 0x8000); }
static long fs_open(void) { return syscall(430, "tmpfs", 0); }
static long by_handle(void) {
  struct { unsigned bytes; int type; char handle[128]; } h = {128};
  int id;
  if (syscall(SYS_name_to_handle_at, AT_FDCWD, "/", &h, &id, 0) < 0) return -1;
  int at = open("/", O_RDONLY);
  return syscall(SYS_open_by_handle_at, at, &h, O_RDONLY);
}
static long bpf(void) { char attr[128] = {1, 0, 0, 0, 4, 0, 0, 0, 4, 0, 0, 0, 1}; return syscall(321, 0, attr, 128); }
static long perf(void) { char attr[128] = {1, 0, 0, 0, 128}; return syscall(298, attr, 0, -1, -1, 0); }
static long uring(void) { char p[120] = {0}; return syscall(425, 4, p); }
static long fault(void) { return syscall(323, O_CLOEXEC); }
static long key(void) { return syscall(SYS_keyctl, KEYCTL_GET_KEYRING_ID, KEY_SPEC_SESSION_KEYRING, 0); }
static long trace_one(void) {
  if (ptrace(PTRACE_ATTACH, 1, 0, 0) < 0) return -1;
  waitpid(1, 0, __WALL);
  return ptrace(PTRACE_DETACH, 1, 0, 0);
}
static long fd_of_one(void) { int fd = syscall(434, 1, 0); return fd < 0 ? -1 : syscall(438, fd, 2, 0); }
static long read_one(void) {
  char b[8];
  struct iovec mine = {b, 8}, theirs = {(void *)0x1000, 8};
  long got = process_vm_readv(1, &mine, 1, &theirs, 1, 0);
  return got >= 0 || errno == EFAULT ? 0 : -1;
}
static long log_kernel(void) { char b[100]; return syscall(SYS_syslog, 3, b, 100); }
static long host(void) { return sethostname("tcescape", 8); }
static long clock_back(void) { struct { long s, n; } t = {1, 0}; return syscall(SYS_clock_settime, 0, &t); }
static long make_device(void) { return mknod("device", S_IFBLK | 0666, (254 << 8)); }
static long make_whiteout(void) { return mknod("whiteout", S_IFCHR | 0666, 0); }
static long own_file(void) { return chown(workspace, 12345, 12345); }
static long gain(void) { return setuid(getuid() == 0 ? 1 : 0); }
static long module(void) { return syscall(313, -1, "", 0) < 0 && errno != EPERM && errno != ENOSYS ? 0 : -1; }
static long raw_io(void) { return open("/dev/mem", O_RDWR); }
static long disk(void) { long a = open("/dev/vda", O_RDWR); return a >= 0 ? a : open("/dev/sda", O_RDWR); }
static long kernel_setting(void) { return open("/proc/sys/kernel/core_pattern", O_WRONLY); }
static long trigger(void) { return open("/proc/sysrq-trigger", O_WRONLY); }
static long group(void) { return open("/sys/fs/cgroup/memory/cgroup.procs", O_WRONLY); }
#ifdef __x86_64__
static long int80(int number) {
  long r;
  __asm__ volatile("int $0x80" : "=a"(r) : "a"(number), "b"(0), "c"(0), "d"(0), "S"(0), "D"(0) : "memory");
  return r;
}
/* getpid by the other two tables: who gets an answer can also ask for what the filter refuses. */
static long other_table(void) { return int80(20) > 0 ? 0 : -1; }
static long third_table(void) { return syscall(0x40000000 | 39) > 0 ? 0 : -1; }
#endif

int main(int argc, char **argv) {
  workspace = argc > 1 ? argv[1] : ".";
  attempt("mount tmpfs", mount_tmpfs);
  attempt("mount proc", mount_proc);
  attempt("remount", remount);
  attempt("bind", bind);
  attempt("umount", unmount);
  attempt("umount root", unmount_root);
  attempt("umount tmp", unmount_tmp);
  attempt("pivot_root", pivot);
  attempt("chroot", escape_chroot);
  attempt("unshare user", new_user);
  attempt("unshare user and mounts", new_mounts);
  attempt("unshare net", new_net);
  attempt("clone user", clone_user);
  attempt("clone3 user", clone3_user);
  attempt("setns mnt", enter_mnt);
  attempt("setns user", enter_user);
  attempt("setns net", enter_net);
  attempt("parent user", parent_user);
  attempt("parent pid", parent_pid);
  attempt("open_tree", open_tree_clone);
  attempt("fsopen", fs_open);
  attempt("open_by_handle_at", by_handle);
  attempt("bpf", bpf);
  attempt("perf", perf);
  attempt("io_uring", uring);
  attempt("userfaultfd", fault);
  attempt("keyctl", key);
  attempt("ptrace", trace_one);
  attempt("pidfd_getfd", fd_of_one);
  attempt("process_vm_readv", read_one);
  attempt("syslog", log_kernel);
  attempt("sethostname", host);
  attempt("clock", clock_back);
  attempt("device", make_device);
  attempt("whiteout", make_whiteout);
  attempt("chown", own_file);
  attempt("setuid", gain);
  attempt("module", module);
  attempt("/dev/mem", raw_io);
  attempt("disk", disk);
  attempt("core_pattern", kernel_setting);
  attempt("sysrq", trigger);
  attempt("cgroup", group);
#ifdef __x86_64__
  attempt("int80", other_table);
  attempt("x32", third_table);
#endif
  puts("over");
  return 0;
}
