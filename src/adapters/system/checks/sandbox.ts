import { readFileSync } from 'node:fs';
import type { CageReader } from '../../../ports.ts';
import { fine, type Probe, warn } from '../probe.ts';

/** Which rung of the sandbox ladder holds here, as it was tried. */
export const sandboxProbe = (cages: Pick<CageReader, 'report'>, platform: string): Probe => ({
  check: 'sandbox',
  async run(signal) {
    const { rung, holds, why } = await cages.report(signal);
    const detail = `${rung}: ${holds}${why ? ` (${why})` : ''}.`;
    if (rung === 'L3' || rung === 'L2') return fine(detail);
    return warn(detail, platform === 'darwin' ? 'Check that sandbox-exec runs.' : remedyFor(why));
  },
});

/** Switches of the kernel that take user namespaces away, and what turns them back. */
const SWITCHES = [
  { file: 'kernel/unprivileged_userns_clone', closed: '0', open: '1' },
  { file: 'user/max_user_namespaces', closed: '0', open: '10000' },
  { file: 'kernel/apparmor_restrict_unprivileged_userns', closed: '1', open: '0' },
];

function remedyFor(why: string): string {
  if (why.includes('bwrap is not installed')) {
    return 'Install bubblewrap, for example: sudo apt install bubblewrap';
  }
  const closed = SWITCHES.find(({ file, closed }) => readSwitch(file) === closed);
  return closed
    ? `Let the kernel make user namespaces: sudo sysctl ${closed.file.replace('/', '.')}=${closed.open}`
    : 'In a container, allow user namespaces when you start it; then run doctor again.';
}

function readSwitch(file: string): string | null {
  try {
    return readFileSync(`/proc/sys/${file}`, 'utf8').trim();
  } catch {
    return null;
  }
}
