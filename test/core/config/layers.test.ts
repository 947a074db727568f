import { describe, expect, it } from 'vitest';
import { readConventions, readEnvironment, readFlags } from '../../../src/core/config/layers.ts';
import type { Layer } from '../../../src/core/config/merge.ts';
import type { Result } from '../../../src/core/types.ts';

const entries = (layer: Result<Layer>) => layer.ok && Object.fromEntries(layer.value.values);

describe('readEnvironment', () => {
  it('reads the variables of the table and names them', () => {
    const env = { TINYCODE_LEVEL: 'strict', OLLAMA_HOST: 'box:1', TINYCODE_ASCII: '1', HOME: '/' };
    expect(entries(readEnvironment(env))).toEqual({
      level: { value: 'strict', from: 'TINYCODE_LEVEL' },
      'ollama.host': { value: 'box:1', from: 'OLLAMA_HOST' },
      'ui.ascii': { value: true, from: 'TINYCODE_ASCII' },
    });
  });

  it('takes an empty variable for an absent one', () => {
    expect(entries(readEnvironment({ TINYCODE_LEVEL: '', OLLAMA_HOST: '' }))).toEqual({});
  });

  it('names the variable that holds something impossible', () => {
    const read = readEnvironment({ TINYCODE_MODE: 'yolo' });
    expect(read).toMatchObject({
      ok: false,
      error: { code: 'invalid', hint: 'It is one of chat, propose, execute.' },
    });
    expect(!read.ok && read.error.message).toContain('TINYCODE_MODE');
  });
});

describe('readConventions', () => {
  it('prefers VISUAL to EDITOR, and takes any NO_COLOR for never', () => {
    expect(entries(readConventions({ VISUAL: 'code -w', EDITOR: 'ed', NO_COLOR: 'x' }))).toEqual({
      editor: { value: 'code -w', from: 'VISUAL' },
      'ui.color': { value: 'never', from: 'NO_COLOR' },
    });
  });
});

describe('readFlags', () => {
  it('reads words and switches, and names the option', () => {
    const globals = { mode: 'propose', plain: true, noColor: true, level: undefined, json: true };
    expect(entries(readFlags(globals))).toEqual({
      mode: { value: 'propose', from: '--mode' },
      'ui.color': { value: 'never', from: '--no-color' },
      'ui.screenReader': { value: true, from: '--plain' },
    });
  });

  it('takes a switch that is off for one that was not given', () => {
    expect(entries(readFlags({ plain: false, noColor: false }))).toEqual({});
  });

  it('calls an impossible value wrong usage', () => {
    expect(readFlags({ level: 'lax' })).toMatchObject({ ok: false, error: { code: 'usage' } });
    expect(readFlags({ level: ['a'] })).toMatchObject({ ok: false, error: { code: 'usage' } });
  });
});
