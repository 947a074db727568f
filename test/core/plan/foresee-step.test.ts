import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createHashing } from '../../../src/adapters/system/hashing.ts';
import { createImageReader } from '../../../src/adapters/workspace/image-reader.ts';
import { isSame } from '../../../src/core/plan/file-changes.ts';
import { foreseeStep } from '../../../src/core/plan/foresee-step.ts';
import { imagineWorld } from '../../../src/core/plan/world.ts';
import { temporaryFolder } from '../../support/files.ts';
import { chance, fillWorkspace, inventActions, performAction } from '../../support/random-plan.ts';

const { measure } = createHashing();

/** A workspace, its copy, and actions that were done in the copy by plain code. */
function inventCase(seed: number) {
  const root = temporaryFolder();
  const pick = chance(seed);
  const project = join(root, 'project');
  mkdirSync(project);
  fillWorkspace(project, pick);
  const copy = join(root, 'copy');
  cpSync(project, copy, { recursive: true, verbatimSymlinks: true });
  const again = join(root, 'again');
  cpSync(project, again, { recursive: true, verbatimSymlinks: true });
  const { actions } = inventActions(copy, pick, 14);
  return { project, again, actions };
}

describe('what a step will find and leave', () => {
  it('is foreseen as plain code does it, step after step, without touching anything', () => {
    for (let seed = 1; seed <= 120; seed += 1) {
      const { project, again, actions } = inventCase(seed);
      const world = imagineWorld(createImageReader({ workspace: project, umask: 0o022 }));
      const real = createImageReader({ workspace: again, umask: 0o022 });
      for (const [index, action] of actions.entries()) {
        const at = `seed ${seed}, action ${index}: ${JSON.stringify(action).slice(0, 200)}`;
        const foreseen = foreseeStep(world, measure, real.newModes, action);
        if (!foreseen.ok) throw new Error(`${at}: ${foreseen.error.message}`);
        const { before, after } = foreseen.value;
        expect(before.map(({ path }) => path)).toEqual(after.map(({ path }) => path));
        const look = (images: typeof before) =>
          images.filter((image) => {
            const now = real.look(image.path, image.kind === 'folder' && image.hash !== undefined);
            return !now.ok || !isSame(now.value, image);
          });
        expect(look(before), `before ${at}`).toEqual([]);
        performAction(again, action);
        expect(look(after), `after ${at}`).toEqual([]);
      }
    }
  });

  it.each([
    ['a file that is not there', { kind: 'file.edit', path: 'none', content: '' }, 'not-found'],
    ['a link', { kind: 'file.write', path: 'link', content: '' }, 'denied'],
    ['a file below a file', { kind: 'file.write', path: 'a.txt/x', content: '' }, 'invalid'],
    ['a folder as a file', { kind: 'file.write', path: 'src', content: '' }, 'invalid'],
    ['a move over something', { kind: 'file.move', from: 'a.txt', to: 'b.txt' }, 'invalid'],
    ['a move into itself', { kind: 'file.move', from: 'src', to: 'src/deep/x' }, 'invalid'],
    ['a folder where a file is', { kind: 'folder.create', path: 'a.txt' }, 'invalid'],
    ['deleting what is not there', { kind: 'file.delete', path: 'none' }, 'not-found'],
  ] as const)('is refused for %s', (_, action, code) => {
    const { project } = inventCase(1);
    const images = createImageReader({ workspace: project, umask: 0o022 });
    const foreseen = foreseeStep(imagineWorld(images), measure, images.newModes, action);
    expect(foreseen).toMatchObject({ ok: false, error: { code } });
  });
});
