import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fc } from '../../../support/fc.ts';
import { canOverlay, newOverlayLab } from '../../../support/overlay-lab.ts';

/** Few names, so that one is often used for different things. */
const PATHS = ['a', 'b', 'a/a', 'a/b', 'b/a', 'b/b', 'a/a/a', 'a/b/a', 'b/a/b', 'b/a/b/a'];
const path = fc.constantFrom(...PATHS);
const work = fc.oneof(
  fc.record({ kind: fc.constant('write' as const), path, text: fc.constantFrom('', 'x', 'y') }),
  fc.record({ kind: fc.constant('remove' as const), path }),
  fc.record({ kind: fc.constant('folder' as const), path }),
  fc.record({ kind: fc.constant('link' as const), path, target: fc.constantFrom('a', 'nowhere') }),
  fc.record({ kind: fc.constant('mode' as const), path, mode: fc.constantFrom(0o700, 0o755) }),
  fc.record({ kind: fc.constant('move' as const), path, to: path }),
  fc.record({ kind: fc.constant('copy' as const), path, to: path }),
);
type Work = typeof work extends fc.Arbitrary<infer T> ? T : never;

const RUNS = 40;

describe.skipIf(!canOverlay)('the changes in an overlay (needs overlay mounts)', () => {
  it('are all that a look at every path finds, whatever was done', async () => {
    let changed = 0;
    const works = fc.array(work, { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(works, works, async (before, after) => {
        const lab = await newOverlayLab();
        for (const each of before) attempt(lab.at, each);
        const view = await lab.open();
        for (const each of after) attempt(view.at, each);
        changed += (await view.provenChanges()).length;
        view.close();
      }),
      { numRuns: RUNS },
    );
    expect(changed).toBeGreaterThan(RUNS);
  });
});

/** What cannot be done in that order is left out. */
function attempt(at: (path: string) => string, work: Work): void {
  try {
    act(at, at(work.path), work);
  } catch {}
}

function act(at: (path: string) => string, path: string, work: Work): void {
  switch (work.kind) {
    case 'write':
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, work.text);
      break;
    case 'remove':
      rmSync(path, { recursive: true });
      break;
    case 'folder':
      mkdirSync(path, { recursive: true });
      break;
    case 'link':
      symlinkSync(work.target, path);
      break;
    case 'mode':
      chmodSync(path, work.mode);
      break;
    case 'move':
      renameSync(path, at(work.to));
      break;
    case 'copy':
      // Node's own copy ends the whole process where a link to nowhere lies at the target.
      execFileSync('cp', ['-RP', '--', path, at(work.to)], { stdio: 'ignore' });
      break;
    default:
      work satisfies never;
  }
}
