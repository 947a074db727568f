import { execFileSync, type SpawnOptions, spawn } from 'node:child_process';
import {
  accessSync,
  chownSync,
  constants,
  lchownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { RUNGS, type Rung } from '../../src/core/types.ts';
import { temporaryFolder } from './files.ts';
import { PROGRAM } from './tinycode.ts';

export const PYTHON = ['/usr/bin/python3', '/usr/local/bin/python3'].find(isThere) ?? null;
export const GCC = ['/usr/bin/gcc', '/usr/bin/cc'].find(isThere) ?? null;
const SETPRIV = ['/usr/bin/setpriv', '/bin/setpriv'].find(isThere) ?? null;
const UNSHARE = '/usr/bin/unshare';
export const isRoot = process.getuid?.() === 0;

/** Somebody without any rights on this machine; nobody is registered under that number. */
const ORDINARY = 54_321;

export type User = 'self' | 'ordinary';
const USERS: readonly User[] = isRoot ? ['self', 'ordinary'] : ['self'];
/** A checkout in root's home cannot be read by anybody else. */
export const canBeOrdinary = isRoot && SETPRIV !== null && canOrdinaryRead();

export type Ended = { readonly code: number | null; readonly out: string; readonly err: string };

/** What a rehearsal or an act says of itself. */
export type Told = {
  readonly code: number | null;
  readonly raw: string;
  // biome-ignore lint/suspicious/noExplicitAny: the shape is what the tests look at
  readonly data: any;
};

/** A person with a home, a project, and something of theirs beside it that nothing may touch. */
export function newVictim(
  options: {
    readonly user?: User;
    /** Below the folder of the test. */
    readonly home?: string;
    readonly project?: string;
    readonly outside?: string;
    /** Has TinyCode's folders where they are by default. */
    readonly isPlain?: boolean;
  } = {},
) {
  const { user = 'self', isPlain = false } = options;
  const root = temporaryFolder();
  const home = join(root, options.home ?? 'home');
  const project = join(root, options.project ?? 'project');
  const outside = join(root, options.outside ?? 'outside');
  for (const folder of [home, project, outside]) mkdirSync(folder, { recursive: true });
  const own = isPlain
    ? {}
    : {
        XDG_STATE_HOME: join(home, 'state'),
        XDG_CONFIG_HOME: join(home, 'config'),
        XDG_CACHE_HOME: join(home, 'cache'),
      };
  const env: Record<string, string> = {
    PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin',
    HOME: home,
    OLLAMA_HOST: '127.0.0.1:9',
    ...own,
  };
  const put = (path: string, text: string | Uint8Array, mode?: number) => {
    const at = join(root, path);
    mkdirSync(dirname(at), { recursive: true });
    writeFileSync(at, text, mode === undefined ? {} : { mode });
    return at;
  };
  const inProject = (path: string) => join(project, path);
  /** Puts a program of the suite into the project. */
  const bring = (name: string) => {
    const text = readFileSync(join(PROGRAMS, name));
    writeFileSync(inProject(name), text, { mode: 0o755 });
  };
  const compile = (name: string) => {
    const target = inProject(name.replace(/\.c$/, ''));
    execFileSync(GCC ?? 'cc', ['-O1', '-w', '-o', target, join(PROGRAMS, name)]);
  };
  const as = (words: readonly string[]): readonly string[] =>
    user === 'self' ? words : demoted(words);
  const settle = () => {
    if (user === 'ordinary') give(root);
  };
  const start = (words: readonly string[], more: SpawnOptions = {}) => {
    settle();
    const [file = '', ...rest] = as(words);
    return spawn(file, rest, {
      cwd: project,
      ...more,
      env: { ...env, ...(more.env as Record<string, string>) },
    });
  };
  const run = (words: readonly string[], more: SpawnOptions & { stdin?: string } = {}) =>
    endOf(start(words, { stdio: 'pipe', ...more }), more.stdin);
  /** The same program in no cage, to show that the attack is one; what it mounts is its own. */
  const bare = (words: readonly string[], more?: SpawnOptions) =>
    run(user === 'self' && isRoot ? [UNSHARE, '--mount', ...words] : words, more);
  const tinycode = async (words: readonly string[], more?: SpawnOptions): Promise<Told> => {
    const { code, out, err } = await run([process.execPath, PROGRAM, ...words], more);
    return { code, raw: out + err, data: parse(out) };
  };
  const attack = (rung: Rung, words: readonly string[], more?: SpawnOptions) =>
    tinycode(['rehearse', '--json', '--rung', rung, '--', ...words], more);
  const importPlan = async (steps: readonly object[]): Promise<string> => {
    const path = put('plan.json', JSON.stringify({ goal: 'Try', steps }));
    const { data, raw } = await tinycode(['plan', 'import', path, '--json']);
    if (data?.plan === undefined) throw new Error(`no plan: ${raw}`);
    return data.plan.id as string;
  };
  /** Through a plan: imported, approved, executed. */
  const execute = async (steps: readonly object[], more?: SpawnOptions): Promise<Told> => {
    const id = await importPlan(steps);
    const approved = await tinycode(['approve', id, '--json'], more);
    if (approved.code !== 0) return approved;
    return tinycode(['execute', id, '--mode', 'execute', '--json'], more);
  };
  return {
    ...{ root, home, project, outside, env, user, put, inProject, bring, compile },
    ...{ start, run, bare, tinycode, attack, importPlan, execute, settle },
  };
}
type Victim = ReturnType<typeof newVictim>;

const PROGRAMS = join(import.meta.dirname, 'escapes');
/** A program of the suite, where it lies. */
export const programAt = (name: string): string => join(PROGRAMS, name);

/** The rungs that this machine has, each seen by running something on it. */
export async function rungsHere(): Promise<readonly Rung[]> {
  const env = { PATH: '/usr/bin:/bin', HOME: '/nonexistent-home', OLLAMA_HOST: '127.0.0.1:9' };
  const folder = execFileSync('mktemp', ['-d'], { encoding: 'utf8' }).trim();
  const found: Rung[] = [];
  try {
    for (const rung of RUNGS.toReversed()) {
      const words = [PROGRAM, 'rehearse', '--json', '--rung', rung, '--', 'true'];
      const child = spawn(process.execPath, words, {
        cwd: folder,
        env: { ...env, HOME: join(folder, 'h'), XDG_STATE_HOME: join(folder, '..', `${folder}-s`) },
      });
      if ((await endOf(child)).code === 0) found.push(rung);
    }
  } finally {
    execFileSync('rm', ['-rf', folder, `${folder}-s`]);
  }
  return found;
}

/** Processes whose command line holds this word, zombies left out. */
export function running(word: string): readonly number[] {
  return readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(word);
      } catch {
        return false;
      }
    })
    .map(Number);
}

