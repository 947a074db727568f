import { fail, ok } from '../core/result.ts';
import { type Door, LEVELS, type Level, type Result } from '../core/types.ts';
import type { Settings } from '../ports.ts';
import type { Deps } from '../runtime/deps.ts';
import type { SessionOptions } from '../runtime/session.ts';
import type { Start } from './beginning.ts';

export type Chosen = Pick<SessionOptions, 'opening' | 'resumed'>;

/** A new session, or the one that --continue or --resume names, as it was left. */
export function chooseSession(
  { line, places }: Start,
  { readers }: Deps,
  settings: Settings,
  door: Door,
  newId: () => string,
): Result<Chosen> {
  const { continue: isContinued, resume, mode, level } = line.globals;
  const { workspace } = places;
  if (!isContinued && resume === undefined) {
    const id = newId().slice(0, ID_LENGTH);
    return ok({
      opening: { session: id, workspace, door, mode: settings.mode, level: settings.level },
      resumed: null,
    });
  }
  const card = resume === undefined ? newest() : readers.sessions.find(String(resume));
  if (!card.ok) return card;
  if (card.value.isHeld) {
    return fail('busy', `Session ${card.value.id} is open in another TinyCode.`, {
      hint: 'Leave it there, or start without --resume for a new one.',
    });
  }
  const events = readers.sessions.events(card.value.id);
  if (!events.ok) return events;
  const opening = {
    session: card.value.id,
    workspace,
    door,
    mode: mode === undefined ? card.value.mode : settings.mode,
    level: level === undefined ? stricter(card.value.level, settings.level) : settings.level,
  };
  return ok({ opening, resumed: events.value });

  function newest() {
    const all = readers.sessions.list();
    if (!all.ok) return all;
    const [first] = all.value.filter(({ isHeld }) => !isHeld);
    if (first) return ok(first);
    return all.value.length > 0
      ? fail('busy', 'Every session of this workspace is open in another TinyCode.', {
          hint: 'Start without --continue for a new one.',
        })
      : fail('not-found', 'No session is kept for this workspace yet.', {
          hint: 'Start without --continue for a new one.',
        });
  }
}

/** Short enough to type, long enough not to meet twice in one workspace. */
const ID_LENGTH = 8;

const stricter = (a: Level, b: Level): Level =>
  LEVELS[Math.max(LEVELS.indexOf(a), LEVELS.indexOf(b))] as Level;
