import { describe, expect, it } from 'vitest';
import { createSelfReader } from '../../../src/adapters/system/self-reader.ts';
import { resources } from '../../../src/commands/help/resources.ts';
import { fail, ok } from '../../../src/core/result.ts';
import type { ProgramUse } from '../../../src/core/types.ts';
import { PROGRAM } from '../../support/program-sample.ts';
import { tryCommand } from '../../support/try-command.ts';

const self = createSelfReader();
const reading = (uses: readonly ProgramUse[]) => ({
  self,
  programs: { list: async () => ok(uses) },
});

describe('resources', () => {
  it('shows every program with what it uses of what it may', async () => {
    const { blocks } = await tryCommand(
      resources,
      [],
      reading([PROGRAM, { ...PROGRAM, argv: ['make'] }]),
    );
    expect(blocks).toMatchObject([
      { kind: 'heading', text: "npm test -- 'the cart'" },
      {
        kind: 'fields',
        fields: [
          { name: 'for', value: 'plan 7f3a, step 3' },
          { name: 'cage', value: 'L3' },
          { name: 'process', value: '4711' },
          { name: 'time', value: '0:12 of 5:00' },
          { name: 'CPU', value: '0:09 of 10:00' },
          { name: 'memory', value: '340 MB of 2 GB' },
          { name: 'processes', value: '6 of 256' },
          { name: 'open files', value: '21 of 100', note: 'the most of one process' },
          { name: 'a file', value: 'up to 10 MB' },
          { name: 'all files', value: 'up to 2 GB' },
        ],
      },
      { kind: 'heading', text: 'make' },
      { kind: 'fields' },
      { kind: 'heading', text: 'TinyCode itself' },
      { kind: 'fields' },
    ]);
  });

  it('shows what TinyCode itself uses, and of what piles up how much there may be', async () => {
    const { blocks, result } = await tryCommand(resources, [], reading([]));
    expect(blocks[0]).toEqual({ kind: 'text', text: 'No program runs now.' });
    const last = blocks.at(-1);
    const fields = last?.kind === 'fields' ? last.fields : [];
    const valueNamed = (name: string) => fields.find((field) => field.name === name)?.value;
    expect(valueNamed('process')).toBe(`${process.pid}`);
    expect(valueNamed('memory')).toMatch(/^\d+(\.\d)? [MG]B$/);
    expect(valueNamed('waiting lines')).toBe('1 of 20');
    if (process.platform === 'linux') expect(valueNamed('open files')).toMatch(/^\d+ of \d+$/);
    expect(result).toMatchObject({
      ok: true,
      value: {
        kind: 'looked',
        data: {
          running: [],
          self: {
            pid: process.pid,
            queues: [{ name: 'waiting lines', held: 1, most: 20 }],
          },
        },
      },
    });
  });

  it('gives programs as they are to a machine', async () => {
    const { result } = await tryCommand(resources, [], reading([PROGRAM]));
    expect(result).toMatchObject({ ok: true, value: { data: { running: [PROGRAM] } } });
  });

  it('says why it cannot tell', async () => {
    const programs = { list: async () => fail('unreadable', 'It cannot be read.') };
    const { result } = await tryCommand(resources, [], { self, programs });
    expect(result).toMatchObject({ ok: false, error: { code: 'unreadable' } });
  });
});
