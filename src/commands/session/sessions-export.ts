import { ok } from '../../core/result.ts';
import type { Block, Event, Json } from '../../core/types.ts';
import { defineCommand } from '../command.ts';
import { ID_ARG } from './id-arg.ts';

export const sessionsExport = defineCommand({
  name: 'sessions export',
  family: 'session',
  summary: 'Prints a session: what was entered and what was shown',
  examples: ['sessions export 3f2a', 'sessions export 3f2a --json'],
  kind: 'look',
  args: { id: ID_ARG },
  async run({ id }, { readers, show }) {
    const found = readers.sessions.find(id);
    if (!found.ok) return found;
    const events = readers.sessions.events(found.value.id);
    if (!events.ok) return events;
    const { id: full, title, createdAt } = found.value;
    show({
      kind: 'heading',
      text: [`Session ${full}`, createdAt, title].filter(Boolean).join('  '),
    });
    for (const event of events.value) showEvent(event, show);
    // Events are plain data; the store gave them as JSON.
    const data = { ...found.value, events: events.value } as unknown as Json;
    return ok({ kind: 'looked', data });
  },
});

function showEvent(event: Event, show: (block: Block) => void) {
  if (event.kind === 'line.entered')
    show({ kind: 'text', text: `› ${event.line}`, tone: 'strong' });
  if (event.kind === 'command.showed') show(event.block);
  if (event.kind === 'command.ended' && !event.result.ok) {
    show({ kind: 'failure', failure: event.result.error });
  }
}
