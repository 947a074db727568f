import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { RUNGS, type Rung } from '../../../../src/core/types.ts';
import { isRoot, missingRungs, newCageLab } from '../../../support/cage-lab.ts';
import { put, temporaryPlaces } from '../../../support/temporary-places.ts';

const missing = await missingRungs();
const CLOSED: readonly Rung[] = ['L2', 'L3'];

describe.each(CLOSED)('a program on rung %s', (rung) => {
  const itHere = it.skipIf(missing.has(rung));
  const asAnybody = it.skipIf(missing.has(rung) || !isRoot);

  itHere('works in its workspace, and its exit code is told', async () => {
    const lab = newCageLab();
    put(join(lab.places.workspace, 'old.txt'), 'old');
    const said = await lab.sh('pwd; cat old.txt; echo new > new.txt; exit 7', { rung });
    expect(said).toEqual({ code: 7, out: `${lab.places.workspace}\nold`, err: '' });
    expect(readFileSync(join(lab.places.workspace, 'new.txt'), 'utf8')).toBe('new\n');
  });

  itHere('begins in a folder of the workspace where that is asked for', async () => {
    const lab = newCageLab();
    const cwd = join(lab.places.workspace, 'a b');
    mkdirSync(cwd);
    expect((await lab.sh('pwd', { rung, cwd })).out).toBe(`${cwd}\n`);
  });

  itHere('writes nowhere else', async () => {
    const lab = newCageLab();
    const around = dirname(lab.places.workspace);
    const outside = put(join(around, 'outside.txt'), 'as it was');
    const before = everything(around);
    const script = `echo x > ${outside}; echo x > ${lab.places.home}/new; echo x > /tmp/new
      echo x > /var/tmp/new; mkdir -p ${lab.places.home}/.cache/tool`;
    await lab.sh(script, { rung });
    expect(everything(around)).toEqual(before);
    expect(existsSync('/tmp/new') || existsSync('/var/tmp/new')).toBe(false);
    const said = await lab.sh(
      'for at in / /usr /etc /usr/bin /dev; do touch $at/new 2>/dev/null && echo $at; done',
      { rung },
    );
    expect(said.out).toBe('');
  });

  itHere('writes nothing at all where the workspace is for reading', async () => {
    const lab = newCageLab();
    put(join(lab.places.workspace, 'a.txt'), 'old');
    const said = await lab.sh('cat a.txt; echo new > a.txt; rm a.txt; echo new > b.txt', {
      rung,
      isWritable: false,
    });
    expect(said.out).toBe('old');
    expect(everything(lab.places.workspace)).toEqual(['a.txt: old']);
  });

  itHere('finds the files of a copy at the place of the workspace', async () => {
    const lab = newCageLab();
    const folder = join(dirname(lab.places.workspace), 'copy');
    put(join(folder, 'a.txt'), 'copied');
    put(join(lab.places.workspace, 'a.txt'), 'real');
    const said = await lab.sh('pwd; cat a.txt; echo new > a.txt', { rung, folder });
    expect(said.out).toBe(`${lab.places.workspace}\ncopied`);
    expect(everything(lab.places.workspace)).toEqual(['a.txt: real']);
    expect(everything(folder)).toEqual(['a.txt: new\n']);
  });

  itHere('reads no secret of a home', async () => {
    const lab = newCageLab();
    const secrets = [
      '.ssh/id',
      '.netrc',
      '.config/gh/hosts.yml',
      'notes.txt',
      '.cargo/credentials',
    ];
    for (const path of secrets) put(join(lab.places.home, path), 'secret');
    put(join(lab.places.home, '.cargo/registry/crate'), 'public');
    put(join(lab.places.state, 'audit.db'), 'secret');
    const said = await lab.sh(`grep -rs . ${lab.places.home} ${lab.places.state} ~`, { rung });
    expect(said.out).not.toContain('secret');
    expect(said.out).toContain('public');
  });

  itHere('has no network, and reaches no server of this machine', async () => {
    const lab = newCageLab();
    const port = await listen({ port: 0, host: '127.0.0.1' });
    const said = await connect(lab, rung, { port, host: '127.0.0.1' });
    expect(said).toBe('ECONNREFUSED\n');
    expect((await lab.sh('wc -l < /proc/net/route', { rung })).out.trim()).toBe('1');
  });

  itHere('reaches a server of this machine where it was given the network', async () => {
    const port = await listen({ port: 0, host: '127.0.0.1' });
    const said = await connect(newCageLab(), rung, { port, host: '127.0.0.1' }, true);
    expect(said).toBe('connected\n');
  });

  itHere('reaches no socket of another program, wherever it lies', async () => {
    const lab = newCageLab();
    const paths = [
      join(dirname(lab.places.workspace), 'outside.sock'),
      join(lab.places.home, '.agent.sock'),
      join(lab.places.workspace, 'daemon.sock'),
    ];
    for (const path of paths) await listen({ path });
    for (const path of paths) expect(await connect(lab, rung, { path })).toMatch(/^E[A-Z]+\n$/);
    const abstract = `\0tinycode-test-${process.pid}-${rung}`;
    await listen({ path: abstract });
    expect(await connect(lab, rung, { path: abstract })).toBe('ECONNREFUSED\n');
  });

  itHere('has no capability, gains none, and makes no namespace', async () => {
    const lab = newCageLab();
    const status = (await lab.sh('cat /proc/self/status', { rung })).out;
    for (const name of ['CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb']) {
      expect(status).toMatch(new RegExp(`^${name}:\\s*0+$`, 'm'));
    }
    expect(status).toMatch(/^NoNewPrivs:\s*1$/m);
    for (const words of ['-U', '-Ur', '-m', '-n', '-p']) {
      expect((await lab.sh(`unshare ${words} true`, { rung })).code).not.toBe(0);
    }
    for (const words of ['-o remount,rw /', '-t tmpfs none /tmp', '--bind /tmp /usr']) {
      expect((await lab.sh(`mount ${words}`, { rung })).code).not.toBe(0);
    }
  });

  itHere('is the same person as outside', async () => {
    const said = await newCageLab().sh('id -u; id -g', { rung });
    expect(said.out).toBe(`${process.getuid?.()}\n${process.getgid?.()}\n`);
  });

  itHere('sees no process of others, and cannot change how the system works', async () => {
    const said = await newCageLab().sh(
      `kill -0 ${process.pid} || echo gone
       for at in kernel/core_pattern kernel/modprobe vm/overcommit_memory; do
         [ -w /proc/sys/$at ] && echo $at; done; ls /proc | grep -c '^[0-9]'`,
      { rung },
    );
    const [gone, count] = said.out.trim().split('\n');
    expect(gone).toBe('gone');
    expect(Number(count)).toBeLessThan(8);
  });

  itHere('leaves nothing running when it ends by itself', async () => {
    const mark = `7${process.pid}.${rung === 'L2' ? 2 : 3}`;
    await newCageLab().sh(`(setsid sleep ${mark} > /dev/null 2>&1 &); sleep 0.05`, { rung });
    await expect.poll(() => processesWith(mark)).toEqual([]);
  });

  itHere('fills no more than was given to its temporary folders', async () => {
    const script = 'for at in /tmp ~ /dev/shm; do head -c 3000000 /dev/zero > $at/big; done';
    const said = await newCageLab().sh(script, { rung, tempBytes: 2_000_000 });
    expect(said.err.match(/No space left/g)).toHaveLength(3);
  });

  itHere('may have a terminal of its own', async () => {
    const said = await newCageLab().sh('script -qec tty /dev/null', { rung });
    expect(said.out.trim()).toMatch(/^\/dev\/pts\/\d+$/);
  });

  itHere('runs what lies below home for running, and cannot change it', async () => {
    const places = temporaryPlaces();
    const bin = join(places.home, '.nvm/versions/node/v1/bin');
    chmodSync(put(join(bin, 'tool'), '#!/bin/sh\ncat "$(dirname "$0")/../lib/part"\n'), 0o755);
    put(join(dirname(bin), 'lib/part'), 'works');
    const lab = newCageLab({ places, env: { PATH: `${bin}:/usr/bin:/bin` } });
    expect(await lab.run(['tool'], { rung })).toMatchObject({ code: 0, out: 'works' });
    const said = await lab.sh(`echo bad > ${bin}/tool; echo $?`, { rung });
    expect(said.out).not.toBe('0\n');
  });

  itHere('runs where its workspace and its home have names that are no words', async () => {
    const root = join(dirname(temporaryPlaces().workspace), 'a, b:c"d\n\\e$(f)');
    const places = {
      ...{ workspace: join(root, '-w'), home: join(root, '--home'), state: join(root, 's') },
      ...{ config: join(root, 'c'), cache: join(root, 'd') },
    };
    mkdirSync(places.workspace, { recursive: true });
    mkdirSync(places.home);
    const lab = newCageLab({ places });
    expect(await lab.sh('echo x > new; cat new', { rung })).toMatchObject({ code: 0, out: 'x\n' });
    expect(everything(places.workspace)).toEqual(['new: x\n']);
  });

  itHere('has its home where HOME says, also where that is a link', async () => {
    const places = temporaryPlaces();
    const real = join(dirname(places.home), 'real-home');
    renameSync(places.home, real);
    symlinkSync(real, places.home);
    put(join(real, '.rustup/toolchain'), 'tool');
    put(join(real, 'secret'), 'secret');
    const lab = newCageLab({ places: { ...places, home: real }, env: { HOME: places.home } });
    const said = await lab.sh(
      'cat ~/.rustup/toolchain; echo x > ~/new && cat ~/new; cat ~/secret',
      {
        rung,
      },
    );
    expect(said.out).toBe('toolx\n');
    expect(readdirSync(real).sort()).toEqual(['.rustup', 'secret']);
  });

  itHere('sees a home that is its workspace, but not what is secret in it', async () => {
    const lab = newCageLab({ places: { ...temporaryPlaces(), ...homeIsWorkspace() } });
    const { home } = lab.places;
    const secrets = ['.ssh/id', '.netrc', '.npmrc', '.config/gcloud/key', '.git-credentials'];
    for (const path of secrets) put(join(home, path), 'secret');
    put(join(lab.places.state, 'audit.db'), 'secret');
    put(join(home, 'project/a.txt'), 'public');
    const before = everything(home);
    const said = await lab.sh('grep -rs . .; rm -rf .ssh .netrc; mv .config other; cat .npmrc', {
      rung,
    });
    expect(said.out).toContain('public');
    expect(said.out).not.toContain('secret');
    expect(everything(home)).toEqual(before);
    expect((await lab.sh('echo new > project/a.txt && cat project/a.txt', { rung })).out).toBe(
      'new\n',
    );
  });

  itHere('sees no secret of a home that lies in its workspace', async () => {
    const places = temporaryPlaces();
    const lab = newCageLab({ places: { ...places, workspace: dirname(places.home) } });
    put(join(places.home, '.aws/credentials'), 'secret');
    put(join(places.home, 'notes'), 'public');
    const { out } = await lab.sh('grep -rs . .', { rung });
    expect(out).toBe('./home/notes:public\n');
  });

  itHere('can be tried on a workspace that is a temporary folder itself', async () => {
    const places = temporaryPlaces();
    const lab = newCageLab({ places: { ...places, workspace: '/var/tmp' } });
    expect((await lab.sh('ls > /dev/null; pwd', { rung })).out).toBe('/var/tmp\n');
  });

  asAnybody('is as closed for somebody without any power', async () => {
    const lab = newCageLab({ isNobody: true });
    put(join(lab.places.home, '.ssh/id'), 'secret');
    const script = `id -u; echo new > new; cat new; cat ~/.ssh/id; echo x > ~/x
      unshare -Ur true || echo alone; wc -l < /proc/net/route; grep CapEff /proc/self/status`;
    const said = await lab.sh(script, { rung });
    expect(said.out).toBe('65534\nnew\nalone\n1\nCapEff:\t0000000000000000\n');
    expect(readdirSync(lab.places.home)).toEqual(['.ssh']);
  });

  asAnybody('changes no device for others, even where root runs it', async () => {
    const said = await newCageLab().sh(
      'for at in null zero tty; do chmod 666 /dev/$at 2>/dev/null && echo $at; done; echo x > /dev/null',
      { rung },
    );
    expect(said).toMatchObject({ code: 0, out: '' });
  });

  asAnybody('reads nothing that the system keeps for root, even where root runs it', async () => {
    const said = await newCageLab().sh('cat /etc/shadow /etc/gshadow; ls -A /etc/ssl/private', {
      rung,
    });
    expect(said.out).toBe('');
  });
});

