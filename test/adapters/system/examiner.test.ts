import { describe, expect, it } from 'vitest';
import { createConfigReader } from '../../../src/adapters/files/config-reader.ts';
import { checkOllama } from '../../../src/adapters/ollama/check-server.ts';
import { createCageReader } from '../../../src/adapters/processes/cage/cage-reader.ts';
import { createExaminer, examineAll } from '../../../src/adapters/system/examiner.ts';
import { fine, type Probe } from '../../../src/adapters/system/probe.ts';
import type { Check } from '../../../src/ports.ts';
import { temporaryPlaces } from '../../support/temporary-places.ts';

const signal = new AbortController().signal;
const clock = { now: () => new Date(), monotonicMs: () => performance.now() };
const collect = async (checks: AsyncIterable<Check>): Promise<readonly Check[]> => {
  const all: Check[] = [];
  for await (const check of checks) all.push(check);
  return all;
};
const late = (ms: number, check: string): Probe => ({
  check,
  run: () => new Promise((resolve) => setTimeout(() => resolve(fine(check)), ms)),
});
const never = (check: string): Probe => ({ check, run: () => new Promise(() => {}) });

describe('examineAll', () => {
  it('keeps the order of the checks and runs them at the same time', async () => {
    const steps: string[] = [];
    const noting = ({ check, run }: Probe): Probe => ({
      check,
      run: async (given) => {
        steps.push(`${check} begins`);
        const found = await run(given);
        steps.push(`${check} ends`);
        return found;
      },
    });
    const probes = [late(200, 'a'), late(10, 'b'), late(200, 'c')].map(noting);
    const checks = await collect(examineAll(probes, signal));
    expect(checks.map(({ check }) => check)).toEqual(['a', 'b', 'c']);
    expect(steps.slice(0, 4)).toEqual(['a begins', 'b begins', 'c begins', 'b ends']);
  });

  it('gives up a check that takes too long, and only that one', async () => {
    const checks = await collect(examineAll([never('slow'), late(1, 'b')], signal, 50));
    expect(checks).toMatchObject([
      { check: 'slow', status: 'warn', remedy: expect.any(String) },
      { check: 'b', status: 'ok' },
    ]);
  });

  it('reports a check that breaks', async () => {
    const broken: Probe = {
      check: 'x',
      run: () => {
        throw new Error('boom');
      },
    };
    expect(await collect(examineAll([broken], signal))).toMatchObject([
      { check: 'x', status: 'fail', detail: expect.stringContaining('boom') },
    ]);
  });

  it('ends at once when it is cancelled', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 30);
    const started = performance.now();
    expect(await collect(examineAll([late(1, 'a'), never('b')], controller.signal))).toMatchObject([
      { check: 'a' },
    ]);
    expect(performance.now() - started).toBeLessThan(1000);
    expect(await collect(examineAll([never('a')], AbortSignal.abort()))).toEqual([]);
  });
});

describe('examine', () => {
  it('looks at this machine, names every check once, and has a remedy for each problem', async () => {
    const places = temporaryPlaces();
    const examiner = createExaminer({
      places,
      warnings: [],
      clock,
      env: { PATH: process.env.PATH, TERM: 'xterm-256color', LANG: 'C.UTF-8' },
      platform: process.platform,
      nodeVersion: process.versions.node,
      terminal: { columns: 80, rows: 24 },
      config: createConfigReader({ places, env: {}, flags: {} }),
      cages: createCageReader({
        ...{ places, env: process.env, platform: process.platform, arch: process.arch },
        user: { uid: process.getuid?.() ?? 1000, gid: process.getgid?.() ?? 1000 },
      }),
      databases: [{ name: 'audit log', path: `${places.state}/audit.db` }],
      checkOllama: (given) =>
        checkOllama({ host: '127.0.0.1:9', isInstalled: async () => false }, given),
    });
    const started = performance.now();
    const checks = await collect(examiner.examine(signal));
    expect(performance.now() - started).toBeLessThan(5000);
    const names = checks.map(({ check }) => check);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(
      expect.arrayContaining([
        ...['node', 'git', 'ripgrep', 'sandbox', 'ollama', 'sqlite', 'natives', 'disk'],
        ...['state folder', 'config folder', 'audit log', 'configuration', 'workspace'],
        ...['terminal', 'clock'],
      ]),
    );
    for (const { status, detail, remedy } of checks) {
      expect(detail).not.toBe('');
      expect(remedy === undefined).toBe(status === 'ok');
    }
    expect(checks.find(({ check }) => check === 'node')?.status).toBe('ok');
    expect(checks.find(({ check }) => check === 'sqlite')?.status).toBe('ok');
  });
});
