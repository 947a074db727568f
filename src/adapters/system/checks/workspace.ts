import { accessSync, constants, statSync } from 'node:fs';
import { bad, fine, type Probe, warn } from '../probe.ts';

export const workspaceProbe = (workspace: string, warnings: readonly string[]): Probe => ({
  check: 'workspace',
  async run() {
    const stats = statSync(workspace, { throwIfNoEntry: false });
    if (!stats?.isDirectory()) {
      return bad(`${workspace} is not a folder.`, 'Start in a folder that is there.');
    }
    if (warnings.length > 0) return warn(warnings.join(' '), 'Use --cwd DIR.');
    try {
      accessSync(workspace, constants.W_OK);
    } catch {
      return warn(`${workspace} cannot be written.`, 'Plans can be made, but not executed here.');
    }
    return fine(`${workspace}.`);
  },
});
