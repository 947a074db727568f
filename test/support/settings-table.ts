import { optionName } from '../../src/core/commands/usage.ts';
import { ALL_SETTINGS, type SettingSpec } from '../../src/core/config/settings.ts';

/** The table of settings as docs/configuration.md shows it. */
export function settingsTable(): string {
  const rows = [
    ['Key', 'Values', 'Default', 'Variable', 'Flag', 'An untrusted workspace', 'What it is'],
    Array.from({ length: 7 }, () => '---'),
    ...ALL_SETTINGS.map(rowOf),
  ];
  return rows.map((row) => `| ${row.join(' | ')} |`).join('\n');
}

const rowOf = (spec: SettingSpec): readonly string[] => [
  code(spec.key),
  valuesOf(spec),
  code(spec.default === '' ? '""' : String(spec.default)),
  [spec.env, ...(spec.conventions ?? []).map(({ env }) => env)].map(code).join(', '),
  flagOf(spec),
  spec.tightening ? `may move it towards ${code(spec.tightening.at(-1) ?? '')}` : 'waits',
  spec.summary,
];

function valuesOf(spec: SettingSpec): string {
  switch (spec.type) {
    case 'choice':
      return spec.choices.map(code).join(', ');
    case 'boolean':
      return '`true`, `false`';
    case 'text':
      return 'text';
    default:
      return spec satisfies never;
  }
}

function flagOf({ flag }: SettingSpec): string {
  if (!flag) return '';
  const name = code(optionName(flag.option));
  return flag.means === undefined ? name : `${name} (${code(String(flag.means))})`;
}

const code = (text: string): string => `\`${text}\``;
