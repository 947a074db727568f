import { chmodSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createCageReader } from '../../../../src/adapters/processes/cage/cage-reader.ts';
import { findTools, type Tools } from '../../../../src/adapters/processes/cage/tools.ts';
import type { Places } from '../../../../src/ports.ts';
import { missingRungs, newCageLab } from '../../../support/cage-lab.ts';
import { put, temporaryPlaces } from '../../../support/temporary-places.ts';

const signal = new AbortController().signal;
const missing = await missingRungs();
/** Of a bwrap that closes nothing. */
const UP_TO_PROGRAM = 'while [ "$1" != -- ]; do shift; done; shift;';
const NO_SPACES = 'echo "No permissions to create a new namespace" >&2; exit 1';

describe('what a machine offers', () => {
  it.skipIf(missing.has('L3'))(
    'is the strongest rung that holds, with nothing to add',
    async () => {
      const report = await newCageLab().cages.report(signal);
      expect(report).toMatchObject({ rung: 'L3', by: 'bwrap', why: '' });
      expect(report.holds).toContain('no network');
    },
  );

  it.skipIf(missing.size > 0)('is every rung below it too, each by itself', async () => {
    const { cages } = newCageLab();
    for (const rung of ['L3', 'L2', 'L1', 'L0'] as const) {
      expect([rung, await cages.has(rung, signal)]).toMatchObject([rung, { ok: true }]);
    }
  });

  it.skipIf(missing.has('L2'))('is no L3 where the system calls have unknown numbers', async () => {
    const cages = cagesWith({}, { arch: 'riscv64', isReal: true });
    expect(await cages.report(signal)).toMatchObject({
      rung: 'L2',
      why: 'there is no filter of system calls for riscv64',
    });
    expect(await cages.has('L3', signal)).toMatchObject({
      ok: false,
      error: { code: 'unavailable', message: expect.stringContaining('riscv64') },
    });
  });

  it('says for every rung above why it does not hold', async () => {
    const cages = cagesWith({ bwrap: NO_SPACES });
    expect(await cages.report(signal)).toMatchObject({
      ...{ rung: 'L0', by: 'none', view: 'direct' },
      why: 'bwrap cannot do more: No permissions to create a new namespace; unshare is not installed',
    });
  });

  it('is nothing on a system that has none of this', async () => {
    const cages = cagesWith({}, { platform: 'freebsd' });
    expect(await cages.report(signal)).toMatchObject({ rung: 'L0', view: 'direct' });
    expect(await cages.has('L0', signal)).toEqual({ ok: true, value: undefined });
    expect(await cages.overlay(signal)).toMatchObject({ ok: false });
  });

  it('is on macOS what sandbox-exec closes, in the place of L2', async () => {
    const cages = cagesWith({ 'sandbox-exec': 'echo works' }, { platform: 'darwin' });
    expect(await cages.report(signal)).toMatchObject({
      ...{ rung: 'L2', by: 'sandbox-exec', view: 'direct' },
      why: 'macOS has sandbox-exec alone, which stands for L2',
    });
    expect(await cages.has('L1', signal)).toMatchObject({ ok: false });
  });
});

