import { isLoosening } from '../../core/config/merge.ts';
import { findSetting, type SettingSpec } from '../../core/config/settings.ts';
import { parseValue } from '../../core/config/values.ts';
import { ok } from '../../core/result.ts';
import type { ConfigScope, Json } from '../../core/types.ts';
import type { Readers, Setting } from '../../ports.ts';
import { defineCommand } from '../command.ts';
import { displayValue } from './display-value.ts';
import { KEY, SCOPE } from './setting-args.ts';

export const configSet = defineCommand({
  name: 'config set',
  family: 'config',
  summary: 'Sets a value in a config file and keeps its comments',
  examples: [
    'config set level strict',
    'config set editor "code --wait"',
    'config set level paranoid --scope workspace',
  ],
  kind: 'steer',
  risk: 'low',
  args: {
    key: KEY,
    value: {
      kind: 'positional',
      type: 'text',
      isRequired: true,
      valueName: 'VALUE',
      summary: 'The value',
    },
    scope: SCOPE,
  },
  async run({ key, value: text, scope = 'user' }, { readers }) {
    const spec = findSetting(key);
    if (!spec.ok) return spec;
    const value = parseValue(spec.value, text);
    if (!value.ok) return value;
    const notes = notesOn(spec.value, scope, value.value, currentOf(readers, key));
    const said = `${key} is ${displayValue(value.value)} in the ${scope} file, from the next start on.`;
    return ok({
      kind: 'steered',
      changes: [{ kind: 'config.set', scope, key, value: value.value }],
      done: { kind: 'text', text: [said, ...notes].join(' ') },
      data: { scope, key, value: value.value },
    });
  },
});

/** Undefined where the files cannot be read: then the change itself says so, and changes nothing. */
function currentOf(readers: Readers, key: string): Setting | undefined {
  const loaded = readers.config.load();
  return loaded.ok ? loaded.value.all.find((setting) => setting.key === key) : undefined;
}

function notesOn(
  spec: SettingSpec,
  scope: ConfigScope,
  value: Json,
  current: Setting | undefined,
): readonly string[] {
  const notes: string[] = [];
  if (scope === 'workspace' && isLoosening(spec, current?.value ?? spec.default, value)) {
    notes.push('A workspace may loosen only what you trust: trust lists what waits.');
  }
  if (scope === 'user' && current?.source === 'workspace') {
    notes.push(`The workspace says ${displayValue(current.value)}, and that wins here.`);
  }
  if (current?.source === 'environment' || current?.source === 'flag') {
    notes.push(
      `${current.from} says ${displayValue(current.value)}, and that wins while it is set.`,
    );
  }
  return notes;
}
