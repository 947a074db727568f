import type { IndexUse } from '../commit/index-use.ts';
import { riskier } from '../policy/rules/verdicts.ts';
import { fail, ok } from '../result.ts';
import {
  findGitProblems,
  type RepositorySight,
  type RepositoryStep,
} from '../run/find-git-problems.ts';
import type { RepositoryUse } from '../run/repository-use.ts';
import type {
  Action,
  Content,
  Decision,
  DraftEdit,
  DraftStep,
  Finding,
  Plan,
  PlanDraft,
  Result,
  Staged,
  Step,
  StepEffects,
} from '../types.ts';
import { describeAction } from './describe-action.ts';
import { type Foreseen, foreseeStep, type Measure, type NewModes } from './foresee-step.ts';
import { hashPlan, type PlanHashing } from './hash-plan.ts';
import { holdStaged, type StepUse } from './hold-staged.ts';
import { orderSteps } from './order-steps.ts';
import { tidyAction } from './tidy-action.ts';
import { createTouches } from './touches.ts';
import { imagineWorld, type World } from './world.ts';

/** All that looking at the world takes. Nothing here can change it. */
export type PlanSight = {
  readonly workspace: string;
  readonly world: World;
  readonly modes: NewModes;
  readonly measure: Measure;
  readonly hashing: PlanHashing;
  /** As it will be asked when the step's turn comes. */
  readonly judge: (action: Action) => Result<Judged>;
  /** The file's text with these edits made, or why not. */
  readonly edit: (path: string, edits: DraftEdit['edits']) => Result<Content>;
  /** Null where no step commits it, or where there is no repository. */
  readonly staged: Result<Staged> | null;
  /** Null where the repository lies in the workspace, or where none is. */
  readonly repository: RepositorySight | null;
};
export type Judged = {
  readonly decision: Decision;
  readonly effects: StepEffects;
  /** The program in it that would wait for keys. */
  readonly waits: string | null;
  readonly index: IndexUse;
  readonly repository: RepositoryUse;
};

export type Finished = { readonly plan: Plan; readonly findings: readonly Finding[] };

/**
 * Makes a plan of a draft: every step with what it will find, what it will leave, its risk and its
 * place in the order. What stands in the way of a step becomes a finding; only a draft that is no
 * plan at all is a failure.
 */
export function finishPlan(sight: PlanSight, id: string, draft: PlanDraft): Result<Finished> {
  const named = nameSteps(draft.steps);
  if (!named.ok) return named;
  const ordered = orderSteps(named.value);
  if (!ordered.ok) return ordered;
  const world = imagineWorld(sight.world);
  const touches = createTouches();
  const findings: Finding[] = [];
  const uses: (StepUse & RepositoryStep)[] = [];
  for (const each of ordered.value) {
    const action = resolveAction(sight, each);
    const foreseen = action.ok
      ? foreseeStep(world, sight.measure, sight.modes, action.value)
      : action;
    if (!foreseen.ok) findings.push(findingOf(each.id, foreseen.error));
    const seen = foreseen.ok ? foreseen.value : NOTHING;
    const exact = action.ok ? action.value : withoutEdits(each.action);
    const judged = sight.judge(exact);
    if (!judged.ok) return judged;
    const { decision, effects, waits, index, repository } = judged.value;
    if (waits !== null) findings.push(interactive(each.id, waits));
    if (decision.verdict === 'deny') findings.push(denied(each.id, decision));
    const dependsOn = [...new Set([...each.dependsOn, ...touches.before(seen.before)])];
    touches.add(each.id, seen.before);
    const step: Step = {
      id: each.id,
      title: each.title ?? describeAction(exact),
      why: each.why ?? '',
      action: exact,
      risk: riskier(decision.risk, 'low'),
      dependsOn,
      check: each.check ?? false,
      ...seen,
      effects,
    };
    const isTurned = exact.kind === 'git.run' && each.action.kind !== 'git.run';
    uses.push({ step, use: index, repository, isTurned });
  }
  const { steps, findings: more } = holdStaged(uses, sight.staged);
  const { goal, origin, open = [] } = draft;
  const body = { goal, origin, steps, open };
  return ok({
    plan: { id, ...body, hash: hashPlan(sight.hashing, body) },
    findings: [...findings, ...more, ...findGitProblems(uses, sight.repository)],
  });
}

const NOTHING: Foreseen = { before: [], after: [] };

type NamedStep = DraftStep & { readonly id: string; readonly dependsOn: readonly string[] };

function nameSteps(steps: readonly DraftStep[]): Result<readonly NamedStep[]> {
  const taken = new Set(steps.flatMap(({ id }) => (id === undefined ? [] : [id])));
  const named: NamedStep[] = [];
  let next = 1;
  for (const step of steps) {
    while (step.id === undefined && taken.has(String(next))) next += 1;
    const id = step.id ?? String(next++);
    named.push({ ...step, id, dependsOn: step.dependsOn ?? [] });
  }
  const seen = new Set<string>();
  for (const { id } of named) {
    if (seen.has(id)) return fail('invalid', `Two steps have the id ${id}.`);
    seen.add(id);
  }
  return ok(named);
}

function resolveAction(sight: PlanSight, { action }: NamedStep): Result<Action> {
  const exact = isDraftEdit(action) ? resolveEdit(sight, action) : ok(action);
  return exact.ok ? tidyAction(sight.workspace, exact.value) : exact;
}

function resolveEdit(sight: PlanSight, { path, edits }: DraftEdit): Result<Action> {
  const content = sight.edit(path, edits);
  return content.ok ? ok({ kind: 'file.edit', path, content: content.value }) : content;
}

const isDraftEdit = (action: Action | DraftEdit): action is DraftEdit => 'edits' in action;

/** An edit that could not be made is kept with what it would have been judged by: its path. */
const withoutEdits = (action: Action | DraftEdit): Action =>
  isDraftEdit(action) ? { kind: 'file.edit', path: action.path, content: '' } : action;

const findingOf = (
  step: string,
  { code, message, hint }: { code: string; message: string; hint?: string },
): Finding => ({
  severity: 'error',
  code,
  step,
  message,
  ...(hint === undefined ? {} : { remedy: hint }),
});

const interactive = (step: string, program: string): Finding => ({
  severity: 'error',
  code: 'interactive',
  step,
  message: `${program} waits for keys, and nobody can press any while a plan runs.`,
  remedy:
    'Give it its input (input: …), or a terminal that nobody types into (terminal: true), or say all on its command line.',
});

const denied = (step: string, { because }: Decision): Finding => ({
  severity: 'error',
  code: 'denied',
  step,
  message: because.map(({ rule, reason }) => `${reason} (${rule})`).join('; '),
  remedy: 'Leave the step out, or change what it does; policy explain tells more.',
});
