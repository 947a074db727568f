import { expect, it } from 'vitest';
import { createPendingReader } from '../../../src/adapters/git/pending-changes.ts';
import { createHashing } from '../../../src/adapters/system/hashing.ts';
import type { CommandContext } from '../../../src/commands/command.ts';
import { gatherChanges } from '../../../src/commands/commit/gather-changes.ts';
import { ok } from '../../../src/core/result.ts';
import type { PendingReader } from '../../../src/ports.ts';
import { must } from '../../support/audit-lab.ts';
import { newHostileRepository } from '../../support/hostile-repository.ts';
import { judgeWith, WORLD } from '../../support/policy.ts';

/** What is gathered where something is done between the list of the files and their patches. */
async function gatherWhile(
  meanwhile: (lab: Awaited<ReturnType<typeof newHostileRepository>>) => Promise<unknown>,
) {
  const lab = await newHostileRepository();
  await lab.fill();
  lab.write('file', 'staged\n');
  await lab.plain(['add', 'file']);
  const { workspace, git } = lab;
  const real = createPendingReader({ workspace, git, hashing: createHashing() });
  const pending: PendingReader = {
    ...real,
    async diffs(what, files, signal) {
      await meanwhile(lab);
      return real.diffs(what, files, signal);
    },
  };
  const judge = judgeWith();
  const context: Pick<CommandContext, 'situation' | 'signal'> & { readonly readers: object } = {
    situation: { ...WORLD, mode: 'chat' },
    signal: new AbortController().signal,
    readers: {
      pending,
      policy: { decide: (action: Parameters<typeof judge>[0]) => ok(judge(action)) },
    },
  };
  return gatherChanges(context as CommandContext, 'staged');
}

it('gathers patches of the very files that it lists, or says that something else was staged', async () => {
  const quiet = must(await gatherWhile(async (lab) => lab.write('file', 'not staged\n')));
  expect(quiet.diffs.map(({ path, diff }) => [path, diff.includes('+staged')])).toEqual([
    ['file', true],
  ]);
  const busy = await gatherWhile(async (lab) => {
    lab.write('file', 'another\n');
    await lab.plain(['add', 'file']);
  });
  expect(busy).toMatchObject({ ok: false, error: { code: 'changed' } });
});
