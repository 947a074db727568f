import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createImageReader } from '../../../src/adapters/workspace/image-reader.ts';
import { createWorkspaceWriter } from '../../../src/adapters/workspace/workspace-writer.ts';
import type { CheckpointEntry } from '../../../src/core/types.ts';
import { must } from '../../support/audit-lab.ts';
import { bundleProgram } from '../../support/bundle-program.ts';
import { temporaryFolder } from '../../support/files.ts';
import { put } from '../../support/temporary-places.ts';
import {
  expectUnmounted,
  holdersOf,
  lacks,
  nameOf,
  never,
  newMark,
  newViewLab,
  runnerIn,
  STANDS,
  type Stand,
  type ViewLab,
} from '../../support/view-lab.ts';
import { absent, putChange, sha256 } from '../../support/workspace-lab.ts';

const isLacking = await lacks();
const KINDS: readonly Stand[] = [
  { rung: 'L0', kind: 'overlay', isHeld: true },
  { rung: 'L0', kind: 'copy', isHeld: true },
  { rung: 'L0', kind: 'copy', isHeld: false },
  { rung: 'L0', kind: 'direct', isHeld: true },
];
const isApart = ({ kind }: Stand): boolean => kind !== 'direct';

for (const stand of KINDS) {
  describe.skipIf(isLacking(stand))(`a view, as ${nameOf(stand)}`, () => {
    it('shows the workspace, and says of what kind it is', async () => {
      const lab = newViewLab(stand);
      put(lab.at('src/a.txt'), 'old\n');
      const view = await lab.open();
      expect(view.kind).toBe(stand.kind);
      expect(readFileSync(join(view.folder, 'src/a.txt'), 'utf8')).toBe('old\n');
      const { sh } = runnerIn(view, stand.rung);
      expect(must(await sh('cat src/a.txt')).output).toBe('old\n');
      expect(must(await view.changes(never))).toEqual([]);
    });

    it('takes what programs write, tells of it, and keeps the workspace as it was', async () => {
      const lab = newViewLab(stand);
      for (const path of ['kept', 'changed', 'gone', 'folder/inner', 'swapped']) {
        put(lab.at(path), `${path}\n`);
      }
      const before = treeOf(lab);
      const view = await lab.open();
      const { sh } = runnerIn(view, stand.rung);
      must(
        await sh(`echo new > changed; rm gone swapped; rm -r folder; mkdir -p made/deep
          echo more > made/deep/file; ln -s ../kept made/link; chmod 755 kept; mkdir swapped`),
      );
      const changes = must(await view.changes(never));
      expect(changes.map(nameChange)).toEqual(
        [
          'changed file→file',
          'folder folder→absent',
          'folder/inner file→absent',
          'gone file→absent',
          'kept file→file',
          'made absent→folder',
          'made/deep absent→folder',
          'made/deep/file absent→file',
          'made/link absent→link',
          'swapped file→folder',
        ].map((line) => (isApart(stand) ? line : line.replace('file→', 'other→'))),
      );
      expect(readFileSync(join(view.folder, 'changed'), 'utf8')).toBe('new\n');
      if (isApart(stand)) expect(treeOf(lab)).toEqual(before);
      must(await view.close());
      if (isApart(stand)) expect(treeOf(lab)).toEqual(before);
    });

    it('keeps for the next program what the one before has written', async () => {
      const lab = newViewLab(stand);
      const { sh } = runnerIn(await lab.open(), stand.rung);
      must(await sh('echo 1 > count'));
      must(await sh('echo 2 >> count'));
      expect(must(await sh('cat count')).output).toBe('1\n2\n');
    });

    it('runs several programs at a time', async () => {
      const lab = newViewLab(stand);
      const { sh } = runnerIn(await lab.open(), stand.rung);
      const all = 'until [ -s file-1 -a -s file-2 -a -s file-3 -a -s file-4 ]; do sleep 0.02; done';
      const ends = await Promise.all(
        [1, 2, 3, 4].map((number) => sh(`echo ${number} > file-${number}; ${all}; cat file-*`)),
      );
      expect(ends.map((end) => must(end).output)).toEqual(Array(4).fill('1\n2\n3\n4\n'));
    });

    it('is read and written by TinyCode as the workspace is', async () => {
      const lab = newViewLab(stand);
      put(lab.at('src/a.txt'), 'old\n');
      put(lab.at('src/b.txt'), 'b\n');
      put(lab.at('empty/x'), 'x');
      const view = await lab.open();
      const { sh } = runnerIn(view, stand.rung);
      must(await sh('echo made > src/made.txt'));
      const reader = createImageReader({ workspace: view.folder, umask: 0o022 });
      const writer = createWorkspaceWriter({ workspace: view.folder, hasHardLinks: false });
      const look = (path: string) => must(reader.look(path));
      expect(look('src/made.txt')).toMatchObject({ kind: 'file', hash: sha256('made\n') });
      expect(look('src/none')).toEqual(absent('src/none'));
      const text = 'written by TinyCode\n';
      const staged = [putChange(look('src/a.txt'), text), putChange(absent('src/c/d'), text)];
      await writer.stage([{ tag: 'p-1', changes: staged.slice(0, 1) }]);
      const { made, result } = writer.apply('p-1', [
        staged[0] as (typeof staged)[0],
        { kind: 'make-folder', before: absent('src/c'), after: folder('src/c') },
        staged[1] as (typeof staged)[0],
        { kind: 'move', before: look('src/b.txt'), to: 'src/c/b.txt' },
        { kind: 'put', before: look('src/made.txt'), ...putOnly(look('src/made.txt'), 'again\n') },
        { kind: 'remove', before: look('empty/x') },
        { kind: 'remove', before: look('empty') },
      ]);
      must(result);
      expect(made).toBe(7);
      must(writer.sync());
      must(writer.unstage());
      expect(must(reader.look('src', true))).toMatchObject({ kind: 'folder' });
      expect(must(reader.below('src')).map(({ path }) => path)).toHaveLength(5);
      expect(must(reader.load('src/c/b.txt')).image).toMatchObject({ hash: sha256('b\n') });
      expect(must(await sh('cat src/a.txt src/c/b.txt src/made.txt; ls')).output).toBe(
        `${text}b\nagain\nsrc\n`,
      );
      const changes = must(await view.changes(never));
      expect(changes.map(({ after }) => after.path)).toEqual(
        expect.arrayContaining(['empty', 'src/a.txt', 'src/b.txt', 'src/c/b.txt', 'src/c/d']),
      );
      if (isApart(stand)) expect(readFileSync(lab.at('src/a.txt'), 'utf8')).toBe('old\n');
    });

    it('leaves no mount, no process and no folder when it is closed', async () => {
      const lab = newViewLab(stand);
      put(lab.at('lower/file'), 'x');
      const view = await lab.open();
      const { sh } = runnerIn(view, stand.rung);
      const mark = newMark();
      const mess = `mkdir -p closed/in && touch closed/in/x && chmod 000 closed/in closed
        rm -r lower; mkdir lower; printf x > "$(printf 'odd\\377')"; rm -f odd*
        p=$(printf 'd%.0s' $(seq 200)); for i in $(seq 30); do mkdir $p && cd $p || exit; done`;
      must(await sh(mess));
      const running = sh(`setsid ${mark.sleep} & ${mark.sleep}`);
      await mark.untilThere(2);
      const closing = [view.close(), view.close()];
      expect(await running).toMatchObject({ ok: false, error: { code: 'cancelled' } });
      for (const closed of closing) must(await closed);
      await mark.expectGone();
      expect(holdersOf(lab)).toEqual([]);
      await expectUnmounted(lab);
      expect(lab.kept()).toEqual([]);
      expect(lab.running()).toEqual([]);
      const late = await sh('touch late');
      expect(late).toMatchObject({ ok: false });
      clear(lab);
    });

    it('is not made where it is called off', async () => {
      const lab = newViewLab(stand);
      for (const signal of [AbortSignal.abort(), AbortSignal.timeout(1)]) {
        const opened = await lab.views.open({ isApart: isApart(stand) }, signal);
        if (opened.ok) must(await opened.value.close());
        else expect(opened.error.code).toBe('cancelled');
      }
      expect(lab.kept()).toEqual([]);
      expect(holdersOf(lab)).toEqual([]);
    });
  });
}

