import type { createInkPainter } from './ink-painter.tsx';

/**
 * Ink and React, piece by piece, so that a key typed meanwhile waits for no more than one piece.
 * `quiet` settles once nobody has typed for a while.
 */
export async function loadInk(quiet: () => Promise<void>): Promise<typeof createInkPainter> {
  const steps: readonly (() => Promise<unknown>)[] = [
    () => import('react'),
    async () => (await import('string-width')).default('›'),
    () => withoutCi(() => import('ink')),
  ];
  for (const step of steps) {
    await quiet();
    await step();
  }
  await quiet();
  return (await import('./ink-painter.tsx')).createInkPainter;
}

/** Ink draws nothing live where it believes in CI; here it draws only on a real terminal. */
async function withoutCi<T>(load: () => Promise<T>): Promise<T> {
  const { CI } = process.env;
  process.env.CI = 'false';
  try {
    return await load();
  } finally {
    if (CI === undefined) delete process.env.CI;
    else process.env.CI = CI;
  }
}
