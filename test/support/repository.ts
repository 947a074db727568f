import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newPerson } from './tinycode.ts';

const PERSON = '[user]\n  name = Ada\n  email = ada@example.org\n[init]\n  defaultBranch = main\n';

/** A step of a plan that calls git. */
export const git = (...argv: readonly string[]) => ({ action: { kind: 'git.run', argv } });

/** A person who uses git, with one commit, and one file that is staged. */
export function newRepository() {
  const person = newPerson();
  const write = (path: string, text: string): void =>
    writeFileSync(join(person.project, path), text);
  const plain = (...argv: readonly string[]): string =>
    execFileSync('git', [...argv], {
      ...{ cwd: person.project, env: person.env, encoding: 'utf8', stdio: 'pipe' },
    });
  const json = async (args: readonly string[], stdin = '') => {
    const ended = await person.run([...args, '--json'], { stdin });
    return { ...ended, data: JSON.parse(ended.stdout) };
  };
  writeFileSync(join(person.home, '.gitconfig'), PERSON);
  write('one.txt', 'one\n');
  plain('init', '-q');
  plain('add', '.');
  plain('commit', '-qm', 'Say one');
  write('one.txt', 'one\ntwo\n');
  plain('add', '.');
  return {
    ...{ ...person, json, write, git: plain },
    subjects: () => plain('log', '--format=%s').trim().split('\n'),
    plan: async (steps: readonly object[]) => {
      const { data } = await json(['plan', 'import', '-'], JSON.stringify({ goal: 'g', steps }));
      return data;
    },
    approve: (id: string) => json(['approve', id]),
    execute: (id: string) => json(['execute', id, '--mode', 'execute']),
    records: async (action: string) => {
      const { stdout } = await person.run(['audit', 'export', '--json']);
      const all = stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
      return all.filter((record) => record.action === action).map(({ details }) => details);
    },
  };
}
