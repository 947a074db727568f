import { ok } from '../../core/result.ts';
import { defineCommand } from '../command.ts';

export const versionCommand = defineCommand({
  name: 'version',
  family: 'help',
  summary: 'Prints the version',
  examples: ['version'],
  kind: 'look',
  args: {},
  async run(_args, { show, version }) {
    show({ kind: 'text', text: `tinycode ${version}` });
    return ok({ kind: 'looked', data: { version } });
  },
});