const overlay: Stand = { rung: 'L0', kind: 'overlay', isHeld: true };
describe.skipIf(isLacking(overlay))('an overlay view', () => {
  it('lies over a workspace of any name', async () => {
    for (const name of ['a,b:c=d', 'with "quotes" $HOME `x`', 'zwei\nZeilen', 'übung \\ 100%']) {
      const root = temporaryFolder();
      const workspace = join(root, name);
      const state = join(root, `${name}-state`);
      put(join(workspace, 'file'), 'x\n');
      const places = { workspace, state, home: root, config: state, cache: state };
      const lab = newViewLab({ places });
      const view = await lab.open();
      const { sh } = runnerIn(view, 'L0');
      must(await sh('echo y >> file'));
      expect(must(await view.changes(never)).map(nameChange)).toEqual(['file file→file']);
      expect(readFileSync(join(workspace, 'file'), 'utf8')).toBe('x\n');
    }
  });

  it('lies in memory where the state folder cannot take it', async () => {
    const root = temporaryFolder();
    const workspace = join(root, 'home');
    const state = join(workspace, '.state');
    put(join(workspace, 'file'), 'x\n');
    const places = { workspace, state, home: root, config: state, cache: state };
    const lab = newViewLab({ places });
    const view = await lab.open();
    expect(view.kind).toBe('overlay');
    must(await runnerIn(view, 'L0').sh('echo y >> file; mkdir made'));
    const changes = must(await view.changes(never)).map(nameChange);
    expect(changes).toEqual(['file file→file', 'made absent→folder']);
    must(await view.close());
    expect(readFileSync(join(workspace, 'file'), 'utf8')).toBe('x\n');
    expect(lab.kept()).toEqual([]);
  });

  it('is like a copy where it cannot be had after all', async () => {
    const lab = newViewLab({ tools: { mount: null } });
    put(lab.at('file'), 'x\n');
    const view = await lab.open(false);
    expect(view.kind).toBe('copy');
    must(await runnerIn(view, 'L0').sh('rm file'));
    expect(existsSync(lab.at('file'))).toBe(true);
  });

  it('is not hurt by one that is open beside it', async () => {
    const lab = newViewLab();
    const [one, other] = [await lab.open(), await lab.open()];
    must(await runnerIn(one, 'L0').sh('echo one > file'));
    must(await runnerIn(other, 'L0').sh('test ! -e file && echo other > file'));
    must(await one.close());
    expect(readFileSync(join(other.folder, 'file'), 'utf8')).toBe('other\n');
    expect(lab.kept()).toHaveLength(1);
  });
});

