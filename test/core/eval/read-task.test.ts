import { describe, expect, it } from 'vitest';
import { readTask } from '../../../src/core/eval/read-task.ts';

const GOOD = {
  language: 'go',
  request: '  Make it\n  shorter.  ',
  check: ['go', 'test', './...'],
};
const why = (document: unknown, id = 'a-task'): string => {
  const task = readTask(id, '/tasks/a-task', document);
  return task.ok ? 'right' : task.error.message;
};

describe('a task', () => {
  it('says only what it has to, and the rest is as usual', () => {
    expect(readTask('a-task', '/tasks/a-task', GOOD)).toEqual({
      ok: true,
      value: {
        id: 'a-task',
        folder: '/tasks/a-task',
        language: 'go',
        command: 'plan',
        request: 'Make it shorter.',
        check: ['go', 'test', './...'],
        limits: {},
        keep: [],
        needs: [],
      },
    });
    const more = { command: 'fix', keep: ['a/b_test.go'], needs: ['go'], limits: { seconds: 5 } };
    expect(why({ ...GOOD, ...more })).toBe('right');
  });

  it.each([
    ['no fields', 'text'],
    ['no fields', null],
    ['there is no field chekc', { ...GOOD, chekc: [] }],
    ['command is one of plan', { ...GOOD, command: 'ask' }],
    ['language is a short word', { ...GOOD, language: 'a language' }],
    ['request is missing', { ...GOOD, request: ' ' }],
    ['request is missing', { ...GOOD, request: '--with rules' }],
    ['check is a list', { ...GOOD, check: 'go test' }],
    ['check is a list', { ...GOOD, check: [] }],
    ['keep is a list', { ...GOOD, keep: ['../other'] }],
    ['keep is a list', { ...GOOD, keep: ['/etc/passwd'] }],
    ['needs is a list', { ...GOOD, needs: ['/usr/bin/go'] }],
    ['limits are whole numbers', { ...GOOD, limits: { seconds: 0 } }],
    ['limits are whole numbers', { ...GOOD, limits: { hours: 1 } }],
  ])('is refused where %s', (wanted, document) => {
    expect(why(document)).toContain(wanted);
  });

  it('has a name that fits into a row', () => {
    expect(why(GOOD, 'A')).toContain('needs a name');
    expect(why(GOOD, 'a'.repeat(23))).toContain('needs a name');
  });
});
