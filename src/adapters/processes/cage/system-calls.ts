/** The machines that a filter can be made for. */
export type Machine = 'x64' | 'arm64';

/** Of `struct seccomp_data`: what the kernel says that it is. */
export const ARCHITECTURES: Readonly<Record<Machine, number>> = {
  x64: 0xc000003e,
  arm64: 0xc00000b7,
};

/** The number of a system call on each machine; null where it has none. */
type Numbers = readonly [name: string, x64: number | null, arm64: number | null];

/** They look into other processes, change what the kernel is, or widen what can be attacked in it. */
export const REFUSED: readonly Numbers[] = [
  ['ptrace', 101, 117],
  ['process_vm_readv', 310, 270],
  ['process_vm_writev', 311, 271],
  ['kcmp', 312, 272],
  ['pidfd_getfd', 438, 438],
  ['mount', 165, 40],
  ['umount2', 166, 39],
  ['pivot_root', 155, 41],
  ['chroot', 161, 51],
  ['open_tree', 428, 428],
  ['move_mount', 429, 429],
  ['fsopen', 430, 430],
  ['fsconfig', 431, 431],
  ['fsmount', 432, 432],
  ['fspick', 433, 433],
  ['mount_setattr', 442, 442],
  ['open_tree_attr', 467, 467],
  ['unshare', 272, 97],
  ['setns', 308, 268],
  ['add_key', 248, 217],
  ['request_key', 249, 218],
  ['keyctl', 250, 219],
  ['bpf', 321, 280],
  ['perf_event_open', 298, 241],
  ['userfaultfd', 323, 282],
  ['kexec_load', 246, 104],
  ['kexec_file_load', 320, 294],
  ['init_module', 175, 105],
  ['finit_module', 313, 273],
  ['delete_module', 176, 106],
  ['create_module', 174, null],
  ['query_module', 178, null],
  ['reboot', 169, 142],
  ['swapon', 167, 224],
  ['swapoff', 168, 225],
  ['acct', 163, 89],
  ['open_by_handle_at', 304, 265],
  ['lookup_dcookie', 212, 18],
  ['quotactl', 179, 60],
  ['quotactl_fd', 443, 443],
  ['nfsservctl', 180, 42],
  ['vhangup', 153, 58],
  ['syslog', 103, 116],
  ['iopl', 172, null],
  ['ioperm', 173, null],
  ['uselib', 134, null],
  ['_sysctl', 156, null],
  ['sethostname', 170, 161],
  ['setdomainname', 171, 162],
  ['settimeofday', 164, 170],
  ['clock_settime', 227, 112],
];

/** Programs have another way where the kernel does not know these. */
export const UNKNOWN: readonly Numbers[] = [
  ['clone3', 435, 435],
  ['io_uring_setup', 425, 425],
  ['io_uring_enter', 426, 426],
  ['io_uring_register', 427, 427],
];

/** What is looked at more closely. */
export const CLONE: Numbers = ['clone', 56, 220];
export const IOCTL: Numbers = ['ioctl', 16, 29];
export const PERSONALITY: Numbers = ['personality', 135, 92];
export const SOCKET: Numbers = ['socket', 41, 198];

/** The last one that was weighed (file_setattr); what came later is unknown, as on an older kernel. */
export const LAST_KNOWN = 469;

export const numberOn = (machine: Machine, [, x64, arm64]: Numbers): number | null =>
  machine === 'x64' ? x64 : arm64;
