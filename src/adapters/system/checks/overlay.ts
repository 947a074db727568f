import { fine, type Probe, warn } from '../probe.ts';
import type { RunProgram } from '../run-program.ts';

/** Whether a command can be tried on a copy-on-write view. Leaves nothing on the disk. */
export const overlayProbe = (run: RunProgram): Probe => ({
  check: 'overlay',
  async run(signal) {
    const tried = await run('unshare', ['-rm', 'sh', '-ec', SCRIPT], signal);
    if (tried.kind === 'ended' && tried.exitCode === 0) {
      return fine('Copy-on-write views work: commands can be rehearsed.');
    }
    const why = tried.kind === 'absent' ? 'unshare is not installed' : firstLine(tried.err);
    return warn(
      `Copy-on-write views do not work (${why}): commands cannot be rehearsed.`,
      'A kernel from 5.11 on that allows user namespaces has them.',
    );
  },
});

/** All in a mount namespace that ends with the process: lower, upper, work and merged folder. */
const SCRIPT = `
mount -t tmpfs probe /tmp
mkdir /tmp/l /tmp/u /tmp/w /tmp/m
echo below > /tmp/l/file
mount -t overlay probe -o userxattr,lowerdir=/tmp/l,upperdir=/tmp/u,workdir=/tmp/w /tmp/m
echo above > /tmp/m/file
[ "$(cat /tmp/l/file)" = below ]
[ "$(cat /tmp/u/file)" = above ]
`;

const firstLine = (text: string): string => text.trim().split('\n')[0]?.slice(0, 160) ?? '';
