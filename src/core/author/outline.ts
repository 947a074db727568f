import type { JsonObject } from '../types.ts';

/** What a model wants to do, without a line of code: which files change, and why. */
export type Outline = {
  readonly goal: string;
  readonly steps: readonly OutlineStep[];
  /** What is not planned, and why not. */
  readonly open: readonly string[];
};

export type OutlineStep = {
  readonly id: string;
  readonly why: string;
  readonly dependsOn: readonly string[];
} & Doing;

export type Doing =
  | { readonly kind: 'edit' | 'create' | 'delete'; readonly path: string }
  | { readonly kind: 'move'; readonly from: string; readonly to: string }
  | { readonly kind: 'run'; readonly argv: readonly string[]; readonly isCheck: boolean };

export const OUTLINE_KINDS = ['edit', 'create', 'delete', 'move', 'run'] as const;
const MOST_OUTLINE_STEPS = 20;

/** Flat and without alternatives: small models fill in such a form, and lose their way in others. */
export const OUTLINE_SCHEMA: JsonObject = {
  type: 'object',
  properties: {
    goal: { type: 'string' },
    steps: {
      type: 'array',
      maxItems: MOST_OUTLINE_STEPS,
      items: {
        type: 'object',
        properties: {
          kind: { type: 'string', enum: OUTLINE_KINDS },
          path: { type: 'string' },
          to: { type: 'string' },
          argv: { type: 'array', items: { type: 'string' } },
          why: { type: 'string' },
          after: { type: 'array', items: { type: 'integer' } },
          check: { type: 'boolean' },
        },
        required: ['kind', 'why'],
      },
    },
    open: { type: 'array', items: { type: 'string' } },
  },
  required: ['goal', 'steps'],
};

/** As the schema has let it through. */
export type RawOutline = {
  readonly goal: string;
  readonly steps: readonly RawStep[];
  readonly open?: readonly string[];
};
export type RawStep = {
  readonly kind: (typeof OUTLINE_KINDS)[number];
  readonly path?: string;
  readonly to?: string;
  readonly argv?: readonly string[];
  readonly why: string;
  readonly after?: readonly number[];
  readonly check?: boolean;
};

/** A step in a line, as models and people read it. */
export function sayStep(step: Doing): string {
  switch (step.kind) {
    case 'edit':
    case 'create':
    case 'delete':
      return `${step.kind} ${step.path}`;
    case 'move':
      return `move ${step.from} to ${step.to}`;
    case 'run':
      return `run ${step.argv.join(' ')}`;
    default:
      return step satisfies never;
  }
}