describe.each<Rung>(['L1', 'L2', 'L3'])('all that a program on rung %s starts', (rung) => {
  it.skipIf(missing.has(rung))('ends when the one who started it is killed', async () => {
    const lab = newCageLab();
    const mark = `6${process.pid}.${RUNGS.indexOf(rung)}`;
    const starter = ['/bin/sh', '-c', '"$@" & wait', 'starter'];
    const script = `(setsid sleep ${mark} &); (sleep ${mark} &); exec sleep ${mark}`;
    const running = lab.sh(script, { rung, before: starter });
    const all = () => processesWith(`sleep\0${mark}`).length;
    await expect.poll(all).toBe(3);
    const [leader = 0] = processesWith('starter', lab.places.workspace);
    process.kill(leader, 'SIGKILL');
    await running;
    await expect.poll(() => processesWith(mark)).toEqual([]);
  });
});

describe('what is in sight', () => {
  it.skipIf(missing.has('L3'))('is on L3 only what a system needs', async () => {
    const said = await newCageLab().sh('ls -A /; ls -A /etc; ls /var', { rung: 'L3' });
    const names = said.out.split('\n');
    for (const name of ['usr', 'passwd', 'hosts']) expect(names).toContain(name);
    for (const name of ['srv', 'boot', 'sys', 'run', 'shadow', 'ssh', 'cron.d', 'log', 'spool']) {
      expect(names).not.toContain(name);
    }
  });

  it.skipIf(missing.has('L2'))('is on L2 the disk, without the sockets of services', async () => {
    const said = await newCageLab().sh('ls -A /run; ls -A / | grep -c .', { rung: 'L2' });
    expect(said.out.trim()).toBe(String(readdirSync('/').length));
  });
});

