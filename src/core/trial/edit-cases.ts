/** A small file, a wish, and the only text that the wish can come to. */
export type EditCase = {
  readonly path: string;
  readonly before: string;
  readonly request: string;
  readonly why: string;
  readonly after: string;
};

const RETRY = `/** How often a request is sent again. */
export const MAX_RETRIES = 3;
export const PAUSE_MS = 250;

export function pauseBefore(attempt: number): number {
  return PAUSE_MS * attempt;
}

export function isLast(attempt: number): boolean {
  return attempt >= MAX_RETRIES;
}
`;

const CIRCLE = `import math


class Circle:
    def __init__(self, radius):
        self.radius = radius

    def area(self):
        return 3.14 * self.radius**2

    def border(self):
        return 2 * 3.14 * self.radius
`;

const QUEUE = `package queue

// Queue holds words in the order in which they came.
type Queue struct {
	words []string
}

// Len says how many words there are.
func (q *Queue) Len() int {
	return len(q.words)
}

// IsEmpty says whether there is none.
func (q *Queue) IsEmpty() bool {
	return len(q.words) > 0
}
`;

const SERVICES = `services:
  web:
    image: shop/web
    replicas: 2
    port: 8080
  worker:
    image: shop/worker
    replicas: 2
    queue: orders
`;

/** Four languages; one place, two places, tabs, and a line that stands there twice. */
export const EDIT_CASES: readonly EditCase[] = [
  {
    path: 'src/retry.ts',
    before: RETRY,
    request: 'send a request again five times and not three',
    why: 'Set MAX_RETRIES to 5; nothing else changes.',
    after: RETRY.replace('MAX_RETRIES = 3', 'MAX_RETRIES = 5'),
  },
  {
    path: 'shapes/circle.py',
    before: CIRCLE,
    request: 'use the exact number pi',
    why: 'Write math.pi in place of 3.14, in both methods; nothing else changes.',
    after: CIRCLE.replaceAll('3.14', 'math.pi'),
  },
  {
    path: 'queue/queue.go',
    before: QUEUE,
    request: 'IsEmpty says the opposite of what it should',
    why: 'Let IsEmpty return len(q.words) == 0; nothing else changes.',
    after: QUEUE.replace('len(q.words) > 0', 'len(q.words) == 0'),
  },
  {
    path: 'deploy/services.yaml',
    before: SERVICES,
    request: 'run four workers',
    why: 'Set replicas of the service worker to 4; the service web keeps 2.',
    after: SERVICES.replace('shop/worker\n    replicas: 2', 'shop/worker\n    replicas: 4'),
  },
];

/** Sizes of files that are to be copied, in tokens; the first is less than is usually asked for. */
export const COPY_TOKENS = [450, 900, 1800, 3600];

/** A file of about so many tokens that is to be given back with one number changed in its middle. */
export function makeCopyCase(tokens: number, estimate: (text: string) => number): EditCase {
  const lines: string[] = [];
  for (let size = 0; size < tokens && lines.length < MOST_LINES; ) {
    const line = lineOf(lines.length);
    size += estimate(line);
    lines.push(line);
  }
  const at = Math.floor(lines.length / 2);
  const before = lines.join('');
  return {
    path: 'src/rates.ts',
    before,
    request: `${nameOf(at)} adds the wrong number`,
    why: `Let ${nameOf(at)} add 5000 in place of ${at}; every other line stays as it is.`,
    after: before.replace(lineOf(at), lineOf(at, 5000)),
  };
}

const MOST_LINES = 2000;
const GOODS = ['Tea', 'Salt', 'Wool', 'Iron', 'Wine', 'Rice', 'Silk'];

const nameOf = (at: number): string => `rateOf${GOODS[at % GOODS.length]}${at}`;

const lineOf = (at: number, added = at): string =>
  `export const ${nameOf(at)} = (amount: number): number => amount * ${(at * 37) % 91} + ${added};\n`;
