import { createHash } from 'node:crypto';
import { createHabitStore } from '../../src/adapters/files/habit-store.ts';
import { habitOf } from './habit-sample.ts';

/** `FOLDER NAME COUNT`: keeps so many models of its own, and each time one that others keep, too. */
const [, , folder = '', name = '', count = '1'] = process.argv;
const clock = { now: () => new Date() };
const prepareState = () => ({ ok: true, value: undefined }) as const;
const store = createHabitStore({ folder, clock, prepareState });
const digestOf = (text: string) => createHash('sha256').update(text).digest('hex');
for (let at = 0; at < Number(count); at += 1) {
  const own = `${name}${at}`;
  for (const each of [own, 'shared']) {
    const kept = store.keep(habitOf(digestOf(each), { name: each, loadMs: at }));
    if (!kept.ok) throw new Error(kept.error.message);
  }
}
