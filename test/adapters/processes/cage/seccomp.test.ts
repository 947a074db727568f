import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { seccompFilter } from '../../../../src/adapters/processes/cage/seccomp.ts';
import {
  ARCHITECTURES,
  CLONE,
  IOCTL,
  type Machine,
  numberOn,
  PERSONALITY,
  REFUSED,
  SOCKET,
  UNKNOWN,
} from '../../../../src/adapters/processes/cage/system-calls.ts';
import { missingRungs, newCageLab } from '../../../support/cage-lab.ts';

const MACHINES: readonly Machine[] = ['x64', 'arm64'];
const missing = await missingRungs();

describe.each(MACHINES)('the filter for %s', (machine) => {
  const call = (number: number, ...args: readonly number[]) =>
    judge(machine, { architecture: ARCHITECTURES[machine], number, args });
  const named = (entry: (typeof REFUSED)[number]) => numberOn(machine, entry) ?? Number.NaN;

  it('refuses what reaches past a cage', () => {
    for (const entry of REFUSED) {
      if (numberOn(machine, entry) === null) continue;
      expect([entry[0], call(named(entry))]).toEqual([entry[0], 'EPERM']);
    }
  });

  it('knows nothing of what programs can do without, nor of what came later', () => {
    for (const entry of UNKNOWN) expect(call(named(entry))).toBe('ENOSYS');
    for (const number of [470, 471, 600, 4095]) expect(call(number)).toBe('ENOSYS');
  });

  it('lets everything else through', () => {
    const judged = new Set(
      [...REFUSED, ...UNKNOWN, CLONE, IOCTL, PERSONALITY, SOCKET].map((entry) => named(entry)),
    );
    for (let number = 0; number < 470; number++) {
      if (!judged.has(number)) expect([number, call(number)]).toEqual([number, 'allow']);
    }
  });

  it('lets processes and threads be made, but no namespaces', () => {
    const [SIGCHLD, VM, THREAD] = [17, 0x100, 0x10000];
    for (const flags of [SIGCHLD, SIGCHLD | VM | 0x4000, THREAD | VM | 0xf00]) {
      expect(call(named(CLONE), flags)).toBe('allow');
    }
    for (const bit of [17, 25, 26, 27, 28, 29, 30]) {
      expect([bit, call(named(CLONE), SIGCHLD | (1 << bit))]).toEqual([bit, 'EPERM']);
    }
  });

  it('lets nobody type into a terminal, also not with more in the upper half of the request', () => {
    const [TCGETS, TIOCSTI, TIOCLINUX] = [0x5401, 0x5412, 0x541c];
    expect(call(named(IOCTL), 0, TCGETS)).toBe('allow');
    expect(call(named(IOCTL), 0, TIOCSTI)).toBe('EPERM');
    expect(call(named(IOCTL), 0, TIOCLINUX)).toBe('EPERM');
    expect(call(named(IOCTL), 0, 0x1_0000_0000 + TIOCSTI)).toBe('EPERM');
  });

  it('lets sockets be made of the families that a namespace closes, and of no other', () => {
    for (const family of [1, 2, 10, 16]) expect(call(named(SOCKET), family)).toBe('allow');
    for (const family of [0, 3, 17, 31, 38, 40, 44]) {
      expect(call(named(SOCKET), family)).toBe('EAFNOSUPPORT');
    }
  });

  it('lets a process be as others are, and not more easily attacked', () => {
    for (const kind of [0, 0xffffffff, 8, 0x40000]) {
      expect(call(named(PERSONALITY), kind)).toBe('allow');
    }
    for (const kind of [0x400000, 0x100000, 0x7]) {
      expect(call(named(PERSONALITY), kind)).toBe('EPERM');
    }
  });

  it('kills what speaks with the numbers of another machine', () => {
    for (const architecture of [0x40000003, 0x40000028, 0xc0000015, 0]) {
      expect(judge(machine, { architecture, number: 0, args: [] })).toBe('kill');
    }
    const other = machine === 'x64' ? 'arm64' : 'x64';
    expect(judge(machine, { architecture: ARCHITECTURES[other], number: 0, args: [] })).toBe(
      'kill',
    );
  });
});

it('kills the calls of the other table of x86, and only tells of no call that it is none', () => {
  const architecture = ARCHITECTURES.x64;
  const call = (number: number) => judge('x64', { architecture, number, args: [] });
  expect(call(0x40000000)).toBe('kill');
  expect(call(0x40000000 + 59)).toBe('kill');
  expect(call(0xfffffffe)).toBe('kill');
  expect(call(0xffffffff)).toBe('ENOSYS');
});

it('has no filter for a machine whose numbers it does not know', () => {
  expect(seccompFilter('ia32')).toBeNull();
  expect(seccompFilter('riscv64')).toBeNull();
});

const HEADERS: Readonly<Record<Machine, string>> = {
  x64: '/usr/include/x86_64-linux-gnu/asm/unistd_64.h',
  arm64: '/usr/include/asm-generic/unistd.h',
};
it.each(MACHINES)('has the numbers of %s as the kernel has them', (machine) => {
  const header = HEADERS[machine];
  if (!existsSync(header)) return expect(numberOn(machine, CLONE)).not.toBeNull();
  const text = readFileSync(header, 'utf8');
  const real = new Map(
    [...text.matchAll(/^#define __NR(?:3264)?_(\w+)\s+(\d+)$/gm)].map(([, name, number]) => [
      name as string,
      Number(number),
    ]),
  );
  expect(real.size).toBeGreaterThan(200);
  // The headers may be older than the table.
  const all = [...REFUSED, ...UNKNOWN, CLONE, IOCTL, PERSONALITY, SOCKET];
  for (const entry of all) {
    const number = real.get(entry[0]);
    const isNewer = number === undefined && (numberOn(machine, entry) ?? 0) > 450;
    if (!isNewer) expect([entry[0], numberOn(machine, entry)]).toEqual([entry[0], number ?? null]);
  }
});

