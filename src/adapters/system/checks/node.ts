import { bad, fine, type Probe } from '../probe.ts';
import { isAtLeast } from '../versions.ts';

const OLDEST = '20.11.0';

export const nodeProbe = (version: string): Probe => ({
  check: 'node',
  async run() {
    if (isAtLeast(version, OLDEST)) return fine(`Node ${version}.`);
    return bad(`Node ${version} is too old.`, `Install Node ${OLDEST} or newer.`);
  },
});