/** Whatever carries this word goes, should a cage have failed. */
export function killAll(word: string): void {
  if (word.length < 12) throw new Error('That word could be anybody’s.');
  for (const pid of running(word)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {}
  }
}

let made = 0;
/** One that nobody else uses. */
export const newWord = (what: string): string =>
  `tcescape-${what}-${process.pid}-${Date.now().toString(36)}-${made++}`;

function endOf(child: ReturnType<typeof spawn>, stdin = ''): Promise<Ended> {
  return new Promise((resolve, reject) => {
    let [out, err] = ['', ''];
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      err += text;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
    child.stdin?.on('error', () => {});
    child.stdin?.end(stdin);
  });
}

function parse(text: string) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function demoted(words: readonly string[]): readonly string[] {
  const as = ['--reuid', `${ORDINARY}`, '--regid', `${ORDINARY}`, '--clear-groups'];
  return [SETPRIV ?? 'setpriv', ...as, '--', ...words];
}

function give(folder: string): void {
  chownSync(folder, ORDINARY, ORDINARY);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const at = join(folder, entry.name);
    if (entry.isDirectory()) give(at);
    else lchownSync(at, ORDINARY, ORDINARY);
  }
}

function canOrdinaryRead(): boolean {
  try {
    const [file = '', ...words] = demoted([process.execPath, PROGRAM, '--version']);
    execFileSync(file, words, { stdio: 'ignore', cwd: '/' });
    return true;
  } catch {
    return false;
  }
}

function isThere(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
