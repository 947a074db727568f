import { describe, expect, it } from 'vitest';
import { compileWords } from '../../../../src/core/policy/rules/code-words.ts';

const found = (word: string, code: string) => compileWords([word])(code);

describe('a word of code', () => {
  it('is found however blanks and letter case stand', () => {
    expect(found('os.system', 'import os; os . System("id")')).toBe(true);
    expect(found('DROP TABLE', 'drop\n  table users')).toBe(true);
  });

  it('is found only where a word begins', () => {
    expect(found('eval(', 'ast.literal_eval("1")')).toBe(false);
    expect(found('rm(', 'confirm("sure?")')).toBe(false);
    expect(found('rm(', 'fs.rm("x")')).toBe(true);
  });

  it('ends where it says so with a blank', () => {
    expect(found('COPY ', 'select * from copyright')).toBe(false);
    expect(found('COPY ', "copy t from program 'id'")).toBe(true);
  });

  it('begins a statement where it says so', () => {
    expect(found('^.log', 'select u.login from users u')).toBe(false);
    expect(found('^.log', 'select 1;\n.log /tmp/x')).toBe(true);
  });

  it('is called where it says so', () => {
    expect(found('system()', 'print if /system|exec/')).toBe(false);
    for (const call of ['system("id")', "system 'id'", 'system $x', 'system qw(id -u)']) {
      expect(found('system()', call), call).toBe(true);
    }
  });

  it('may hold what means something in a search', () => {
    expect(found('"|', 'open("|id")')).toBe(true);
    expect(found('$(shell', 'x := $(shell id)')).toBe(true);
  });
});
