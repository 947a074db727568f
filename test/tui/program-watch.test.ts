import { describe, expect, it } from 'vitest';
import { createProgramWatch } from '../../src/tui/program-watch.ts';
import { PROGRAM } from '../support/program-sample.ts';

const at = (tookMs: number, cpuMs: number, id = 'one') => ({ ...PROGRAM, id, tookMs, cpuMs });

describe('the program that runs', () => {
  it('has no share of a processor until it was seen twice', () => {
    const watch = createProgramWatch();
    expect(watch.program()).toBeNull();
    watch.watch(at(100, 90));
    watch.watch(at(100, 90));
    expect(watch.program()?.cpuShare).toBeNull();
    watch.watch(at(350, 215));
    expect(watch.program()).toMatchObject({ use: { tookMs: 350 }, cpuShare: 0.5 });
  });

  it('shows what it used lately, and not since it began', () => {
    const watch = createProgramWatch();
    for (let turn = 0; turn <= 40; turn++) {
      watch.watch(at(turn * 250, Math.min(turn, 20) * 500));
    }
    expect(watch.program()?.cpuShare).toBe(0);
  });

  it('knows nothing of the one before', () => {
    const watch = createProgramWatch();
    watch.watch(at(5000, 5000));
    watch.watch(at(100, 10, 'two'));
    expect(watch.program()?.cpuShare).toBeNull();
    watch.watch(null);
    expect(watch.program()).toBeNull();
  });
});