describe('a program on rung L1', () => {
  const rung = 'L1';
  const itHere = it.skipIf(missing.has(rung));

  itHere('has no network but for talking to itself, and no capabilities', async () => {
    const lab = newCageLab();
    const port = await listen({ port: 0, host: '127.0.0.1' });
    expect(await connect(lab, rung, { port, host: '127.0.0.1' })).toMatch(/^E[A-Z]+\n$/);
    const status = (await lab.sh('cat /proc/self/status; wc -l < /proc/net/route', { rung })).out;
    expect(status).toMatch(/^CapPrm:\s*0+$/m);
    expect(status).toMatch(/^CapEff:\s*0+$/m);
    expect(status).toMatch(/^NoNewPrivs:\s*1$/m);
    expect(status.endsWith('1\n')).toBe(true);
  });

  itHere('ends with all that it started, and an end by a signal is told', async () => {
    const lab = newCageLab();
    const mark = `8${process.pid}.1`;
    const script = `(setsid sleep ${mark} > /dev/null 2>&1 &); kill -0 ${process.pid} || echo gone
      kill -9 $$`;
    expect(await lab.sh(script, { rung })).toMatchObject({ code: 137, out: 'gone\n' });
    await expect.poll(() => processesWith(mark)).toEqual([]);
  });

  itHere('does write outside and does read a home: that is not promised', async () => {
    const lab = newCageLab();
    put(join(lab.places.home, '.netrc'), 'secret');
    const outside = join(dirname(lab.places.workspace), 'new');
    expect((await lab.sh(`cat ~/.netrc; echo x > ${outside}`, { rung })).out).toBe('secret');
    expect(existsSync(outside)).toBe(true);
  });

  itHere('does reach sockets that lie on the disk: that is not promised', async () => {
    const lab = newCageLab();
    const path = join(dirname(lab.places.workspace), 'outside.sock');
    await listen({ path });
    expect(await connect(lab, rung, { path })).toBe('connected\n');
  });

  it.skipIf(missing.has(rung) || !isRoot)(
    'is the same for somebody without any power',
    async () => {
      const lab = newCageLab({ isNobody: true });
      const script =
        'id -u; pwd; grep -E "CapEff|CapBnd" /proc/self/status; wc -l < /proc/net/route';
      const zero = '0000000000000000';
      expect((await lab.sh(script, { rung })).out).toBe(
        `65534\n${lab.places.workspace}\nCapEff:\t${zero}\nCapBnd:\t${zero}\n1\n`,
      );
    },
  );
});

