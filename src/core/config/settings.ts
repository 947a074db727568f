import { fail, ok } from '../result.ts';
import { nearest } from '../text/nearest.ts';
import { type Json, LEVELS, MODES, type Result } from '../types.ts';

/**
 * Every setting there is. Validation, the JSON Schema, the environment, the flags, the merging and
 * the documentation are all read off this table.
 */
const SETTINGS = [
  {
    key: 'mode',
    summary: 'What a session may do when it starts: only talk, propose plans, or execute them.',
    type: 'choice',
    choices: MODES,
    default: 'chat',
    env: 'TINYCODE_MODE',
    flag: { option: 'mode' },
    tightening: ['execute', 'propose', 'chat'],
  },
  {
    key: 'level',
    summary: 'How strictly commands and files are judged.',
    type: 'choice',
    choices: LEVELS,
    default: 'standard',
    env: 'TINYCODE_LEVEL',
    flag: { option: 'level' },
    tightening: LEVELS,
  },
  {
    key: 'ollama.host',
    summary: 'Where Ollama answers, in any form that OLLAMA_HOST may have.',
    type: 'text',
    pattern: '^[^\\s@?#]+$',
    default: '127.0.0.1:11434',
    env: 'OLLAMA_HOST',
  },
  {
    key: 'ollama.keepAnswers',
    summary: 'Keep answers in which chance has no part, so that a model is asked only once.',
    type: 'boolean',
    default: true,
    env: 'TINYCODE_KEEP_ANSWERS',
  },
  {
    key: 'model',
    summary: 'The model to talk to; empty takes the first one that is installed.',
    type: 'text',
    pattern: '^\\S*$',
    default: '',
    env: 'TINYCODE_MODEL',
  },
  {
    key: 'editor',
    summary: 'The command that opens a text for editing.',
    type: 'text',
    pattern: '\\S',
    default: 'vi',
    env: 'TINYCODE_EDITOR',
    conventions: [{ env: 'VISUAL' }, { env: 'EDITOR' }],
  },
  {
    key: 'ui.color',
    summary: 'Colours: auto uses them where the terminal shows them.',
    type: 'choice',
    choices: ['auto', 'always', 'never'],
    default: 'auto',
    env: 'TINYCODE_COLOR',
    flag: { option: 'noColor', means: 'never' },
    conventions: [{ env: 'NO_COLOR', means: 'never' }],
  },
  {
    key: 'ui.screenReader',
    summary: 'Print line by line, with words for symbols and without moving the cursor.',
    type: 'boolean',
    default: false,
    env: 'TINYCODE_SCREEN_READER',
    flag: { option: 'plain' },
  },
  {
    key: 'ui.ascii',
    summary: 'Draw with ASCII characters alone.',
    type: 'boolean',
    default: false,
    env: 'TINYCODE_ASCII',
  },
] as const satisfies readonly SettingSpec[];

export type SettingKey = (typeof SETTINGS)[number]['key'];

export type SettingSpec = {
  readonly key: string;
  readonly summary: string;
  readonly default: Json;
  /** Wins over the files. */
  readonly env: string;
  /** A global option of the command line. Wins over everything. */
  readonly flag?: { readonly option: string; readonly means?: Json };
  /** Variables that all programs share. They stand below the files, as their customs ask. */
  readonly conventions?: readonly { readonly env: string; readonly means?: Json }[];
  /**
   * The values from the loosest to the tightest. A workspace that nobody trusts yet may move a
   * setting towards the end; one that has no such order it may not move at all.
   */
  readonly tightening?: readonly string[];
} & SettingType;

type SettingType =
  | { readonly type: 'choice'; readonly choices: readonly string[] }
  | { readonly type: 'text'; readonly pattern: string }
  | { readonly type: 'boolean' };

/** The table under its general type, for code that treats all settings alike. */
export const ALL_SETTINGS: readonly SettingSpec[] = SETTINGS;

export function findSetting(key: string): Result<SettingSpec> {
  const spec = ALL_SETTINGS.find((candidate) => candidate.key === key);
  if (spec) return ok(spec);
  return fail('not-found', `There is no setting ${JSON.stringify(key.slice(0, 100))}.`, {
    hint: hintFor(key),
  });
}

function hintFor(key: string): string {
  const keys = ALL_SETTINGS.map((spec) => spec.key);
  const meant = nearest(key, keys);
  return meant ? `Did you mean ${meant}?` : `Settings are ${keys.join(', ')}.`;
}
