import type { RawOutline } from './outline.ts';

/** What a person wants of a model that plans. */
export type Order = {
  readonly kind: OrderKind;
  /** In the person's words. */
  readonly request: string;
  /** Files that it is about. */
  readonly paths: readonly string[];
  /** Files that no step may change. */
  readonly untouched: readonly string[];
  /** What a program said. */
  readonly evidence: Evidence | null;
  /** Where it is clear which files change, the model need not be asked for it. */
  readonly outline: RawOutline | null;
};

export type OrderKind = 'plan' | 'fix' | 'refactor' | 'complete' | 'document' | 'test';
export type Evidence = { readonly title: string; readonly text: string };

export const orderOf = (
  kind: OrderKind,
  request: string,
  more: Partial<Omit<Order, 'kind' | 'request'>> = {},
): Order => ({
  kind,
  request,
  paths: [],
  untouched: [],
  evidence: null,
  outline: null,
  ...more,
});

/** What holds for every file that is changed for such an order. */
export const MANNERS: Readonly<Record<OrderKind, string>> = {
  plan: '',
  fix: 'Find the cause and correct it with the smallest change. Never delete or weaken a test to make it pass.',
  refactor: 'Change how the code is written, not what it does. Names that other files use stay.',
  complete: 'Write only what is missing there. All that is written already stays.',
  document:
    'Add or correct comments and documentation only. No code changes. Say what the reader cannot see.',
  test: 'Write tests in the way of the tests that the project has already. Test what the code does now; do not change the code.',
};
