import { describe, expect, it } from 'vitest';
import { ruleVerdicts } from '../../../src/core/policy/policy.ts';
import { type Action, LEVELS } from '../../../src/core/types.ts';
import { judgeWith, policyData, RANK } from '../../support/policy.ts';

const judge = judgeWith();
const verdict = (what: string | Action) => judge(what).verdict;

describe('an action on a file', () => {
  it('may write in the workspace, and nowhere else', () => {
    expect(verdict({ kind: 'file.write', path: 'src/a.ts', content: '' })).toBe('allow');
    expect(verdict({ kind: 'file.write', path: '../a.ts', content: '' })).toBe('deny');
    expect(verdict({ kind: 'file.write', path: '/etc/motd', content: '' })).toBe('deny');
    expect(verdict({ kind: 'folder.create', path: 'src/../../x' })).toBe('deny');
  });

  it('never touches protected names, however they are written', () => {
    for (const path of [
      '.git/hooks/x',
      '.GIT/Hooks/x',
      '.vscode/tasks.json',
      '.g\u200bit/config',
    ]) {
      expect(verdict({ kind: 'file.write', path, content: '' }), path).toBe('deny');
    }
  });

  it('asks before it deletes, and refuses to delete the workspace', () => {
    expect(verdict({ kind: 'file.delete', path: 'old.txt' })).toBe('ask');
    expect(verdict({ kind: 'file.delete', path: '.' })).toBe('deny');
  });

  it('judges both ends of a move', () => {
    expect(verdict({ kind: 'file.move', from: 'a.txt', to: 'b/a.txt' })).toBe('allow');
    expect(verdict({ kind: 'file.move', from: 'a.txt', to: '../a.txt' })).toBe('deny');
    expect(verdict({ kind: 'file.move', from: '.tinycode', to: 'x' })).toBe('deny');
  });

  it('refuses a path with NUL', () => {
    expect(verdict({ kind: 'file.write', path: 'a\0b', content: '' })).toBe('deny');
  });

  it('does not read keys', () => {
    expect(verdict({ kind: 'file.read', path: '/home/dev/.ssh/id_rsa' })).toBe('deny');
    expect(verdict({ kind: 'file.read', path: 'README.md' })).toBe('allow');
  });
});

describe('a process', () => {
  it('is judged by its argv as it would be by its text', () => {
    expect(verdict({ kind: 'shell.run', argv: ['rm', '-rf', '/'] })).toBe('deny');
    expect(verdict({ kind: 'shell.run', argv: ['npm', 'test'] })).toBe('allow');
    expect(verdict({ kind: 'shell.run', argv: [] })).toBe('ask');
  });

  it('has no expansions in an argv', () => {
    expect(verdict({ kind: 'shell.run', argv: ['echo', '$(rm -rf /)'] })).toBe('allow');
  });

  it('is judged from its own folder', () => {
    expect(verdict({ kind: 'shell.run', command: 'touch x', cwd: '/etc' })).toBe('deny');
    expect(verdict({ kind: 'shell.run', command: 'touch x', cwd: 'src' })).toBe('allow');
  });

  it('is judged by its environment', () => {
    const env = { LD_PRELOAD: './x.so' };
    expect(verdict({ kind: 'shell.run', argv: ['ls'], env })).toBe('deny');
    expect(verdict({ kind: 'shell.run', argv: ['ls'], env: { CI: '1' } })).toBe('allow');
  });

  it('of git is judged like the command', () => {
    expect(verdict({ kind: 'git.run', argv: ['status'] })).toBe('allow');
    expect(verdict({ kind: 'git.run', argv: ['reset', '--hard'] })).toBe('ask');
    expect(verdict({ kind: 'git.run', argv: ['-c', 'core.pager=x', 'log'] })).toBe('deny');
  });
});

