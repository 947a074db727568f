import { describe, expect, it } from 'vitest';
import { log } from '../../../src/commands/files/log.ts';
import { read } from '../../../src/commands/files/read.ts';
import { search } from '../../../src/commands/files/search.ts';
import { symbols } from '../../../src/commands/files/symbols.ts';
import { readValues } from '../../../src/core/tools/read-values.ts';
import type { ArgValues, CommandCard, JsonObject } from '../../../src/core/types.ts';

describe('the values of a call', () => {
  it.each<[string, CommandCard, JsonObject, ArgValues]>([
    ['as they are named', read, { path: 'a.ts', from: 3 }, { path: 'a.ts', from: 3 }],
    ['by usual other names', read, { file_path: 'a.ts' }, { path: 'a.ts' }],
    ['in other letters', read, { FileName: 'a.ts' }, { path: 'a.ts' }],
    [
      'with numbers as text',
      read,
      { path: 'a.ts', start_line: '3', endLine: '9.0' },
      { path: 'a.ts', from: 3, to: 9 },
    ],
    [
      'without unknown members',
      read,
      { path: 'a.ts', reason: 'why not', bytes_to_read: 1 },
      { path: 'a.ts' },
    ],
    ['without what is empty', read, { path: 'a.ts', from: null, to: '' }, { path: 'a.ts' }],
    ['with one of a list', read, { path: ['a.ts'] }, { path: 'a.ts' }],
    ['as words', search, { query: 'round it' }, { text: ['round it'] }],
    ['as several words', search, { text: ['round', 'it'] }, { text: ['round', 'it'] }],
    [
      'a path beside a text',
      search,
      { pattern: 'x', path: 'src', regex: 'true' },
      { text: ['x'], in: 'src', regex: true },
    ],
    ['a switch as a number', search, { text: 'x', is_regex: 1 }, { text: ['x'], regex: true }],
    ['a number where a text is wanted', search, { text: 404 }, { text: ['404'] }],
    ['a name', symbols, { symbol: 'Cart' }, { of: 'Cart' }],
    ['a limit', log, { limit: '5' }, { last: 5 }],
    ['none at all', log, {}, {}],
  ])('are read %s', (_, card, given, values) => {
    expect(readValues(card, given)).toEqual({ ok: true, value: values });
  });

  it.each<[string, CommandCard, JsonObject]>([
    ['an object for a path', read, { path: { a: 1 } }],
    ['two paths for one', read, { path: ['a.ts', 'b.ts'] }],
    ['half a line', read, { path: 'a.ts', from: 1.5 }],
    ['a word for a number', read, { path: 'a.ts', from: 'top' }],
    ['a list within a list', search, { text: [['x']] }],
    ['a word for a switch', search, { text: 'x', regex: 'maybe' }],
  ])('are not guessed from %s', (_, card, given) => {
    expect(readValues(card, given)).toMatchObject({ ok: false, error: { code: 'usage' } });
  });
});