describe('a trial', () => {
  it('takes no word for it: what should fail inside must have failed', async () => {
    const cages = cagesWith({ bwrap: `${UP_TO_PROGRAM} exec "$@"` });
    for (const rung of ['L2', 'L3'] as const) {
      expect(await cages.has(rung, signal)).toMatchObject({ ok: false });
    }
  });

  it.skipIf(missing.has('L1'))('finds out that a cage can be written through', async () => {
    const places = temporaryPlaces();
    const powers = '--bounding-set -all --inh-caps -all --ambient-caps -all --no-new-privs';
    const open = `${UP_TO_PROGRAM} exec unshare -Urn --keep-caps setpriv ${powers} -- "$@"`;
    const cages = cagesWith({ bwrap: open }, { places });
    expect(await cages.has('L2', signal)).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('what is shown can be written') },
    });
    expect(await cages.has('L3', signal)).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('not filtered') },
    });
    expect(readdirSync(places.workspace)).toEqual([]);
  });

  it('leaves nothing behind', async () => {
    const { places, cages } = newCageLab();
    await Promise.all([cages.report(signal), cages.overlay(signal)]);
    expect(readdirSync(places.workspace)).toEqual([]);
    expect(readdirSync(places.home)).toEqual([]);
  });

  it('is made once, also for those who ask at the same time', async () => {
    const places = temporaryPlaces();
    const log = join(dirname(places.workspace), 'log');
    const cages = cagesWith({ bwrap: `echo "$$" >> ${log}; sleep 0.05; echo works` }, { places });
    await Promise.all([cages.report(signal), cages.has('L3', signal), cages.report(signal)]);
    await cages.has('L3', signal);
    expect(readFileSync(log, 'utf8').trim().split('\n')).toHaveLength(1);
  });

  it('goes on without what an older bwrap does not know', async () => {
    const old = `case "$*" in *--disable-userns*|*--size*) echo "bwrap: Unknown option $1" >&2
      exit 1;; esac; echo works`;
    const cages = cagesWith({ bwrap: old });
    expect(await cages.report(signal)).toMatchObject({ rung: 'L3', by: 'bwrap' });
    const command = await cages.enclose('L3', newCageLab().inside({ rung: 'L3' }), signal);
    expect(command.ok && command.value.argv).not.toContain('--disable-userns');
  });

  it('goes on without processes of its own where a container forbids them', async () => {
    const closed =
      'case "$*" in *--mount-proc*) echo "mount failed" >&2; exit 1;; esac; echo works';
    const cages = cagesWith({ unshare: closed, setpriv: `${UP_TO_PROGRAM} exec "$@"` });
    const report = await cages.report(signal);
    expect(report).toMatchObject({ rung: 'L1', by: 'unshare' });
    expect(report.holds).not.toContain('processes');
  });

  it('ends although the program does not', async () => {
    const cages = cagesWith({ bwrap: 'exec sleep 60' });
    expect(await cages.has('L2', signal)).toMatchObject({ ok: false });
  });
});

describe('a cage that cannot be had', () => {
  it('is no other cage', async () => {
    const cages = cagesWith({ bwrap: NO_SPACES });
    const inside = newCageLab().inside({ rung: 'L3' });
    for (const rung of ['L3', 'L2', 'L1'] as const) {
      expect(await cages.enclose(rung, inside, signal)).toMatchObject({
        ok: false,
        error: { code: 'unavailable', hint: expect.stringContaining('doctor') },
      });
    }
  });
});

describe('a copy-on-write view of the workspace', () => {
  const itHere = it.skipIf(missing.has('L1'));

  itHere('can be had with what is written beside the state', async () => {
    expect(await newCageLab().cages.overlay(signal)).toEqual({ ok: true, value: 'state' });
  });

  itHere('can be had in memory where the workspace holds the state folder', async () => {
    const { home, ...places } = temporaryPlaces();
    const cages = newCageLab({ places: { ...places, home, workspace: home } }).cages;
    expect(await cages.overlay(signal)).toEqual({ ok: true, value: 'memory' });
    expect((await cages.report(signal)).view).toBe('overlay');
  });

  itHere('can be had where the workspace has a name that is no word', async () => {
    const places = temporaryPlaces();
    const workspace = join(places.workspace, 'a, b:c\\d\n"$(e)"');
    mkdirSync(workspace);
    expect(
      await newCageLab({ places: { ...places, workspace } }).cages.overlay(signal),
    ).toMatchObject({ ok: true });
  });

  it('cannot be had of a whole disk', async () => {
    const cages = newCageLab({ places: { ...temporaryPlaces(), workspace: '/' } }).cages;
    expect(await cages.overlay(signal)).toMatchObject({ ok: false });
  });
});

/** Cages made with real little programs; those that are not named are not there, or the real ones. */
function cagesWith(
  programs: Record<string, string>,
  {
    places = temporaryPlaces(),
    platform = process.platform as string,
    arch = 'x64',
    isReal = false,
  }: { places?: Places; platform?: string; arch?: string; isReal?: boolean } = {},
) {
  const found = findTools({ path: process.env.PATH ?? '', workspace: places.workspace });
  const bin = join(dirname(places.workspace), 'bin');
  const made = Object.entries(programs).map(([name, script]) => {
    const path = put(join(bin, name), `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
    return [name, path];
  });
  const others = isReal
    ? found
    : Object.fromEntries(Object.keys(found).map((name) => [name, null]));
  const tools = { ...others, env: found.env, sh: found.sh, ...Object.fromEntries(made) } as Tools;
  const user = { uid: process.getuid?.() ?? 1000, gid: process.getgid?.() ?? 1000 };
  return createCageReader({ places, platform, arch, user, tools, env: {} });
}
