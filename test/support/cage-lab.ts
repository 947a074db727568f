import { spawn } from 'node:child_process';
import { chmodSync, chownSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { onTestFinished } from 'vitest';
import { createCageReader } from '../../src/adapters/processes/cage/cage-reader.ts';
import { childEnvironment } from '../../src/adapters/processes/cage/child-environment.ts';
import type { Inside } from '../../src/adapters/processes/cage/inside.ts';
import type { Result, Rung } from '../../src/core/types.ts';
import type { Places } from '../../src/ports.ts';
import { temporaryPlaces } from './temporary-places.ts';

export type Said = { readonly code: number | null; readonly out: string; readonly err: string };
type More = Partial<Inside> & { readonly rung: Rung; readonly before?: readonly string[] };

const signal = new AbortController().signal;
export const isRoot = process.getuid?.() === 0;
/** Whom nothing belongs to; root alone can become that. */
const NOBODY = 65534;

/** A workspace and a home in temporary folders, and real programs in real cages. */
export function newCageLab(
  given: {
    readonly places?: Places;
    readonly env?: Readonly<Record<string, string>>;
    readonly isNobody?: boolean;
  } = {},
) {
  const places = given.places ?? temporaryPlaces();
  const user = {
    uid: given.isNobody ? NOBODY : (process.getuid?.() ?? NOBODY),
    gid: given.isNobody ? NOBODY : (process.getgid?.() ?? NOBODY),
  };
  const env = { PATH: '/usr/local/bin:/usr/bin:/bin', HOME: places.home, ...given.env };
  const cages = createCageReader({
    ...{ places, env, platform: process.platform, arch: process.arch, user },
  });
  const inside = (more: More): Inside => ({
    workspace: places.workspace,
    folder: places.workspace,
    cwd: places.workspace,
    env: childEnvironment(env, { env: {}, rung: more.rung, hasTerminal: false }),
    hasNetwork: false,
    isWritable: true,
    isHeld: false,
    tempBytes: 64 * 1024 * 1024,
    ...more,
  });
  const run = async (program: readonly string[], more: More): Promise<Said> => {
    if (given.isNobody) giveAway(join(places.home, '..'));
    const command = must(await cages.enclose(more.rung, inside(more), signal));
    const become = given.isNobody ? AS_NOBODY : [];
    const words = [...become, ...(more.before ?? []), ...command.argv];
    const first = more.rung === 'L0' && !more.isHeld ? [] : FIRST;
    const own = Object.entries(inside(more).env).map(([name, value]) => `${name}=${value}`);
    return start([...words, ...first, 'env', '-i', ...own, ...program], command.env, command.bytes);
  };
  return {
    places,
    cages,
    inside,
    run,
    sh: (script: string, more: More) => run(['/bin/sh', '-c', script], more),
    /** In this Node, or in the system's where no cage shows this one. */
    node: async (script: string, more: More): Promise<Said> => {
      const said = await run([process.execPath, '-e', script], more);
      return said.code === NOT_FOUND ? run(['node', '-e', script], more) : said;
    },
  };
}

/** How a shell and `env` say it. */
const NOT_FOUND = 127;

/** The first of a cage’s own processes, as a view puts one before each program. */
const FIRST = ['/bin/sh', '-c', '"$@"; exit $?', 'sh'];

const AS_NOBODY = [
  ...['/usr/bin/setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', '--'],
];

function start(
  [file = '', ...words]: readonly string[],
  env: Readonly<Record<string, string>>,
  bytes: ReadonlyMap<number, Uint8Array>,
): Promise<Said> {
  return new Promise((resolve, reject) => {
    const pipes = [...bytes.keys()].map(() => 'pipe' as const);
    const child = spawn(file, words, {
      ...{ env, cwd: '/', detached: true, stdio: ['ignore', 'pipe', 'pipe', ...pipes] },
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    for (const [descriptor, content] of bytes) {
      // One that ends before it has read all says so by ending.
      (child.stdio[descriptor] as Writable).on('error', () => {}).end(content);
    }
    let [out, err] = ['', ''];
    child.stdout?.on('data', (text: Buffer) => {
      out += text;
    });
    child.stderr?.on('data', (text: Buffer) => {
      err += text;
    });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, out, err }));
  });
}

/** All of it belongs to nobody from now on. */
function giveAway(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    chownSync(join(folder, entry), NOBODY, NOBODY);
  }
  chownSync(folder, NOBODY, NOBODY);
  chmodSync(folder, 0o755);
}

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

/** For `it.skipIf`: which rungs this machine has not. */
export async function missingRungs(): Promise<ReadonlySet<Rung>> {
  const folder = { workspace: '/usr', home: '/root', state: '/var/lib/none', config: '/none' };
  const cages = createCageReader({
    places: { ...folder, cache: '/none' },
    env: {},
    platform: process.platform,
    arch: process.arch,
    user: { uid: process.getuid?.() ?? NOBODY, gid: process.getgid?.() ?? NOBODY },
  });
  const rungs: readonly Rung[] = ['L1', 'L2', 'L3'];
  const has = await Promise.all(rungs.map((rung) => cages.has(rung, signal)));
  return new Set(rungs.filter((_, index) => !has[index]?.ok));
}
