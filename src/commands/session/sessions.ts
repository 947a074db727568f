import { ok } from '../../core/result.ts';
import type { SessionCard } from '../../ports.ts';
import { defineCommand } from '../command.ts';

export const sessions = defineCommand({
  name: 'sessions',
  aliases: ['sessions list'],
  family: 'session',
  summary: 'Lists the sessions of this workspace, newest first',
  examples: ['sessions', 'sessions --last 5'],
  kind: 'look',
  args: {
    last: { kind: 'option', type: 'integer', min: 1, valueName: 'N', summary: 'Only the newest N' },
  },
  async run({ last }, { readers, session, show }) {
    const listed = readers.sessions.list();
    if (!listed.ok) return listed;
    const cards = listed.value.slice(0, last);
    if (cards.length === 0) {
      show({ kind: 'text', text: 'No session is kept for this workspace yet.' });
    } else {
      show({ kind: 'table', columns: COLUMNS, rows: cards.map((card) => rowOf(card, session)) });
      show({ kind: 'text', text: 'tinycode --resume ID goes on with one.', tone: 'dim' });
    }
    return ok({ kind: 'looked', data: cards.map((card) => ({ ...card })) });
  },
});

const COLUMNS = ['id', 'last used', 'mode', 'level', 'events', 'title'];

function rowOf(card: SessionCard, current: string): readonly string[] {
  const state = card.id === current ? 'this one' : card.isHeld ? 'open elsewhere' : '';
  const title = [card.title, state && `(${state})`].filter(Boolean).join(' ');
  const used = card.updatedAt.slice(0, 16).replace('T', ' ');
  return [card.id, used, card.mode, card.level, String(card.events), title];
}
