import { ok } from '../../core/result.ts';
import { defineCommand } from '../command.ts';

export const configSchema = defineCommand({
  name: 'config schema',
  family: 'config',
  summary: 'Prints the JSON Schema of a config file, for editors',
  examples: ['config schema'],
  kind: 'look',
  args: {},
  async run(_args, { readers, show }) {
    const schema = readers.config.schema();
    show({ kind: 'code', text: JSON.stringify(schema, null, 2), language: 'json' });
    return ok({ kind: 'looked', data: schema });
  },
});
