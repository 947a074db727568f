import { describe, expect, it } from 'vitest';
import { findDrivers } from '../../../src/core/run/find-drivers.ts';
import type { GitAnswer } from '../../../src/core/run/list-settings.ts';
import { codeOf } from '../../support/workspace-lab.ts';

const listed = (...settings: readonly (readonly [string, string, string?])[]): GitAnswer => ({
  exitCode: 0,
  stdout: settings
    .map(([scope, key, value]) => `${scope}\0${key}${value === undefined ? '' : `\n${value}`}\0`)
    .join(''),
});

/** Answers each call by the words that stand in it, the first that fit; else it fails. */
function ask(argv: readonly string[], answers: readonly (readonly [string, GitAnswer])[]) {
  const calls: string[] = [];
  const search = findDrivers(argv);
  let next = search.next();
  while (next.done !== true) {
    const text = next.value.argv.join(' ');
    calls.push(text);
    const known = answers.find(([words]) => text.includes(words));
    next = search.next(known?.[1] ?? { exitCode: 128, stdout: '' });
  }
  return { calls, result: next.value };
}

describe('the search for drivers', () => {
  it('finds the programs that the repository names, and not those of the person', () => {
    const answer = listed(
      ['system', 'filter.lfs.clean', 'git-lfs clean'],
      ['global', 'alias.st', 'status'],
      ['local', 'core.bare', 'false'],
      ['local', 'filter.a.clean', 'evil'],
      ['worktree', 'filter.B.smudge'],
      ['local', 'core.fsmonitor', 'evil'],
      ['local', 'submodule.s.update', 'merge'],
      ['local', 'submodule.t.update', '!evil'],
      ['local', 'alias.x.command', '!evil'],
      ['local', 'trailer.x.cmd', 'evil'],
      ['command', 'core.pager', 'cat'],
    );
    const { result, calls } = ask(['ls-files'], [['config', answer]]);
    expect(result).toEqual({
      ok: true,
      value: [
        'filter.a.clean',
        'filter.B.smudge',
        'submodule.t.update',
        'alias.x.command',
        'trailer.x.cmd',
      ],
    });
    expect(calls).toHaveLength(1);
  });

  it('asks nothing more where there is no repository', () => {
    expect(ask(['status'], []).result).toEqual({ ok: true, value: [] });
  });

  it('asks for no repository inside where only what is staged is told', () => {
    const here = '/a/.git\n/a/.git\n/a\n';
    const answers: Parameters<typeof ask>[1] = [
      ['config', listed()],
      ['rev-parse', { exitCode: 0, stdout: here }],
      ['grep', { exitCode: 1, stdout: '' }],
      ['ls-files', { exitCode: 0, stdout: '' }],
    ];
    const count = (...argv: readonly string[]) => ask(argv, answers).calls.length;
    expect(count('diff', '--cached', 'HEAD', '--raw')).toBe(1);
    for (const more of [['--submodule=diff'], ['--subm=log'], ['--recurse-submodules']]) {
      expect(count('diff', '--cached', ...more)).toBe(4);
    }
    // These words look at the files all the same.
    for (const words of [
      ['--', '--cached'],
      ['-S', '--cached'],
      ['HEAD', '--cached'],
    ]) {
      expect(count('diff', ...words)).toBe(4);
    }
  });

  it('asks in the repository that the call is for', () => {
    const { calls } = ask(['-C', 'a', '-c', 'x.y=z', '--git-dir=b', 'ls-files'], []);
    expect(calls[0]).toContain('git -C a --git-dir=b -c core');
    expect(calls[0]).not.toContain('x.y');
  });

  it('refuses what cannot be switched off, where the call would obey it', () => {
    const hook: readonly [string, GitAnswer] = [
      'config',
      listed(['local', 'gc.recentobjectshook', 'evil']),
    ];
    expect(codeOf(ask(['gc'], [hook]).result)).toBe('denied');
    expect(codeOf(ask(['status'], [hook]).result)).toBe('ok');
    const branch: readonly [string, GitAnswer] = [
      'config',
      listed(['local', 'includeif.onbranch:x/**.path', 'evil']),
    ];
    expect(codeOf(ask(['checkout', 'x'], [branch]).result)).toBe('denied');
    expect(codeOf(ask(['commit'], [branch]).result)).toBe('ok');
  });

  it('refuses an answer that was cut, and a path that cannot be split', () => {
    expect(codeOf(ask(['status'], [['config', { exitCode: 0, stdout: null }]]).result)).toBe(
      'limit',
    );
    const config: readonly [string, GitAnswer] = ['config', listed()];
    const odd = { exitCode: 0, stdout: '/a\n/b/.git\n/a/.git\n/a\n' };
    expect(codeOf(ask(['status'], [config, ['rev-parse', odd]]).result)).toBe('denied');
  });

  it('refuses a repository with more programs than a call can name', () => {
    const many = Array.from({ length: 201 }, (_, at) => ['local', `alias.a${at}`, '!x'] as const);
    expect(codeOf(ask(['ls-files'], [['config', listed(...many)]]).result)).toBe('limit');
    expect(codeOf(ask(['ls-files'], [['config', listed(...many.slice(1))]]).result)).toBe('ok');
  });

  it('ends where repositories lie in each other without an end', () => {
    const located = (top: string) => `${top}/.git\n${top}/.git\n${top}\n`;
    const search = findDrivers(['status']);
    let [next, calls] = [search.next(), 0];
    while (next.done !== true && calls < 10_000) {
      const text = next.value.argv.join(' ');
      calls++;
      const stdout = text.includes('rev-parse')
        ? located(`/r${calls}`)
        : text.includes('ls-files')
          ? `160000 0 0\tsub\0`
          : '';
      next = search.next({ exitCode: 0, stdout });
    }
    expect(next.done && codeOf(next.value as never)).toBe('limit');
  });
});
