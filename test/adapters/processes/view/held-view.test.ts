import { execFileSync } from 'node:child_process';
import { chownSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RUNGS } from '../../../../src/core/types.ts';
import { must } from '../../../support/audit-lab.ts';
import { canMount } from '../../../support/mount-over.ts';
import { put } from '../../../support/temporary-places.ts';
import { holdersOf, lacks, never, newViewLab, runnerIn } from '../../../support/view-lab.ts';

const isLacking = await lacks();

describe.each(RUNGS)('a program of rung %s in an overlay view', (rung) => {
  const needs = isLacking({ rung, kind: 'overlay', isHeld: true });

  it.skipIf(needs)('cannot take the view away, nor reach what lies below or above it', async () => {
    const lab = newViewLab();
    put(lab.at('a.txt'), 'real\n');
    const view = await lab.open();
    const { sh } = runnerIn(view, rung);
    const { output } = must(await sh(ATTACKS));
    expect(output).toBe('view\n');
    expect(readFileSync(lab.at('a.txt'), 'utf8')).toBe('real\n');
    const changes = must(await view.changes(never));
    expect(changes.map(({ after }) => after.path)).toEqual(['a.txt']);
  });

  it.skipIf(needs)('cannot end what keeps the view', async () => {
    const lab = newViewLab();
    const { sh } = runnerIn(await lab.open(), rung);
    await sh('kill -9 1; kill -9 2; kill -9 -1; kill -9 $PPID');
    expect(must(await sh('echo still')).output).toBe('still\n');
    expect(holdersOf(lab)).toHaveLength(2);
  });

  it.skipIf(needs || !canMount)('changes the mode of no device, also as root', async () => {
    const lab = newViewLab();
    const { sh } = runnerIn(await lab.open(), rung);
    const script = 'chmod 600 /dev/null /dev/zero 2>/dev/null; stat -c %a /dev/null /dev/zero';
    expect(must(await sh(script)).output).toBe('666\n666\n');
    expect(must(await sh('echo x > /dev/null && echo written')).output).toBe('written\n');
  });
});

const overlay = isLacking({ rung: 'L0', kind: 'overlay', isHeld: true });
describe.skipIf(overlay)('a view whose holder was ended by the machine', () => {
  it('runs nothing any more, tells of no changes, and is removed', async () => {
    const lab = newViewLab();
    const view = await lab.open();
    const { sh } = runnerIn(view, 'L0');
    must(await sh('echo x > file'));
    const [, pid] = /^\/proc\/(\d+)\/root/.exec(view.folder) ?? [];
    process.kill(Number(pid), 'SIGKILL');
    await expect.poll(() => holdersOf(lab)).toEqual([]);
    expect(await sh('touch made')).toMatchObject({ error: { code: 'unavailable' } });
    expect(await view.changes(never)).toMatchObject({ ok: false });
    must(await view.close());
    expect(lab.kept()).toEqual([]);
  });

  it('ends what runs in it', async () => {
    const lab = newViewLab();
    const view = await lab.open();
    const [, pid] = /^\/proc\/(\d+)\/root/.exec(view.folder) ?? [];
    const running = runnerIn(view, 'L0').sh('echo begun; sleep 60', {}, () =>
      process.kill(Number(pid), 'SIGKILL'),
    );
    expect(must(await running)).toMatchObject({ exitCode: null, signal: 'SIGKILL' });
  });
});

describe.skipIf(overlay || !canMount)('a workspace that belongs to somebody else', () => {
  it('is seen in a copy, in which root can write without its power', async () => {
    const lab = newViewLab();
    put(lab.at('src/file'), 'x\n');
    execFileSync('chown', ['-R', '1000:1000', lab.workspace]);
    const view = await lab.open();
    expect(view.kind).toBe('copy');
    must(await runnerIn(view, 'L1').sh('echo y >> src/file'));
    expect(readFileSync(join(view.folder, 'src/file'), 'utf8')).toBe('x\ny\n');
    expect(readFileSync(lab.at('src/file'), 'utf8')).toBe('x\n');
    chownSync(lab.workspace, 0, 0);
  });
});

describe('a program that asks for a terminal where none can be made', () => {
  it('is not run', async () => {
    const lab = newViewLab({ kind: 'direct', isHeld: false, tools: { script: null } });
    const { run } = runnerIn(await lab.open(), 'L0');
    const refused = await run(['touch', 'made'], { hasTerminal: true });
    expect(refused).toMatchObject({
      ok: false,
      error: { code: 'unavailable', hint: expect.stringContaining('util-linux') },
    });
    expect(must(await run(['ls'])).output).toBe('');
  });
});

/** All that could lead out of a view, or to what it is made of. */
const ATTACKS = `
echo view > a.txt
for words in "" -l -f; do umount $words "$PWD" 2>/dev/null && echo taken; done
unshare -Urm sh -c 'umount -l "$1" && cat "$1/a.txt"' sh "$PWD" 2>/dev/null
for pid in 1 2 3; do
  for fd in 0 1 2 3 4 5 6 7 8 9; do
    { echo bad > /proc/$pid/fd/$fd/bad; cat /proc/$pid/fd/$fd/a.txt; } 2>/dev/null
  done
done
nsenter -t 1 -a cat "$PWD/a.txt" 2>/dev/null && echo entered
mount -o remount,ro "$PWD" 2>/dev/null && echo remounted
mount --bind / /mnt 2>/dev/null && cat "/mnt$PWD/a.txt"
cd / && cat "$OLDPWD/a.txt"`;
