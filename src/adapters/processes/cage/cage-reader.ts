import { ok } from '../../../core/result.ts';
import type { Result, Rung } from '../../../core/types.ts';
import type { CageReader, Places } from '../../../ports.ts';
import type { CageCommand, Inside } from './inside.ts';
import { findTools, type Tools } from './tools.ts';

/** The reader that commands hold, and what else the views need of it. */
export type Cages = CageReader & {
  readonly tools: Tools;
  /** `unavailable` where that very rung cannot be had here; never another rung. */
  enclose(rung: Rung, inside: Inside, signal: AbortSignal): Promise<Result<CageCommand>>;
};

export function createCageReader(given: {
  readonly places: Pick<Places, 'workspace' | 'home' | 'state' | 'config' | 'cache'>;
  /** The environment that TinyCode itself was given. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  readonly arch: string;
  readonly user: { readonly uid: number; readonly gid: number };
}): Cages {
  const { workspace } = given.places;
  const tools = findTools({ path: given.env.PATH ?? '', workspace });
  return {
    tools,
    report: async () => ({ rung: 'L0', view: 'direct', by: 'none', holds: '', why: '' }),
    has: async () => ok(undefined),
    enclose: async (_rung, { env }) =>
      ok({
        argv: [],
        inner: [tools.env ?? '/usr/bin/env', '-i', ...words(env)],
        bytes: new Map(),
        env: {},
      }),
  };
}

const words = (env: Inside['env']) =>
  Object.entries(env).map(([name, value]) => `${name}=${value}`);
