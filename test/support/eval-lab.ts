import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { startOllama } from './fake-ollama.ts';
import type { ScriptedScene } from './ollama/scripted-server.ts';
import type { Reply } from './ollama/spoken.ts';
import { writeFiles } from './shop.ts';
import { wordsOf } from './task-references.ts';
import { newPerson } from './tinycode.ts';

const canRun = (program: string, ...words: readonly string[]): boolean =>
  spawnSync(program, words).status === 0;

/** Evaluations want a cage that hides and protects what lies around. */
export const hasCage = canRun('bwrap', '--ro-bind', '/', '/', 'true');
/** One that is there and finds all that it is made of: a chooser of versions may have none to choose. */
export const hasProgram = (name: string): boolean => canRun(name, VERSION[name] ?? '--version');
const VERSION: Readonly<Record<string, string>> = {
  go: 'version',
  java: '-version',
  javac: '-version',
};

/** A person with a folder of tasks, a scripted model, and temporary files that can be counted. */
export async function evalLab(script: readonly ScriptedScene[], parallel = 2) {
  const person = newPerson();
  const server = await startOllama({ script, parallel });
  const temporary = join(person.root, 'tmp');
  mkdirSync(temporary);
  const env = { OLLAMA_HOST: server.host, TMPDIR: temporary, ...toolChains() };
  const tasks = join(person.root, 'tasks');
  const run = (...args: readonly string[]) => person.run(['eval', ...args], { env });
  return {
    ...person,
    server,
    tasks,
    env: { ...person.env, ...env },
    run,
    person: person.run,
    json: async (...args: readonly string[]) => {
      const ended = await run(...args, '--yes', '--json');
      return { ...ended, data: JSON.parse(ended.stdout) };
    },
    put: (id: string, task: object, files: Readonly<Record<string, string>>) =>
      writeFiles(join(tasks, id), { 'task.yaml': stringify(task), ...files }),
    /** What evaluations have left among the temporary files. */
    left: () => readdirSync(temporary),
  };
}

/** Tool chains that lie in the home of whoever runs the tests: the person here has an empty one. */
function toolChains(): Readonly<Record<string, string>> {
  const places = { RUSTUP_HOME: '.rustup', CARGO_HOME: '.cargo', PYENV_ROOT: '.pyenv' };
  const found = Object.entries(places).map(
    ([name, folder]) => [name, process.env[name] ?? join(homedir(), folder)] as const,
  );
  return Object.fromEntries(found.filter(([, path]) => existsSync(path)));
}

/** A task for which node is enough: the sum has to be right. */
export const sumTask = (
  id: string,
): readonly [string, object, Readonly<Record<string, string>>] => [
  id,
  {
    language: 'javascript',
    request: `Correct the sum of ${id}.`,
    check: ['node', 'check.js'],
    keep: ['check.js'],
  },
  {
    'workspace/sum.js': WRONG,
    'workspace/check.js': `import { sum } from './sum.js';\nif (sum(1, 2) !== 3) throw new Error('no sum');\n`,
    'workspace/package.json': '{"type":"module"}\n',
  },
];

const WRONG = 'export const sum = (a, b) => a - b;\n';

/** What is said to the outline, or to the edit of a file, of such a task; as often as is said. */
export const saying = (id: string, asked: string, reply: Reply, times = 0): ScriptedScene => ({
  when: { mentions: [`Correct the sum of ${id}.`, wordsOf(asked)] },
  reply,
  times,
});
