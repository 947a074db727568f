import { createAuditLog } from '../../src/adapters/sqlite/audit-log.ts';
import { createHashing } from '../../src/adapters/system/hashing.ts';

/**
 * Appends until it is killed, or as often as it is told to, and prints what was acknowledged:
 * `STATE CONFIG NAME [COUNT]`. A failure is printed with its code, and ends it. Seals now and then.
 */
const [, , state = '', config = '', name = '', count = 'Infinity'] = process.argv;
const SEAL_EVERY = 37;

const clock = { now: () => new Date(), monotonicMs: () => performance.now() };
const log = createAuditLog({
  places: { state, config },
  clock,
  hashing: createHashing(),
  user: name,
});
for (let number = 1; number <= Number(count); number++) {
  const appended = log.append({
    session: name,
    action: 'test.append',
    mode: 'execute',
    details: { number, text: 'x'.repeat(200) },
    risk_level: 'none',
  });
  if (!appended.ok) {
    process.stdout.write(`failed ${appended.error.code}\n`);
    break;
  }
  process.stdout.write(`${appended.value.sequence} ${appended.value.hash}\n`);
  if (number % SEAL_EVERY === 0) log.seal();
}
log.close();
