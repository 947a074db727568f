import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../../src/commands/index.ts';
import { findWanted } from '../../../src/core/commands/complete.ts';

const textsOf = (line: string) => findWanted(COMMANDS, line).words.map(({ text }) => text);

describe('completing a command line', () => {
  it('offers the commands that begin so, of two words too', () => {
    expect(textsOf('aud')).toContain('audit verify');
    expect(textsOf('audit v')).toEqual(['audit verify']);
    expect(findWanted(COMMANDS, 'audit v').from).toBe(0);
  });

  it('offers everything on an empty line', () => {
    expect(textsOf('')).toHaveLength(COMMANDS.length);
  });

  it('offers the choices of an argument', () => {
    expect(textsOf('mode ')).toEqual(['chat', 'propose', 'execute']);
    expect(findWanted(COMMANDS, 'mode p')).toMatchObject({ from: 5, words: [{ text: 'propose' }] });
  });

  it('offers options once a dash is typed', () => {
    expect(textsOf('audit show --l')).toContain('--last');
  });

  it('says which kind of thing an argument is', () => {
    expect(findWanted(COMMANDS, 'sessions delete 3f').thing).toBe('session');
    expect(findWanted(COMMANDS, 'config set ').thing).toBe('setting');
    expect(findWanted(COMMANDS, 'help au').thing).toBe('command');
  });

  it('offers nothing for what it does not know', () => {
    expect(findWanted(COMMANDS, 'frobnicate x')).toMatchObject({ words: [], thing: null });
  });
});