describe('programs under the filter', () => {
  const has = (tool: string) => ['/usr/bin', '/bin'].some((at) => existsSync(`${at}/${tool}`));
  const l3 = { rung: 'L3' } as const;

  it.skipIf(missing.has('L3'))(
    'run as ever: node with threads, processes and a server',
    async () => {
      const lab = newCageLab();
      const script = `
      const { execFileSync } = require('node:child_process');
      const { Worker } = require('node:worker_threads');
      console.log(execFileSync('echo', ['process'], { encoding: 'utf8' }).trim());
      new Worker('console.log("thread")', { eval: true }).once('exit', () => {
        const server = require('node:http').createServer((_, reply) => reply.end('served'));
        server.listen(0, '127.0.0.1', async () => {
          console.log(await (await fetch('http://127.0.0.1:' + server.address().port)).text());
          process.exit();
        });
      });`;
      const { out } = await lab.node(script, l3);
      expect(out).toBe('process\nthread\nserved\n');
    },
  );

  it.skipIf(missing.has('L3') || !has('python3'))(
    'run as ever: python with processes',
    async () => {
      const script = 'import multiprocessing as m; print(m.Pool(2).map(abs, [-1, 2]))';
      const { out } = await newCageLab().run(['/usr/bin/python3', '-c', script], l3);
      expect(out).toBe('[1, 2]\n');
    },
  );

  it.skipIf(missing.has('L3') || !has('gcc'))('run as ever: a compiler', async () => {
    const script = `echo 'int main(){return 7;}' > a.c && gcc a.c -o a && ./a; echo $?`;
    expect((await newCageLab().sh(script, l3)).out).toBe('7\n');
  });

  it.skipIf(missing.has('L3') || !has('git'))('run as ever: git', async () => {
    const script = `git init -q . && git add -A && git -c user.name=a -c user.email=b commit -q \\
      --allow-empty -m first && git log --format=%s`;
    expect((await newCageLab().sh(script, l3)).out).toBe('first\n');
  });

  it.skipIf(missing.has('L3') || !has('strace'))('trace no other program', async () => {
    const { out, err } = await newCageLab().sh('strace -o /dev/null echo traced', l3);
    expect(out).not.toBe('traced\n');
    expect(err).toContain('Operation not permitted');
  });

  it.skipIf(missing.has('L3') || !has('python3'))(
    'get the answers that the table gives',
    async () => {
      const script = `
import ctypes
kernel = ctypes.CDLL(None, use_errno=True)
def call(*words):
    kernel.syscall(*words)
    return ctypes.get_errno()
from sys import argv
print(*[call(*map(int, words.split(','))) for words in argv[1:]])`;
      const machine = process.arch as Machine;
      const number = (entry: (typeof REFUSED)[number] | undefined) =>
        entry ? numberOn(machine, entry) : null;
      const refused = (name: string) => number(REFUSED.find(([each]) => each === name));
      const calls = [
        ...[
          `${refused('bpf')},0,0,0`,
          `${refused('keyctl')},0,0`,
          `${refused('unshare')},268435456`,
        ],
        ...[`${number(UNKNOWN[1])},1,0`, `${number(SOCKET)},40,1,0`, '600'],
      ];
      const { out } = await newCageLab().run(['/usr/bin/python3', '-c', script, ...calls], l3);
      const [EPERM, ENOSYS, EAFNOSUPPORT] = [1, 38, 97];
      expect(out.trim()).toBe([EPERM, EPERM, EPERM, ENOSYS, EAFNOSUPPORT, ENOSYS].join(' '));
    },
  );
});

type Call = {
  readonly architecture: number;
  readonly number: number;
  readonly args: readonly number[];
};

/** Runs the program as the kernel does. */
function judge(machine: Machine, call: Call): string {
  const bytes = seccompFilter(machine) ?? new Uint8Array();
  const view = new DataView(bytes.buffer);
  let word = 0;
  for (let at = 0; at < bytes.length; at += 8) {
    const value = view.getUint32(at + 4, true);
    const jump = (isTrue: boolean) => {
      at += 8 * view.getUint8(at + (isTrue ? 2 : 3));
    };
    switch (view.getUint16(at, true)) {
      case 0x20:
        word = wordAt(call, value);
        break;
      case 0x15:
        jump(word === value);
        break;
      case 0x35:
        jump(word >= value);
        break;
      case 0x45:
        jump((word & value) !== 0);
        break;
      case 0x06:
        return VERDICTS[value] ?? `${value}`;
      default:
        throw new Error('no such instruction');
    }
  }
  throw new Error('the program has no end');
}

const VERDICTS: Readonly<Record<number, string>> = {
  2147418112: 'allow',
  2147483648: 'kill',
  327681: 'EPERM',
  327718: 'ENOSYS',
  327777: 'EAFNOSUPPORT',
};

/** A word of what the kernel tells a filter; the numbers of machines with the lowest byte first. */
function wordAt({ architecture, number, args }: Call, at: number): number {
  if (at === 0) return number >>> 0;
  if (at === 4) return architecture >>> 0;
  const value = BigInt(args[Math.floor((at - 16) / 8)] ?? 0);
  return Number((at % 8 === 0 ? value : value >> 32n) & 0xffffffffn);
}
