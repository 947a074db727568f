import { execFileSync, spawn } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { must } from '../../support/audit-lab.ts';
import { bundleProgram } from '../../support/bundle-program.ts';
import { temporaryFolder } from '../../support/files.ts';
import {
  absent,
  leftBehind,
  newWorkspaceLab,
  putChange,
  TAG,
  type WorkspaceLab,
} from '../../support/workspace-lab.ts';

const hasStrace = canTrace();

describe('a folder that is swapped for a link in a tight loop', () => {
  it('never leads a write, a removal or a move out of the workspace', async () => {
    const lab = newWorkspaceLab({}, folderInMemory());
    const outside = join(lab.root, 'outside');
    mkdirSync(outside);
    writeFileSync(join(outside, 'precious'), 'precious');
    lab.write('target/precious', 'precious');
    const precious = lab.look('target/precious');
    const program = bundleProgram('swap-folder');
    const attacker = spawn(process.execPath, [program, lab.at('target'), outside]);
    onTestFinished(() => void attacker.kill('SIGKILL'));
    let swaps = 0;
    attacker.stdout.on('data', (text: Buffer) => {
      swaps = Number(text.toString().trim().split('\n').at(-1));
    });
    const codes = new Map<string, number>();
    let number = 0;
    const isEnough = () =>
      swaps > 5000 && (codes.get('made') ?? 0) > 2000 && (codes.get('denied') ?? 0) > 200;
    for (const end = Date.now() + 40_000; !isEnough() && Date.now() < end; number++) {
      const name = `target/f${number}`;
      const changes = [
        putChange(absent(name), 'ours'),
        putChange({ ...putChange(absent(name), 'ours').after }, 'ours again'),
        { kind: 'move', before: precious, to: 'target/moved' } as const,
        { kind: 'move', before: { ...precious, path: 'target/moved' }, to: precious.path } as const,
        { kind: 'make-folder', before: absent(`${name}d`), after: aFolder(`${name}d`) } as const,
        { kind: 'remove', before: aFolder(`${name}d`) } as const,
        { kind: 'remove', before: { ...putChange(absent(name), 'ours again').after } } as const,
      ];
      for (const change of changes) {
        const { result } = lab.apply(change);
        const code = result.ok ? 'made' : result.error.code;
        codes.set(code, (codes.get(code) ?? 0) + 1);
      }
      if (number % 50 === 0) await sleep(1);
    }
    await sleep(20);
    const ended = new Promise((resolve) => attacker.once('exit', resolve));
    attacker.kill('SIGKILL');
    await ended;
    expect(readdirSync(outside)).toEqual(['precious']);
    expect(readFileSync(join(outside, 'precious'), 'utf8')).toBe('precious');
    expect(isEnough()).toBe(true);
    const there = readdirSync(lab.workspace);
    const inner = there.flatMap((name) => readdirSync(lab.at(name)));
    expect(there.some((name) => name.startsWith('target'))).toBe(true);
    expect(inner.filter((name) => name.includes('.tinycode-'))).toEqual([]);
  });

  it('is walked anew within one call', () => {
    const lab = newWorkspaceLab();
    lab.write('folder/a', 'a');
    const [a, folder] = [lab.look('folder/a'), lab.look('folder')];
    const { made, result } = lab.apply(
      putChange(a, 'b'),
      { kind: 'move', before: folder, to: 'elsewhere' },
      putChange(absent('folder/c'), 'c'),
    );
    expect([made, result]).toMatchObject([2, { error: { code: 'not-found' } }]);
    expect(lab.list()).toEqual(['elsewhere', 'elsewhere/a']);
  });
});

describe('a folder that is moved away while many changes are made in it', () => {
  it('gets none of them from then on', () => {
    const lab = newWorkspaceLab();
    mkdirSync(lab.at('folder'));
    const changes = Array.from({ length: 4000 }, (_, n) => putChange(absent(`folder/${n}`), 'x'));
    const move = 'until [ -e 20 ]; do :; done; mv ../folder ../moved';
    const mover = spawn('/bin/sh', ['-c', move], { cwd: lab.at('folder') });
    onTestFinished(() => void mover.kill('SIGKILL'));
    const { made, result } = lab.apply(...changes);
    expect(result).toMatchObject({ error: { code: 'not-found' } });
    expect(made).toBeLessThan(4000);
    // One may have been on its way.
    expect(Math.abs(readdirSync(lab.at('moved')).length - made)).toBeLessThanOrEqual(1);
    expect(leftBehind(lab)).toEqual([]);
  });
});

