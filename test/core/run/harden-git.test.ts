import { describe, expect, it } from 'vitest';
import { hardenGit } from '../../../src/core/run/harden-git.ts';

/** Where a word stands in a call. */
const at = (argv: readonly string[], word: string) => argv.indexOf(word);

describe('a hardened call of git', () => {
  it('says what it sets behind the options of the call, and before its subcommand', () => {
    const { argv } = hardenGit(['-C', 'deep', '-c', 'core.fsmonitor=evil', 'status', '-s'], []);
    expect(argv.slice(0, 5)).toEqual(['git', '-C', 'deep', '-c', 'core.fsmonitor=evil']);
    expect(argv.slice(-2)).toEqual(['status', '-s']);
    for (const setting of ['core.fsmonitor=false', 'core.hooksPath=/dev/null', 'core.pager=cat']) {
      expect(at(argv, setting)).toBeGreaterThan(4);
      expect(argv[at(argv, setting) - 1]).toBe('-c');
    }
  });

  it('asks for plain differences where that can be asked for', () => {
    const wordsOf = (text: string) => {
      const { argv } = hardenGit(text.split(' '), []);
      return argv.slice(at(argv, text.split(' ')[0] as string)).join(' ');
    };
    const plain = '--no-ext-diff --no-textconv';
    expect(wordsOf('diff --stat')).toBe(`diff ${plain} --stat`);
    expect(wordsOf('stash show -p')).toBe(`stash show ${plain} -p`);
    expect(wordsOf('stash pop')).toBe('stash pop');
    expect(wordsOf('reflog')).toBe(`reflog ${plain}`);
    expect(wordsOf('reflog show -p')).toBe(`reflog show ${plain} -p`);
    expect(wordsOf('reflog expire --all')).toBe('reflog expire --all');
    expect(wordsOf('commit -m diff')).toBe('commit -m diff');
  });

  it('lets no setting change the message of a commit', () => {
    const { argv } = hardenGit(['-c', 'commit.cleanup=strip', 'commit', '-m', '# x'], []);
    expect(at(argv, 'commit.cleanup=verbatim')).toBeGreaterThan(at(argv, 'commit.cleanup=strip'));
    expect(hardenGit(['log'], []).argv.join(' ')).not.toContain('commit.cleanup');
  });

  it('switches each driver off in its own way', () => {
    const drivers = [
      'filter.lfs.process',
      'diff.word.textconv',
      'merge.x.driver',
      'hook.lint.command',
      'alias.st',
      'submodule.sub.update',
      'tool.of.the.future.command',
    ];
    const { argv } = hardenGit(['status'], drivers);
    for (const setting of [
      'filter.lfs.process=',
      'filter.lfs.required=false',
      'diff.word.textconv=cat',
      'diff.word.cachetextconv=false',
      'merge.x.driver=false',
      'hook.lint.enabled=false',
      'alias.st=',
      'submodule.sub.update=checkout',
      'tool.of.the.future.command=false',
    ]) {
      expect(argv).toContain(setting);
    }
    expect(argv.some((word) => word.startsWith('hook.lint.command'))).toBe(false);
  });

  it('names a driver with an equals sign by a variable', () => {
    const { argv, env } = hardenGit(['status'], ['filter.a=b.clean', 'filter.c=d.smudge']);
    const named = argv.filter((word) => word.startsWith('--config-env=filter.'));
    expect(named.map((word) => word.slice(0, word.lastIndexOf('=')))).toEqual([
      '--config-env=filter.a=b.clean',
      '--config-env=filter.a=b.required',
      '--config-env=filter.c=d.smudge',
      '--config-env=filter.c=d.required',
    ]);
    const values = named.map((word) => env[word.slice(word.lastIndexOf('=') + 1)]);
    expect(values).toEqual(['', 'false', '', 'false']);
  });

  it('reaches other repositories only where that is what it is for, and never by a path', () => {
    expect(hardenGit(['log', '-p'], []).env).toMatchObject({
      GIT_ALLOW_PROTOCOL: '',
      GIT_NO_LAZY_FETCH: '1',
      GIT_TERMINAL_PROMPT: '0',
    });
    expect(hardenGit(['log'], []).argv).toContain('core.sshCommand=false');
    const { argv, env } = hardenGit(['-C', 'x', 'fetch'], []);
    expect(env.GIT_ALLOW_PROTOCOL?.split(':')).toEqual(['git', 'http', 'https', 'ssh']);
    expect(argv).toContain('core.sshCommand=ssh');
  });

  it('leaves a call without a subcommand as it is', () => {
    expect(hardenGit(['--version'], []).argv.slice(0, 2)).toEqual(['git', '--version']);
    expect(hardenGit([], []).argv[0]).toBe('git');
  });
});
