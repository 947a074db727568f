import { fail } from '../result.ts';
import type { Reader } from './reader.ts';
import { type FormId, hintOf } from './sentences.ts';

/** A sentence that is not understood is said to be; nothing is guessed. */
export const refuse = (message: string, form: FormId, hint?: string) =>
  fail('usage', message, { hint: hint === undefined ? hintOf(form) : `${hint} ${hintOf(form)}` });

export const refuseRest = (reader: Reader, form: FormId) =>
  refuse(`“${reader.rest()}” was not understood in “${reader.clause.text}”.`, form);