describe('a program on rung L0', () => {
  const rung = 'L0';

  it.skipIf(missing.has('L1'))('ends itself when the one who started it is killed', async () => {
    const lab = newCageLab();
    const mark = `9${process.pid}.0`;
    const before = ['/bin/sh', '-c', '"$@" & wait', 'starter'];
    const running = lab.sh(`exec sleep ${mark}`, { rung, before });
    const all = () => processesWith(`sleep\0${mark}`).length;
    for (let wait = 0; wait < 500 && all() < 1; wait++) await sleep(10);
    expect(all()).toBe(1);
    const [leader = 0] = processesWith('starter', lab.places.workspace);
    process.kill(leader, 'SIGKILL');
    await running;
    expect(all()).toBe(0);
  });

  it('is only started in its folder with its variables: nothing is closed', async () => {
    const lab = newCageLab();
    put(join(lab.places.home, '.netrc'), 'secret');
    const outside = join(dirname(lab.places.workspace), 'new');
    const said = await lab.sh(`pwd; cat ~/.netrc; echo x > ${outside}; exit 7`, { rung });
    expect(said).toMatchObject({ code: 7, out: `${lab.places.workspace}\nsecret` });
    expect(existsSync(outside)).toBe(true);
    const port = await listen({ port: 0, host: '127.0.0.1' });
    expect(await connect(lab, rung, { port, host: '127.0.0.1' })).toBe('connected\n');
    const env = { PATH: '/usr/bin', A: 'b' };
    expect((await lab.run(['env'], { rung, env })).out).toBe('PATH=/usr/bin\nA=b\n');
  });
});

