import { ok } from '../../core/result.ts';
import type { Block, Event, Json, Outcome, Result } from '../../core/types.ts';
import type { Readers } from '../../ports.ts';
import { defineCommand } from '../command.ts';
import { LARGE } from '../plan/plan-args.ts';
import { ID_ARG } from './id-arg.ts';

export const sessionsExport = defineCommand({
  name: 'sessions export',
  family: 'session',
  summary: 'Prints a session: what was entered and shown, or what it said with models',
  examples: ['sessions export 3f2a', 'sessions export 3f2a --exchanges --json > talk.json'],
  kind: 'look',
  limits: LARGE,
  args: {
    id: ID_ARG,
    exchanges: {
      kind: 'flag',
      type: 'text',
      summary: 'What went over the wire to models, as a script that can be played',
    },
  },
  async run({ id, exchanges }, { readers, show }) {
    const found = readers.sessions.find(id);
    if (!found.ok) return found;
    if (exchanges) return exportExchanges(found.value.id, readers, show);
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

function exportExchanges(
  session: string,
  { talks }: Readers,
  show: (block: Block) => void,
): Result<Outcome> {
  const kept = talks.list(session);
  if (!kept.ok) return kept;
  const all = kept.value.talks;
  const missing = all.reduce((sum, { leftOut }) => sum + leftOut, 0);
  if (all.length === 0 || missing > 0 || kept.value.givenUp > 0) {
    show({ kind: 'text', text: sayMissing(all.length, missing, kept.value.givenUp), tone: 'warn' });
  }
  // Exchanges are plain data; the store gave them as JSON.
  const script = all.flatMap(({ exchanges }) => exchanges) as unknown as Json;
  show({ kind: 'code', text: JSON.stringify(script, null, 1), language: 'json' });
  return ok({ kind: 'looked', data: script });
}

function sayMissing(talks: number, leftOut: number, givenUp: number): string {
  if (givenUp > 0) return 'Some of it had to go to make room for newer sessions.';
  if (talks === 0) return 'Nothing is kept that this session said with models.';
  return `Without ${leftOut} exchanges that were too much to be kept.`;
}

function showEvent(event: Event, show: (block: Block) => void) {
  if (event.kind === 'line.entered')
    show({ kind: 'text', text: `› ${event.line}`, tone: 'strong' });
  if (event.kind === 'command.showed') show(event.block);
  if (event.kind === 'command.ended' && !event.result.ok) {
    show({ kind: 'failure', failure: event.result.error });
  }
}