describe('a copy of the workspace', () => {
  it('keeps links as links, modes and times, and leaves out what is no file', async () => {
    const lab = newViewLab({ kind: 'copy', isHeld: false });
    put(lab.at('bin/tool'), '#!/bin/sh\n');
    chmodSync(lab.at('bin/tool'), 0o751);
    utimesSync(lab.at('bin/tool'), 1000, 2000);
    utimesSync(lab.at('bin'), 3000, 4000);
    symlinkSync('/etc/passwd', lab.at('away'));
    symlinkSync('none', lab.at('dangling'));
    mkdirSync(lab.at('closed'), { mode: 0o500 });
    const view = await lab.open();
    const at = (path: string) => join(view.folder, path);
    expect(lstatSync(at('bin/tool'))).toMatchObject({ mode: 0o100751, mtimeMs: 2_000_000 });
    expect(lstatSync(at('bin'))).toMatchObject({ mtimeMs: 4_000_000 });
    expect(readlinkSync(at('away'))).toBe('/etc/passwd');
    expect(readlinkSync(at('dangling'))).toBe('none');
    expect(lstatSync(at('closed')).mode & 0o777).toBe(0o500);
    expect(must(await view.changes(never))).toEqual([]);
  });

  it('is refused where the workspace is too large, and nothing is left of it', async () => {
    const lab = newViewLab({ kind: 'copy', copyBounds: { files: 10, bytes: 1000 } });
    for (let number = 0; number < 11; number++) put(lab.at(`file-${number}`), 'x');
    const many = await lab.views.open({ isApart: true }, never);
    expect(many).toMatchObject({
      ok: false,
      error: { code: 'limit', hint: expect.stringContaining('Remove what can be made again') },
    });
    const large = newViewLab({ kind: 'copy', copyBounds: { files: 10, bytes: 1000 } });
    put(large.at('file'), 'x'.repeat(1001));
    expect(await large.views.open({ isApart: true }, never)).toMatchObject({
      error: { code: 'limit' },
    });
    expect([...lab.kept(), ...large.kept()]).toEqual([]);
  });
});

