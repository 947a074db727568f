import { statSync } from 'node:fs';
import type { Clock } from '../../../ports.ts';
import { fine, type Probe, warn } from '../probe.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** TinyCode is not older than this. */
const EARLIEST = Date.UTC(2025, 0, 1);
const LATEST = Date.UTC(2100, 0, 1);

/** Records carry times for people to read; a clock that is wrong misleads them. */
export const clockProbe = (clock: Clock, files: readonly string[]): Probe => ({
  check: 'clock',
  async run() {
    const now = clock.now();
    const time = now.getTime();
    const shown = `${now.toISOString().slice(0, 16)} UTC`;
    if (time < EARLIEST || time > LATEST) return warn(`It says ${shown}.`, SET_CLOCK);
    const ahead = files.find((file) => changedAt(file) > time + DAY_MS);
    if (ahead) return warn(`It says ${shown}, but ${ahead} was written later.`, SET_CLOCK);
    return fine(`${shown}.`);
  },
});

const SET_CLOCK = 'Set the clock of this machine: what is recorded now carries a wrong time.';

const changedAt = (file: string): number => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
