import { fine, type Probe, warn } from '../probe.ts';
import type { RunProgram } from '../run-program.ts';
import { isAtLeast } from '../versions.ts';

/** Since then an environment variable can pin a repository's configuration. */
const OLDEST = '2.31';

export const gitProbe = (run: RunProgram): Probe => ({
  check: 'git',
  async run(signal) {
    const git = await run('git', ['--version'], signal);
    if (git.kind === 'absent') {
      return warn('git is not installed. Everything but its commands works.', 'Install git.');
    }
    const version = /\d+(\.\d+)+/.exec(git.out)?.[0];
    if (git.exitCode !== 0 || !version) {
      return warn(`git does not run: ${git.err.trim().slice(0, 200)}`, 'Install git again.');
    }
    if (isAtLeast(version, OLDEST)) return fine(`git ${version}.`);
    return warn(`git ${version} is too old.`, `Install git ${OLDEST} or newer.`);
  },
});
