import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createCageReader } from '../../../../src/adapters/processes/cage/cage-reader.ts';
import { findTools, type Tools } from '../../../../src/adapters/processes/cage/tools.ts';
import { gitProbe } from '../../../../src/adapters/system/checks/git.ts';
import { nodeProbe } from '../../../../src/adapters/system/checks/node.ts';
import { overlayProbe } from '../../../../src/adapters/system/checks/overlay.ts';
import { ripgrepProbe } from '../../../../src/adapters/system/checks/ripgrep.ts';
import { sandboxProbe } from '../../../../src/adapters/system/checks/sandbox.ts';
import { createRunProgram } from '../../../../src/adapters/system/run-program.ts';
import { put, temporaryPlaces } from '../../../support/temporary-places.ts';

const signal = new AbortController().signal;
/** Real little programs in place of those of the machine. */
const withPrograms = (programs: Record<string, string>) => {
  const { workspace } = temporaryPlaces();
  for (const [name, script] of Object.entries(programs)) {
    chmodSync(put(join(workspace, name), `#!/bin/sh\n${script}\n`), 0o755);
  }
  return createRunProgram(workspace);
};

describe('node', () => {
  it.each([
    ['20.11.0', 'ok'],
    ['20.20.2', 'ok'],
    ['24.0.0', 'ok'],
    ['20.10.9', 'fail'],
    ['18.20.0', 'fail'],
  ])('judges version %s as %s', async (version, status) => {
    expect((await nodeProbe(version).run(signal)).status).toBe(status);
  });
});

describe('git', () => {
  it.each([
    ['echo git version 2.31.0', 'ok', '2.31.0'],
    ['echo "git version 2.39.5 (Apple Git-154)"', 'ok', '2.39.5'],
    ['echo git version 2.30.9', 'warn', 'too old'],
    ['echo broken >&2; exit 1', 'warn', 'broken'],
  ])('judges one that runs %j as %s', async (script, status, word) => {
    const finding = await gitProbe(withPrograms({ git: script })).run(signal);
    expect(finding).toMatchObject({ status, detail: expect.stringContaining(word) });
  });

  it('asks to install it', async () => {
    const finding = await gitProbe(withPrograms({})).run(signal);
    expect(finding).toMatchObject({ status: 'warn', remedy: 'Install git.' });
  });
});

describe('ripgrep', () => {
  it('is welcome and not needed', async () => {
    expect(await ripgrepProbe(withPrograms({ rg: 'echo ripgrep 14.1.0' })).run(signal)).toEqual({
      status: 'ok',
      detail: 'ripgrep 14.1.0.',
    });
    expect(await ripgrepProbe(withPrograms({})).run(signal)).toMatchObject({ status: 'warn' });
  });
});

describe('sandbox', () => {
  const probe = (programs: Record<string, string>, platform = 'linux') =>
    sandboxProbe(cagesWith(programs, platform), platform).run(signal);
  const CLOSED = 'echo works';
  const DENIED = 'echo "No permissions to create a new namespace" >&2; exit 1';

  it('names the highest rung that holds', async () => {
    expect(await probe({ bwrap: CLOSED })).toMatchObject({
      status: 'ok',
      detail: expect.stringMatching(/^L3: /),
    });
    const noFilter = `case "$*" in *--seccomp*) ${DENIED};; esac; ${CLOSED}`;
    expect(await probe({ bwrap: noFilter })).toMatchObject({
      status: 'ok',
      detail: expect.stringMatching(/^L2: .*No permissions/),
    });
  });

  it('believes no program that only ends well', async () => {
    expect(await probe({ bwrap: 'exit 0', unshare: 'exit 0', setpriv: 'exit 0' })).toMatchObject({
      status: 'warn',
      detail: expect.stringMatching(/^L0: /),
    });
  });

  it('says why a rung does not hold although its program is there', async () => {
    // Real root has bwrap started by way of unshare.
    const unshare = `case "$*" in *bwrap*) ${DENIED};; esac; ${CLOSED}`;
    expect(await probe({ bwrap: DENIED, unshare, setpriv: CLOSED })).toMatchObject({
      status: 'warn',
      detail: expect.stringMatching(/^L1: .*No permissions to create a new namespace/),
      remedy: expect.stringContaining('user namespaces'),
    });
  });

  it('asks to install bubblewrap where there is none', async () => {
    expect(await probe({})).toMatchObject({
      status: 'warn',
      detail: expect.stringMatching(/^L0: .*bwrap is not installed/),
      remedy: expect.stringContaining('sudo apt install bubblewrap'),
    });
  });

  it('uses what macOS has', async () => {
    expect(await probe({ 'sandbox-exec': CLOSED }, 'darwin')).toMatchObject({ status: 'ok' });
    expect(await probe({}, 'darwin')).toMatchObject({
      status: 'warn',
      remedy: 'Check that sandbox-exec runs.',
    });
  });

  it('finds a rung on this machine', async () => {
    const cages = createCageReader({ ...facts(), env: process.env });
    const finding = await sandboxProbe(cages, process.platform).run(signal);
    expect(finding.detail).toMatch(/^L[0-3]: /);
  });
});

describe('overlay', () => {
  it('tells where views do not work, and why', async () => {
    const denied = cagesWith({ unshare: 'echo "unshare: denied" >&2; exit 1' });
    expect(await overlayProbe(denied).run(signal)).toMatchObject({
      status: 'warn',
      detail: expect.stringContaining('unshare: denied'),
    });
    expect(await overlayProbe(cagesWith({})).run(signal)).toMatchObject({
      status: 'warn',
      detail: expect.stringContaining('unshare is not installed'),
    });
  });

  it('believes what was tried', async () => {
    const works = cagesWith({ unshare: 'echo memory' });
    expect(await overlayProbe(works).run(signal)).toMatchObject({ status: 'ok' });
  });
});

/** Cages made with real little programs; those that are not named are not there. */
function cagesWith(programs: Record<string, string>, platform = 'linux') {
  const { workspace } = temporaryPlaces();
  const made = Object.entries(programs).map(([name, script]) => {
    const path = put(join(workspace, name), `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
    return [name, path];
  });
  const found = findTools({ path: process.env.PATH ?? '', workspace });
  const none = Object.fromEntries(Object.keys(found).map((name) => [name, null]));
  const tools = { ...none, env: found.env, sh: found.sh, ...Object.fromEntries(made) } as Tools;
  return createCageReader({ ...facts(), platform, arch: 'x64', tools, env: {} });
}

function facts() {
  const [uid, gid] = [process.getuid?.() ?? 1000, process.getgid?.() ?? 1000];
  return {
    places: temporaryPlaces(),
    platform: process.platform,
    arch: process.arch,
    user: { uid, gid },
  };
}