describe('a rung that cannot be had', () => {
  const bwrap: Stand = { rung: 'L3', kind: 'overlay', isHeld: true };

  it('runs nothing, and on no weaker one either', async () => {
    const lab = newViewLab({ tools: { bwrap: null } });
    const view = await lab.open();
    for (const rung of ['L2', 'L3'] as const) {
      const refused = await runnerIn(view, rung).sh('touch made');
      expect(refused).toMatchObject({ ok: false, error: { code: 'unavailable' } });
    }
    expect(must(await view.changes(never))).toEqual([]);
  });

  it.skipIf(isLacking(bwrap))('also where it fails only when it is needed', async () => {
    const folder = temporaryFolder();
    const program = put(join(folder, 'bwrap'), '#!/bin/sh\nexec /usr/bin/bwrap "$@"\n');
    chmodSync(program, 0o755);
    const lab = newViewLab({ tools: { bwrap: program } });
    const view = await lab.open();
    const { sh } = runnerIn(view, 'L3');
    expect(must(await sh('echo ran')).output).toBe('ran\n');
    writeFileSync(program, '#!/bin/sh\necho "bwrap: no permission" >&2; exit 1\n');
    const said: string[] = [];
    const refused = await sh('touch made', {}, (text) => void said.push(text));
    expect(refused).toMatchObject({
      ok: false,
      error: {
        code: 'unavailable',
        message: 'The cage could not be made: bwrap: no permission.',
        hint: expect.stringContaining('Nothing was run'),
      },
    });
    expect(said).toEqual([]);
    expect(must(await view.changes(never))).toEqual([]);
  });
});

describe('TinyCode that dies', () => {
  const stands = STANDS.filter(
    ({ kind, isHeld, rung }) => kind !== 'copy' || !isHeld || rung === 'L2',
  );

  for (const stand of stands) {
    const { rung, kind, isHeld } = stand;
    it.skipIf(isLacking(stand))(`takes all with it on ${nameOf(stand)}`, async () => {
      const program = bundleProgram('run-and-exit');
      for (const how of ['exit', 'wait'] as const) {
        const lab = newViewLab({ kind, isHeld });
        const mark = newMark();
        const script = `${mark.sleep} & ${mark.sleep} & echo begun; wait`;
        const { home, state } = lab.places;
        const places = [lab.workspace, home, state, rung, kind, isHeld ? 'held' : 'free'];
        const child = spawn(process.execPath, [program, ...places, script, how], {
          stdio: ['ignore', 'pipe', 'inherit'],
        });
        const closed = new Promise((resolve) => child.once('close', resolve));
        const said = await new Promise((resolve) =>
          child.stdout.once('data', (text) => resolve(String(text))),
        );
        expect(said).toBe('begun\n');
        if (how === 'wait') {
          expect(mark.pids().length).toBeGreaterThan(2);
          child.kill('SIGKILL');
        }
        expect(await closed).toBe(how === 'exit' ? 3 : null);
        await mark.expectGone();
        await expect.poll(() => holdersOf(lab)).toEqual([]);
        await expectUnmounted(lab);
        const left = kind === 'direct' ? 0 : 1;
        expect(lab.kept()).toHaveLength(left);
        expect(must(await lab.views.sweep())).toBe(left);
        expect(lab.kept()).toEqual([]);
      }
    });
  }
});

describe('what dead ones left', () => {
  it.skipIf(isLacking(overlay))('is swept, and what a living one holds is not', async () => {
    const lab = newViewLab();
    const view = await lab.open();
    const { sh } = runnerIn(view, 'L0');
    must(await sh('echo x > file'));
    put(join(lab.places.state, 'views', '999999999.dead:1.abc', 'upper', 'x'), 'x');
    put(join(lab.places.state, 'views', `${process.pid}.dead:1.abc`, 'upper', 'x'), 'x');
    mkdirSync(join(lab.places.state, 'views', '999999999.dead:1.abc', 'closed'), { mode: 0 });
    put(join(lab.places.state, 'views', 'somebody’s notes'), 'x');
    expect(must(await lab.views.sweep())).toBe(2);
    expect(lab.kept()).toHaveLength(2);
    expect(must(await sh('cat file')).output).toBe('x\n');
    expect(must(await lab.views.sweep())).toBe(0);
  });

  it('is nothing where there was no view', async () => {
    expect(must(await newViewLab().views.sweep())).toBe(0);
  });
});

const nameChange = ({ before, after }: CheckpointEntry): string =>
  `${after.path} ${before.kind}→${after.kind}`;

const folder = (path: string) => ({ path, kind: 'folder', mode: 0o755 }) as const;

function putOnly(before: Parameters<typeof putChange>[0], text: string) {
  const { after, bytes } = putChange(before, text);
  return { after, bytes };
}

const treeOf = ({ workspace }: ViewLab) =>
  must(createImageReader({ workspace, umask: 0o022 }).below('')).map(({ path, ...image }) => ({
    path,
    ...image,
    mtime: lstatSync(join(workspace, path)).mtimeMs,
  }));

/** What Node itself cannot remove with the test’s own folder. */
function clear({ workspace }: ViewLab): void {
  execFileSync('chmod', ['-R', 'u+rwx', workspace]);
  execFileSync('rm', ['-rf', workspace]);
}
