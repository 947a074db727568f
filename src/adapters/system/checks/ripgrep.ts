import { fine, type Probe, warn } from '../probe.ts';
import type { RunProgram } from '../run-program.ts';

export const ripgrepProbe = (run: RunProgram): Probe => ({
  check: 'ripgrep',
  async run(signal) {
    const rg = await run('rg', ['--version'], signal);
    const version = rg.kind === 'ended' ? /\d+(\.\d+)+/.exec(rg.out)?.[0] : undefined;
    if (version) return fine(`ripgrep ${version}.`);
    return warn(
      'rg is not installed; searching in files is slower without it.',
      'Install ripgrep, for example: sudo apt install ripgrep',
    );
  },
});
