import type { StepLimits } from '../types.ts';

/**
 * A compiler that builds its own library anew wherever nothing of it is kept, which takes longer
 * than all else. In a cage nothing is kept: so it is built once, and shown to every check.
 */
export type BuildCache = {
  readonly program: string;
  /** What is built, and how. */
  readonly files: Readonly<Record<string, string>>;
  readonly run: readonly string[];
  readonly limits: StepLimits;
  /** Where in the folder lies what is kept. */
  readonly kept: string;
  /** Says to the cage that the folder belongs to a tool chain. */
  readonly shows: (folder: string) => Readonly<Record<string, string>>;
  /** Says to the compiler where to look. */
  readonly env: (folder: string) => Readonly<Record<string, string>>;
};

export const BUILD_CACHES: readonly BuildCache[] = [
  {
    program: 'go',
    files: {
      'go.mod': 'module warm\n\ngo 1.21\n',
      'warm_test.go': `package warm

import (
${['bufio', 'bytes', 'context', 'encoding/json', 'errors', 'fmt', 'io', 'os', 'sort', 'strconv']
  .concat(['strings', 'sync', 'sync/atomic', 'testing', 'time'])
  .map((name) => `\t${name === 'testing' ? '' : '_ '}"${name}"\n`)
  .join('')})

func TestNothing(t *testing.T) {}
`,
    },
    run: ['go', 'test', '-vet=off', './...'],
    limits: { seconds: 600, fileMb: 200 },
    kept: 'pkg/build',
    shows: (folder) => ({ GOPATH: folder }),
    env: (folder) => ({ GOCACHE: `${folder}/pkg/build`, CGO_ENABLED: '0' }),
  },
];

export const cacheFor = (needs: readonly string[]): BuildCache | undefined =>
  BUILD_CACHES.find(({ program }) => needs.includes(program));
