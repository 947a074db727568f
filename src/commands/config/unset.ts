import { findSetting } from '../../core/config/settings.ts';
import { ok } from '../../core/result.ts';
import { defineCommand } from '../command.ts';
import { KEY, SCOPE } from './setting-args.ts';

export const configUnset = defineCommand({
  name: 'config unset',
  family: 'config',
  summary: 'Removes a value from a config file and keeps its comments',
  examples: ['config unset level', 'config unset level --scope workspace'],
  kind: 'steer',
  risk: 'low',
  args: { key: KEY, scope: SCOPE },
  async run({ key, scope = 'user' }) {
    const spec = findSetting(key);
    if (!spec.ok) return spec;
    return ok({
      kind: 'steered',
      changes: [{ kind: 'config.unset', scope, key }],
      done: {
        kind: 'text',
        text: `The ${scope} file no longer sets ${key}, from the next start on.`,
      },
      data: { scope, key },
    });
  },
});