describe('two processes that change the same files', () => {
  it('leave every file whole, one of theirs, and nothing beside', async () => {
    const lab = newWorkspaceLab();
    const paths = Array.from({ length: 8 }, (_, number) => `src/file-${number}.txt`);
    for (const path of paths) lab.write(path, 'the first\n'.repeat(500));
    const program = bundleProgram('hands');
    const [one, two] = await Promise.all(
      ['one', 'two'].map((name) => run(program, lab, name, name, '60', ...paths)),
    );
    const lines = [...(one ?? []), ...(two ?? [])];
    expect(lines.filter((line) => line === 'made').length).toBeGreaterThan(100);
    // While the one replaces a file it has two names, and the other does not touch it.
    expect(lines.filter((line) => !/^(made|changed|denied) ?/.test(line))).toEqual([]);
    for (const path of paths) expectWhole(lab.read(path));
    expect(leftBehind(lab)).toEqual([]);
  });

  it('leave every file whole when they are killed at any moment, and are swept up after', async () => {
    const lab = newWorkspaceLab();
    const paths = ['a.txt', 'b/c.txt'];
    for (const path of paths) lab.write(path, 'the first\n'.repeat(500));
    const program = bundleProgram('hands');
    let left = 0;
    for (let kill = 0; kill < 25; kill++) {
      const child = spawn(process.execPath, [program, lab.workspace, TAG, 'x', '9999', ...paths]);
      await new Promise((resolve) => child.stdout.once('data', resolve));
      await sleep(kill % 7);
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
      for (const path of paths) expectWhole(lab.read(path));
      left += leftBehind(lab).length;
      must(lab.writer.sweep(TAG, paths));
      expect(leftBehind(lab)).toEqual([]);
      for (const path of paths) expect(lstatSync(lab.at(path)).nlink).toBe(1);
    }
    expect(left).toBeGreaterThan(0);
  });
});

describe.skipIf(!hasStrace)(
  'another program between the last look and the change (strace holds it)',
  () => {
    it('keeps what it wrote into the old file, and the change is refused', async () => {
      const lab = newWorkspaceLab();
      lab.write('file', 'old\n');
      const done = await held(lab, 'rename', 'file');
      // The old file has its second name.
      expect(leftBehind(lab)).toHaveLength(2);
      appendFileSync(lab.at('file'), 'theirs\n');
      expect(await done()).toEqual([expect.stringMatching(/^changed .* at the same moment/)]);
      expect(lab.read('file')).toBe('old\ntheirs\n');
      expect(lab.list()).toEqual(['file']);
    });

    it('keeps that also where there are no hard links', async () => {
      const lab = newWorkspaceLab();
      lab.write('file', 'old\n', 0o640);
      const done = await held(lab, 'rename', 'file', ['-e', 'inject=link:error=EPERM']);
      expect(leftBehind(lab)).toHaveLength(1);
      appendFileSync(lab.at('file'), 'theirs\n');
      expect(await done()).toEqual([expect.stringMatching(/^changed .* at the same moment/)]);
      expect(lab.read('file')).toBe('old\ntheirs\n');
      expect(lstatSync(lab.at('file')).mode & 0o777).toBe(0o640);
      expect(lab.list()).toEqual(['file']);
    });

    it('keeps a file that it put at the name before the last look', async () => {
      const lab = newWorkspaceLab();
      lab.write('file', 'old\n');
      const done = await held(lab, 'fsync', 'file');
      expect(leftBehind(lab)).toHaveLength(1);
      writeFileSync(lab.at('theirs'), 'theirs\n');
      renameSync(lab.at('theirs'), lab.at('file'));
      expect(await done()).toEqual([expect.stringMatching(/^changed /)]);
      expect(lab.read('file')).toBe('theirs\n');
      expect(lab.list()).toEqual(['file']);
    });

    it('keeps a new file that it made at a name where nothing lay', async () => {
      const lab = newWorkspaceLab();
      const done = await held(lab, 'link', 'file');
      expect(leftBehind(lab)).toHaveLength(1);
      lab.write('file', 'theirs\n');
      expect(await done()).toEqual([expect.stringMatching(/^changed /)]);
      expect(lab.read('file')).toBe('theirs\n');
      expect(lab.list()).toEqual(['file']);
    });
  },
);

/** Where a sync costs nothing, far more swaps and writes meet. */
function folderInMemory(): string {
  if (!existsSync('/dev/shm')) return temporaryFolder();
  const folder = mkdtempSync('/dev/shm/tinycode-test-');
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const aFolder = (path: string) => ({ path, kind: 'folder', mode: 0o755 }) as const;

/** Whole lines of one text, as often as whoever wrote last put them there. */
function expectWhole(text: string): void {
  const lines = text.split('\n').slice(0, -1);
  expect([lines.length, new Set(lines).size]).toEqual([500, 1]);
}

async function run(program: string, lab: WorkspaceLab, ...args: readonly string[]) {
  return linesOf(process.execPath, [program, lab.workspace, ...args]);
}

/**
 * One change by a process that stands still for a second where it enters a call of the system. It
 * stands there when this returns; what is returned waits for what it says.
 */
async function held(
  lab: WorkspaceLab,
  call: string,
  path: string,
  more: readonly string[] = [],
): Promise<() => Promise<readonly string[]>> {
  const program = bundleProgram('hands');
  const log = join(lab.root, 'calls');
  const holding = ['-e', `trace=${call},link`, '-e', `inject=${call}:delay_enter=1000000`];
  const trace = ['-f', '-qq', '-o', log, ...holding, ...more];
  const args = [process.execPath, program, lab.workspace, TAG, 'new', '1', path];
  const lines = linesOf('strace', [...trace, ...args]);
  await until(() => existsSync(log) && readFileSync(log, 'utf8').includes(`${call}(`));
  return () => lines;
}

async function linesOf(file: string, args: readonly string[]): Promise<readonly string[]> {
  const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (piece: Buffer) => {
    text += piece.toString();
  });
  await new Promise((resolve) => child.once('close', resolve));
  return text.split('\n').slice(0, -1);
}

async function until(isSo: () => boolean): Promise<void> {
  for (const end = Date.now() + 20_000; !isSo() && Date.now() < end; ) await sleep(2);
}

function canTrace(): boolean {
  try {
    execFileSync('strace', ['-qq', '-o', '/dev/null', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
