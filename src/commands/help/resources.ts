import { quoteWord } from '../../core/commands/words.ts';
import { sayBytes, sayTime } from '../../core/display/amounts.ts';
import { ok } from '../../core/result.ts';
import type { Block, Json, ProgramUse } from '../../core/types.ts';
import type { SelfUse } from '../../ports.ts';
import { defineCommand, type Queue } from '../command.ts';

export const resources = defineCommand({
  name: 'resources',
  family: 'help',
  summary: 'Shows what runs now, what it uses of what it may, and what TinyCode itself uses',
  examples: ['resources', 'resources --json'],
  kind: 'look',
  args: {},
  async run(_, { readers, queues, show }) {
    const running = await readers.programs.list();
    if (!running.ok) return running;
    const self = readers.self.use();
    for (const use of running.value) {
      show({ kind: 'heading', text: use.argv.map(quoteWord).join(' ') });
      show(blockOf(use));
    }
    if (running.value.length === 0) show({ kind: 'text', text: 'No program runs now.' });
    show({ kind: 'heading', text: 'TinyCode itself' });
    show(selfBlockOf(self, queues));
    const data = { running: running.value, self: { ...self, queues } };
    return ok({ kind: 'looked', data: data as unknown as Json });
  },
});

const blockOf = (use: ProgramUse): Block => ({
  kind: 'fields',
  fields: [
    { name: 'for', value: use.what },
    { name: 'cage', value: use.rung },
    { name: 'process', value: `${use.pid}` },
    { name: 'time', value: outOf(sayTime, use.tookMs, use.limits.wallMs) },
    { name: 'CPU', value: outOf(sayTime, use.cpuMs, use.limits.cpuMs) },
    { name: 'memory', value: outOf(sayBytes, use.memoryBytes, use.limits.memoryBytes) },
    { name: 'processes', value: outOf(String, use.processes, use.limits.processes) },
    {
      name: 'open files',
      value: outOf(String, use.openFiles, use.limits.openFiles),
      note: MOST_OF_ONE,
    },
    { name: 'a file', value: `up to ${sayBytes(use.limits.fileBytes)}` },
    { name: 'all files', value: `up to ${sayBytes(use.limits.diskBytes)}` },
  ],
});

const MOST_OF_ONE = 'the most of one process';

const selfBlockOf = (self: SelfUse, queues: readonly Queue[]): Block => ({
  kind: 'fields',
  fields: [
    { name: 'process', value: `${self.pid}` },
    { name: 'time', value: sayTime(self.tookMs) },
    { name: 'CPU', value: sayTime(self.cpuMs) },
    { name: 'memory', value: sayBytes(self.memoryBytes) },
    ...(self.openHandles === null
      ? []
      : [{ name: 'open files', value: outOf(String, self.openHandles, self.mostHandles) }]),
    ...queues.map(({ name, held, most }) => ({ name, value: outOf(String, held, most) })),
  ],
});

const outOf = (say: (amount: number) => string, used: number, most: number | null): string =>
  most === null ? say(used) : `${say(used)} of ${say(most)}`;
