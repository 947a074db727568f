import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createRulePlanner } from '../../src/adapters/planner/rule-planner.ts';
import type { Failure, PlanDraft, Result } from '../../src/core/types.ts';
import { temporaryFolder } from './files.ts';

export type PlannerLab = {
  readonly folder: string;
  write(path: string, content: string | Buffer): void;
  git(...args: readonly string[]): string;
  plan(sentence: string, signal?: AbortSignal): Promise<Result<PlanDraft>>;
  /** The plan, or an error that says why there is none. */
  planned(sentence: string): Promise<PlanDraft>;
  refused(sentence: string): Promise<Failure>;
  /** What each edited or written file will hold. */
  contents(sentence: string): Promise<Readonly<Record<string, unknown>>>;
};

/** A real workspace, and a planner that looks at it. */
export function plannerLab(files: Readonly<Record<string, string | Buffer>> = {}): PlannerLab {
  const folder = temporaryFolder();
  const planner = createRulePlanner({ workspace: folder, searchPath: process.env.PATH ?? '' });
  const lab: PlannerLab = {
    folder,
    write(path, content) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    },
    git: (...args) =>
      execFileSync('git', ['-C', folder, ...IDENTITY, ...args], { encoding: 'utf8' }),
    plan: (sentence, signal = new AbortController().signal) => planner.plan(sentence, signal),
    async planned(sentence) {
      const draft = await lab.plan(sentence);
      if (!draft.ok) throw new Error(`${draft.error.code}: ${draft.error.message}`);
      return draft.value;
    },
    async refused(sentence) {
      const draft = await lab.plan(sentence);
      if (draft.ok) throw new Error(`planned: ${JSON.stringify(draft.value.steps)}`);
      return draft.error;
    },
    async contents(sentence) {
      const { steps } = await lab.planned(sentence);
      return Object.fromEntries(
        steps.flatMap(({ action }) =>
          'content' in action ? [[action.path, action.content] as const] : [],
        ),
      );
    },
  };
  for (const [path, content] of Object.entries(files)) lab.write(path, content);
  return lab;
}

const IDENTITY = ['-c', 'user.name=Test', '-c', 'user.email=test@example.org'];