describe('a tool of the project', () => {
  it('may build, and asks where it would serve or wait for words', () => {
    for (const words of ['vite build', 'sbt test', 'deno test'])
      expect(verdict({ kind: 'shell.run', command: words }), words).toBe('allow');
    for (const words of ['vite', 'sbt', 'deno', 'sbt -v'])
      expect(verdict({ kind: 'shell.run', command: words }), words).toBe('ask');
  });

  it('runs what make is to take for a value', () => {
    expect(verdict({ kind: 'shell.run', command: 'make X=id' })).toBe('allow');
    expect(verdict({ kind: 'shell.run', command: 'make X!=id' })).toBe('ask');
    expect(verdict({ kind: 'shell.run', command: "make 'X != rm -rf /' all" })).toBe('deny');
  });

  it('writes where it says so behind the kind of output', () => {
    expect(verdict({ kind: 'shell.run', command: 'rustc --emit=asm a.rs' })).toBe('allow');
    expect(verdict({ kind: 'shell.run', command: 'rustc --emit=link=out/a a.rs' })).toBe('allow');
    expect(verdict({ kind: 'shell.run', command: 'rustc --emit=link=/etc/a a.rs' })).toBe('deny');
    expect(verdict({ kind: 'shell.run', command: 'gcc -DDATA=/usr/share/a -c a.c' })).toBe('allow');
  });

  it('is told what it may not by flags of many names', () => {
    for (const flag of ['--after-run-hook=./x', '-afterSuiteHook=./x', '--post-run-command=./x'])
      expect(verdict({ kind: 'shell.run', command: `ginkgo ${flag}` }), flag).toBe('ask');
    expect(verdict({ kind: 'shell.run', command: 'ginkgo --race' })).toBe('allow');
  });
});

describe('a plugin', () => {
  it('asks', () => {
    expect(verdict({ kind: 'plugin.call', plugin: 'a', method: 'b', args: null })).toBe('ask');
  });
});

describe('a mode', () => {
  it('lets nothing but reading happen in chat, and nothing run in propose', () => {
    for (const mode of ['chat', 'propose'] as const) {
      const inMode = judgeWith(undefined, { mode });
      expect(inMode('ls').verdict).toBe('deny');
      expect(inMode({ kind: 'file.write', path: 'a', content: '' }).verdict).toBe('deny');
      expect(inMode({ kind: 'file.read', path: 'a' }).verdict).toBe('allow');
    }
  });
});

describe('a level', () => {
  const at = (level: 'permissive' | 'standard' | 'strict' | 'paranoid') => {
    const inLevel = judgeWith(undefined, { level });
    return (command: string) => inLevel(command).verdict;
  };

  it('asks less when it is permissive, but denies the same', () => {
    expect(at('permissive')('rm a.txt')).toBe('allow');
    expect(at('permissive')('rm -rf /')).toBe('deny');
    expect(at('permissive')('sudo ls')).toBe('deny');
  });

  it('asks for all but reading when it is strict', () => {
    expect(at('strict')('cat a.txt')).toBe('allow');
    expect(at('strict')('npm test')).toBe('ask');
    expect(at('strict')('touch a.txt')).toBe('ask');
    expect(at('strict')('git restore --staged a.txt')).toBe('ask');
    expect(at('strict')('git rm --cached a.txt')).toBe('ask');
  });

  it('allows nothing that a more permissive one asks for', () => {
    const data = policyData();
    const ranks = LEVELS.map((level) =>
      ruleVerdicts(data, level).map(([rule, verdict]) => ({ id: rule.id, rank: RANK[verdict] })),
    );
    for (const [at, stricter] of ranks.slice(1).entries()) {
      const looser = stricter.filter(({ rank }, rule) => rank < (ranks[at]?.[rule]?.rank ?? 0));
      expect(looser, LEVELS[at + 1]).toEqual([]);
    }
  });

  it.each(LEVELS)('never allows what cannot be parsed or said: %s', (level) => {
    const texts = ["echo 'unterminated", 'echo $(', 'ls |', '$(cat tool.txt) --check', 'cat "a'];
    expect(texts.filter((text) => at(level)(text) === 'allow')).toEqual([]);
  });

  it('asks for all but a few looks when it is paranoid', () => {
    expect(at('paranoid')('ls')).toBe('allow');
    expect(at('paranoid')('ls 2> /dev/null')).toBe('allow');
    expect(at('paranoid')('LC_ALL=C ls')).toBe('allow');
    expect(at('paranoid')('./run.sh')).toBe('ask');
    expect(at('paranoid')('git status')).toBe('allow');
    expect(at('paranoid')('grep -r x src')).toBe('ask');
    expect(at('paranoid')('rm -rf /')).toBe('deny');
  });
});

describe('the reasons', () => {
  it('name the rules that decided and what they saw', () => {
    const { because, risk } = judge('echo x > /etc/motd');
    expect(because.map(({ rule }) => rule)).toContain('paths/outside-workspace');
    expect(because[0]?.reason).toContain('/etc/motd');
    expect(risk).toBe('critical');
  });
});
