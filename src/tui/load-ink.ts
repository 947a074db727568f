import type { createInkPainter } from './ink-painter.tsx';

type Environment = Record<string, string | undefined>;

/**
 * Ink and React, piece by piece, so that a key typed meanwhile waits for no more than one piece.
 * `quiet` settles once nobody has typed for a while.
 */
export async function loadInk(
  quiet: () => Promise<void>,
  env: Environment,
): Promise<typeof createInkPainter> {
  const steps: readonly (() => unknown)[] = [
    () => new Intl.Segmenter(),
    () => import('string-width'),
    async () => (await import('string-width')).default('›'),
    () => withoutFetch(() => import('yoga-layout')),
    () => import('react'),
    () => withoutCi(env, () => import('ink')),
    () => import('./ink-painter.tsx'),
  ];
  for (const step of steps) {
    await quiet();
    await step();
  }
  await quiet();
  return (await import('./ink-painter.tsx')).createInkPainter;
}

/** Ink draws nothing live where it believes in CI; here it draws only on a real terminal. */
async function withoutCi<T>(env: Environment, load: () => Promise<T>): Promise<T> {
  const { CI } = env;
  env.CI = 'false';
  try {
    return await load();
  } finally {
    if (CI === undefined) delete env.CI;
    else env.CI = CI;
  }
}

/**
 * Where there is `fetch`, Yoga fetches its own `data:` URL, for which Node loads all of its HTTP
 * client: 60 ms and some megabytes. Nothing else of TinyCode uses `fetch`.
 */
async function withoutFetch<T>(load: () => Promise<T>): Promise<T> {
  const kept = Object.getOwnPropertyDescriptor(globalThis, 'fetch');
  Reflect.deleteProperty(globalThis, 'fetch');
  try {
    return await load();
  } finally {
    if (kept !== undefined) Object.defineProperty(globalThis, 'fetch', kept);
  }
}