describe.each<Rung>(['L0', 'L1'])('a program on rung %s whose view is a copy', (rung) => {
  it.skipIf(missing.has(rung))('works in the copy', async () => {
    const lab = newCageLab();
    const folder = join(dirname(lab.places.workspace), 'copy');
    mkdirSync(join(folder, 'a'), { recursive: true });
    const cwd = join(lab.places.workspace, 'a');
    expect((await lab.sh('pwd', { rung, folder, cwd })).out).toBe(`${folder}/a\n`);
  });
});

describe.each<Rung>(['L0', 'L1', 'L2', 'L3'])('a program on rung %s inside of a holder', (rung) => {
  const needs = missing.has(rung) || missing.has('L1');

  it.skipIf(needs)('writes to the view, and cannot take the view away', async () => {
    const lab = newCageLab();
    const { workspace } = lab.places;
    put(join(workspace, 'a.txt'), 'real');
    const said = await lab.sh(ATTACKS, { rung, isHeld: true, before: holderWords(lab) });
    expect(said.out).toBe('view\n');
    expect(everything(workspace)).toEqual(['a.txt: real']);
  });

  it.skipIf(needs || !isRoot)('cannot as somebody without any power either', async () => {
    const lab = newCageLab({ isNobody: true });
    put(join(lab.places.workspace, 'a.txt'), 'real');
    const more = { rung, isHeld: true, before: holderWords(lab) };
    expect((await lab.sh('id -u', more)).out).toBe('65534\n');
    expect((await lab.sh(ATTACKS, more)).out).toBe('view\n');
    expect(everything(lab.places.workspace)).toEqual(['a.txt: real']);
  });
});

/** All that could lead to what lies below a view. */
const ATTACKS = `
echo view > a.txt
for words in "" -l -f; do umount $words "$PWD" 2>/dev/null; done
unshare -Urm sh -c 'umount -l "$PWD" && echo bad > "$PWD/a.txt"' 2>/dev/null
echo bad > /proc/1/root$PWD/bad 2>/dev/null
for fd in 7 8 9; do echo bad > /proc/1/fd/$fd/bad; done 2>/dev/null
nsenter -t 1 -a true 2>/dev/null && echo entered
mount -o remount,ro "$PWD" 2>/dev/null && echo remounted
cd / && cat "$OLDPWD/a.txt"`;

function holderWords(lab: ReturnType<typeof newCageLab>): readonly string[] {
  const around = dirname(lab.places.workspace);
  for (const name of ['upper', 'work']) mkdirSync(join(around, name), { recursive: true });
  const layers = 'lowerdir=/proc/self/fd/7,upperdir=/proc/self/fd/8,workdir=/proc/self/fd/9';
  const script = `exec 7<"$1" 8<"$2/upper" 9<"$2/work" &&
    mount -t overlay -o userxattr,${layers} x "$1" &&
    mount -t proc proc /proc && exec 7<&- 8<&- 9<&- && shift 2 && "$@"; exit $?`;
  const own = ['--map-root-user', '--mount', '--pid', '--fork', '--propagation', 'private'];
  return ['/usr/bin/unshare', ...own, '/bin/sh', '-c', script, 'sh', lab.places.workspace, around];
}

function homeIsWorkspace() {
  const { home } = temporaryPlaces();
  const state = join(home, '.local/state/tinycode/workspaces/home-1');
  return { home, workspace: home, state, config: join(home, '.config/tinycode') };
}

/** All files below a folder, with what they hold. */
const everything = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => `${path.slice(folder.length + 1)}: ${readFileSync(path, 'utf8')}`)
    .sort();

/** A server that lives as long as the test; its port, where it has one. */
async function listen(at: { port: number; host: string } | { path: string }): Promise<number> {
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(at, resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function connect(
  lab: ReturnType<typeof newCageLab>,
  rung: Rung,
  at: { port: number; host: string } | { path: string },
  hasNetwork = false,
): Promise<string> {
  const script = `
    const socket = require('node:net').connect(${JSON.stringify(at)});
    socket.once('connect', () => { console.log('connected'); socket.destroy(); });
    socket.once('error', (error) => console.log(error.code));`;
  return (await lab.node(script, { rung, hasNetwork })).out;
}

function processesWith(...words: readonly string[]): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        return words.every((word) => line.includes(word));
      } catch {
        return false;
      }
    });
}
