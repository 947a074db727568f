import { readJsonAt } from '../edit/tolerant-json.ts';
import { ok } from '../result.ts';
import type { Json, JsonObject, Result } from '../types.ts';
import { checkSchema } from './check-schema.ts';
import { failModel } from './trouble.ts';

/**
 * The value of an answer that was to fit a schema. Servers do not always hold a model to it, so the
 * value may stand in a fence or among words, and is checked in any case.
 */
export function readValue(text: string, schema: JsonObject, isBrokenOff: boolean): Result<Json> {
  const found = find(text);
  if (found === 'none' || found === 'cut') {
    if (isBrokenOff || found === 'cut') return failModel('cut-json', CUT, { hint: CUT_HINT });
    return failModel('no-json', 'The model did not answer in the form that it was asked for.', {
      hint: 'Ask again, or use a model that keeps to a form: models lists them.',
      data: { begins: text.slice(0, SHOWN) },
    });
  }
  const problems = checkSchema(found.value, schema);
  if (problems.length === 0) return ok(found.value);
  return failModel('schema', `The answer has another form than it was asked for: ${problems[0]}.`, {
    hint: 'Ask again, or use a model that keeps to a form: models lists them.',
    data: { problems },
  });
}

const SHOWN = 200;
const CUT = 'The answer breaks off in the middle of its JSON.';
const CUT_HINT = 'Give the answer more room: a shorter request, or a larger window.';

type Found = { readonly value: Json } | 'none' | 'cut';

function find(text: string): Found {
  try {
    return { value: JSON.parse(text) };
  } catch {
    const start = text.search(/[{[]/);
    if (start === -1) return 'none';
    const read = readJsonAt(text, start);
    return read.kind === 'value' ? { value: read.value as Json } : read.kind;
  }
}
