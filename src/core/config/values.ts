import { fail, ok } from '../result.ts';
import type { Json, Result } from '../types.ts';
import type { SettingSpec } from './settings.ts';

/** Whether a value from a file is one that the setting can have. */
export function checkValue(spec: SettingSpec, value: Json): Result<Json> {
  switch (spec.type) {
    case 'choice':
      if (typeof value === 'string' && spec.choices.includes(value)) return ok(value);
      break;
    case 'boolean':
      if (typeof value === 'boolean') return ok(value);
      break;
    case 'text':
      if (typeof value === 'string' && isPlainText(value) && new RegExp(spec.pattern).test(value)) {
        return ok(value);
      }
      break;
    default:
      spec satisfies never;
  }
  return fail('invalid', `${spec.key} cannot be ${display(value)}.`, { hint: expectationOf(spec) });
}

/** The value that a word of a command line or of the environment stands for. */
export function parseValue(spec: SettingSpec, text: string): Result<Json> {
  if (spec.type !== 'boolean') return checkValue(spec, text);
  const word = text.toLowerCase();
  if (TRUE_WORDS.includes(word)) return ok(true);
  if (FALSE_WORDS.includes(word)) return ok(false);
  return checkValue(spec, text);
}

export const MAX_TEXT_LENGTH = 1000;

const TRUE_WORDS = ['true', '1', 'yes', 'on'];
const FALSE_WORDS = ['false', '0', 'no', 'off'];

const isPlainText = (text: string): boolean =>
  text.length <= MAX_TEXT_LENGTH && !/\p{Cc}/u.test(text);

function expectationOf(spec: SettingSpec): string {
  switch (spec.type) {
    case 'choice':
      return `It is one of ${spec.choices.join(', ')}.`;
    case 'boolean':
      return 'It is true or false.';
    case 'text':
      return `It is a text of one line that matches ${spec.pattern} and has at most ${MAX_TEXT_LENGTH} characters.`;
    default:
      return spec satisfies never;
  }
}

const display = (value: Json): string => {
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
};
