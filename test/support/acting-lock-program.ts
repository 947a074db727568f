import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, unlinkSync, writeFileSync, writeSync } from 'node:fs';
import { createActingLock } from '../../src/adapters/system/acting-lock.ts';

/**
 * Takes the lock of a state folder over and over: `STATE UNTIL-MS HOW`. While it has the lock it
 * has a file to itself, and prints `clash` when somebody else has that too. `leave`: every second
 * time it leaves the lock as a process does that dies with it.
 */
const [, , state = '', until = '', how = ''] = process.argv;
const lock = createActingLock({
  places: { state },
  pid: process.pid,
  prepareState: () => ({ ok: true, value: undefined }),
});
const alone = `${state}.alone`;
let line = '';
while (Date.now() < Number(until)) {
  const taken = lock.take();
  if (!taken.ok) {
    if (taken.error.code !== 'busy') line += `${taken.error.code} ${taken.error.message}\n`;
    flush();
    continue;
  }
  // What the last one left behind says that it died with the lock, and only then may it lie there.
  const left = contentOf(alone);
  if (left !== '' && !taken.value.wasLeft) line += `clash with ${left}\n`;
  writeFileSync(alone, String(process.pid));
  for (let wait = 0; wait < 20_000; wait++);
  if (contentOf(alone) !== String(process.pid)) line += 'clash\n';
  line += taken.value.wasLeft ? 'took over\n' : 'took\n';
  flush();
  if (how === 'leave' && Math.random() < 0.5) {
    leave();
    continue;
  }
  unlinkSync(alone);
  taken.value.release();
}
flush();

/** As if this process had died with the lock, and another one came. */
function leave(): void {
  const mark = { pid: process.pid, born: 'another-run-of-the-machine:1', id: randomUUID() };
  writeFileSync(`${alone}.${process.pid}`, JSON.stringify(mark));
  renameSync(`${alone}.${process.pid}`, `${state}/acting.lock`);
}

function flush(): void {
  writeSync(1, line);
  line = '';
}

function contentOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
