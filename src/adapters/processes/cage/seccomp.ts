import {
  ALLOW,
  answer,
  encode,
  ifEqual,
  KILL_PROCESS,
  load,
  type Program,
  refuseWith,
  unlessAnyBit,
  unlessAtLeast,
  unlessEqual,
} from './bpf.ts';
import {
  ARCHITECTURES,
  CLONE,
  IOCTL,
  LAST_KNOWN,
  type Machine,
  numberOn,
  PERSONALITY,
  REFUSED,
  SOCKET,
  UNKNOWN,
} from './system-calls.ts';

/**
 * Which system calls a program may make, as bytes for the kernel; null for machines whose numbers
 * are not known here. It refuses what could reach past a cage and lets all else through: a list of
 * what is allowed would break programs that nobody thought of.
 */
export function seccompFilter(arch: string): Uint8Array | null {
  return arch === 'x64' || arch === 'arm64' ? encode(programFor(arch)) : null;
}

function programFor(machine: Machine): Program {
  const numbers = (calls: typeof REFUSED) =>
    calls.map((call) => numberOn(machine, call)).filter((number) => number !== null);
  const about = (call: (typeof REFUSED)[number], program: Program): Program => {
    const number = numberOn(machine, call);
    if (number === null) return [];
    return [unlessEqual(number, program.length + 1), ...program, load('number')];
  };
  return [
    load('architecture'),
    ifEqual(ARCHITECTURES[machine], 1),
    answer(KILL_PROCESS),
    load('number'),
    ...(machine === 'x64' ? NO_X32 : []),
    unlessAtLeast(LAST_KNOWN + 1, 1),
    answer(refuseWith(ENOSYS)),
    ...numbers(REFUSED).flatMap((number) => [unlessEqual(number, 1), answer(refuseWith(EPERM))]),
    ...numbers(UNKNOWN).flatMap((number) => [unlessEqual(number, 1), answer(refuseWith(ENOSYS))]),
    ...about(CLONE, [
      load({ argument: 0 }),
      unlessAnyBit(NEW_NAMESPACES, 1),
      answer(refuseWith(EPERM)),
    ]),
    // The kernel looks at the lower half of the request alone, and so does this.
    ...about(IOCTL, [
      load({ argument: 1 }),
      ...TERMINAL_INPUT.flatMap((request) => [unlessEqual(request, 1), answer(refuseWith(EPERM))]),
    ]),
    ...about(PERSONALITY, [load({ argument: 0 }), ...onlyOneOf(PERSONALITIES, EPERM)]),
    ...about(SOCKET, [load({ argument: 0 }), ...onlyOneOf(FAMILIES, EAFNOSUPPORT)]),
    answer(ALLOW),
  ];
}

const onlyOneOf = (values: readonly number[], errno: number): Program => [
  ...values.map((value, index) => ifEqual(value, values.length - index)),
  answer(refuseWith(errno)),
];

const EPERM = 1;
const ENOSYS = 38;
const EAFNOSUPPORT = 97;

/** Another table of numbers for the same machine. A number of -1 is no call, which some make. */
const NO_X32: Program = [
  ifEqual(0xffffffff, 2),
  unlessAtLeast(0x40000000, 1),
  answer(KILL_PROCESS),
];

/** NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID and NEWNET. */
const NEW_NAMESPACES =
  0x20000 | 0x2000000 | 0x4000000 | 0x8000000 | 0x10000000 | 0x20000000 | 0x40000000;

/** TIOCSTI and TIOCLINUX put letters into a terminal as if a person had typed them. */
const TERMINAL_INPUT = [0x5412, 0x541c];

/** The usual one, asking for it, another machine's name, an older kernel's, and fixed addresses. */
const PERSONALITIES = [0, 0xffffffff, 0x8, 0x20000, 0x20008, 0x40000];

/** UNIX, INET, INET6 and NETLINK. Others, such as VSOCK, are not closed by a network namespace. */
const FAMILIES = [1, 2, 10, 16];
