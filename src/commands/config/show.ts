import { ALL_SETTINGS, findSetting } from '../../core/config/settings.ts';
import { ok } from '../../core/result.ts';
import type { Json } from '../../core/types.ts';
import type { Setting } from '../../ports.ts';
import { defineCommand } from '../command.ts';
import { displayValue } from './display-value.ts';

export const configShow = defineCommand({
  name: 'config show',
  aliases: ['config'],
  family: 'config',
  summary: 'Shows the settings and where each value comes from',
  examples: ['config show', 'config show level'],
  kind: 'look',
  args: {
    key: {
      kind: 'positional',
      type: 'text',
      completes: 'setting',
      valueName: 'KEY',
      summary: `Only this setting, one of ${ALL_SETTINGS.length}`,
    },
  },
  async run({ key }, { readers, show }) {
    if (key !== undefined) {
      const known = findSetting(key);
      if (!known.ok) return known;
    }
    const loaded = readers.config.load();
    if (!loaded.ok) return loaded;
    const { all, untrusted, warnings = [] } = loaded.value;
    const shown = all.filter((setting) => key === undefined || setting.key === key);
    show({ kind: 'table', columns: COLUMNS, rows: shown.map(rowOf) });
    if (key !== undefined) show({ kind: 'text', text: shown[0]?.summary ?? '', tone: 'dim' });
    for (const text of warnings) show({ kind: 'text', text, tone: 'warn' });
    if (untrusted.length > 0) show({ kind: 'text', text: WAITING, tone: 'warn' });
    return ok({ kind: 'looked', data: shown.map(jsonOf) });
  },
});

const COLUMNS = ['key', 'value', 'source', 'from', 'held back'];
const WAITING = 'Files of this workspace wait for your trust; trust lists them.';

const rowOf = (setting: Setting): readonly string[] => [
  setting.key,
  displayValue(setting.value),
  setting.source,
  setting.from ?? '',
  setting.heldBack === undefined ? '' : displayValue(setting.heldBack),
];

const jsonOf = (setting: Setting): Json => ({ ...setting });
