import { describe, expect, it } from 'vitest';
import {
  ALL_SETTINGS,
  CALLS,
  type GitTrap,
  TERMINAL_TRAPS,
  TRAPS,
} from '../../support/git-traps.ts';
import { newHostileRepository } from '../../support/hostile-repository.ts';

const LOOKS = CALLS.slice(0, 8);

describe.each(TRAPS)('a repository with $name', (trap) => {
  it.each(trap.fires)('runs a program in a plain git %s', async (...argv) => {
    const lab = await plant(trap);
    const said = await lab.plain(argv, trap.input);
    expect(lab.hasFired(), said).toBe(true);
  });

  it('runs nothing where TinyCode calls git', async () => {
    const worked = await expectSilence(trap, [...LOOKS, ...trap.fires]);
    expect(worked).toBeGreaterThanOrEqual(trap.isSpoiled ? 1 : LOOKS.length);
  });
});

/** Those whose programs many calls would run. */
const WIDE = TRAPS.filter(({ name }) => /inside that has no|hooks in its|missing/.test(name));

describe.each([ALL_SETTINGS, ...WIDE])('a repository with $name', (trap) => {
  it('runs nothing, whatever TinyCode asks of git', async () => {
    const worked = await expectSilence(trap, CALLS);
    expect(worked).toBeGreaterThan(trap.isSpoiled ? 10 : 40);
  });
});

describe.each(TERMINAL_TRAPS)('a repository with $name, on a terminal', (trap) => {
  it.each(trap.fires)('runs a program in a plain git %s', async (...argv) => {
    const lab = await plant(trap);
    const said = await lab.onTerminal({ argv: ['git', ...argv], env: {} }, trap.input);
    expect(lab.hasFired(), said).toBe(true);
  });

  it('runs nothing where a plan calls git', async () => {
    const lab = await plant(trap);
    for (const argv of trap.fires) {
      const said = await lab.onTerminal(await lab.prepare(argv), trap.input);
      expect(lab.hasFired(), said).toBe(false);
    }
  });
});

async function plant({ set }: GitTrap) {
  const lab = await newHostileRepository();
  await lab.fill();
  await set(lab);
  lab.hasFired();
  return lab;
}

async function expectSilence(trap: GitTrap, calls: GitTrap['fires']): Promise<number> {
  const lab = await plant(trap);
  let worked = 0;
  for (const argv of calls) {
    const ran = await lab.hardened(argv, trap.input);
    expect(lab.hasFired(), `git ${argv.join(' ')}: ${JSON.stringify(ran)}`).toBe(false);
    if (ran.ok && ran.value.exitCode === 0) worked++;
  }
  return worked;
}
