import { type Finished, finishPlan, type Judged } from '../../core/plan/finish-plan.ts';
import { validatePlan } from '../../core/plan/validate-plan.ts';
import { riskier } from '../../core/policy/rules/verdicts.ts';
import { fail, ok } from '../../core/result.ts';
import { findCageProblems } from '../../core/run/find-cage-problems.ts';
import { findInteractive } from '../../core/run/find-interactive.ts';
import type {
  Action,
  CageReport,
  CageRules,
  Content,
  DraftEdit,
  PlanDraft,
  Result,
  Situation,
  StepEffects,
} from '../../core/types.ts';
import type { Readers } from '../../ports.ts';
import type { CommandContext } from '../command.ts';
import {
  explainAction,
  factsOf,
  indexUseOf,
  inside,
  isRun,
  repositoryUseOf,
} from './explain-action.ts';
import { lookAtRepository } from './look-at-repository.ts';
import { lookAtStaged } from './look-at-staged.ts';

type Looking = Pick<CommandContext, 'readers' | 'situation' | 'signal'>;

/** Makes a plan of a draft by looking at the workspace and the rules, and says what is to be said. */
export async function finishDraft(
  { readers, situation, signal }: Looking,
  id: string,
  draft: PlanDraft,
): Promise<Result<Finished>> {
  const { images, hashing } = readers;
  const cages = await lookAtCages(readers, situation, draft, signal);
  if (!cages.ok) return cages;
  const staged = await lookAtStaged(readers, situation, draft, signal);
  if (staged?.ok === false && staged.error.code === 'cancelled') return staged;
  const isShownFirst = cages.value !== null && cages.value.report.view !== 'direct';
  const finished = finishPlan(
    {
      workspace: situation.workspace,
      world: images,
      modes: images.newModes,
      measure: hashing.measure,
      hashing,
      judge: (action) => judge(readers, situation, action, isShownFirst),
      edit: (path, edits) => makeEdits(readers, path, edits),
      staged,
      repository: cages.value === null ? null : lookAtRepository(readers, cages.value.report),
    },
    id,
    draft,
  );
  if (!finished.ok) return finished;
  const { plan, findings } = finished.value;
  const free = images.freeBytes();
  const more = validatePlan(plan, {
    freeBytes: free.ok ? free.value : null,
    textOf: (path) => textOf(readers, path),
  });
  const cage =
    cages.value === null ? [] : findCageProblems(plan, cages.value.rules, cages.value.report);
  return ok({ plan, findings: [...findings, ...more, ...cage] });
}

type Cages = { readonly rules: CageRules; readonly report: CageReport };

/** Only a plan that runs something needs to know; trying it takes a moment. */
async function lookAtCages(
  { policy, cages }: Readers,
  { level }: Situation,
  { steps }: PlanDraft,
  signal: AbortSignal,
): Promise<Result<Cages | null>> {
  if (!steps.some(({ action }) => 'kind' in action && isRun(action.kind))) return ok(null);
  const rules = policy.cage(level);
  return rules.ok ? ok({ rules: rules.value, report: await cages.report(signal) }) : rules;
}

function textOf({ images, hashing }: Readers, path: string): string | null {
  const loaded = images.load(path);
  const content = loaded.ok ? hashing.contentOf(loaded.value.bytes) : null;
  return typeof content === 'string' ? content : null;
}

function judge(
  readers: Readers,
  situation: Situation,
  action: Action,
  isShownFirst: boolean,
): Result<Judged> {
  const explained = explainAction(readers, situation, action);
  if (!explained.ok) return explained;
  const { decision } = explained.value;
  const facts = factsOf(explained.value);
  const isProcess = action.kind === 'shell.run' || action.kind === 'git.run';
  const pathsOf = (accesses: readonly string[]) =>
    facts.flatMap((fact) =>
      fact.about === 'access' && accesses.includes(fact.access)
        ? [inside(situation.workspace, fact.path)]
        : [],
    );
  const effects: StepEffects = {
    runs: facts.flatMap((fact) => (isProcess && fact.about === 'program' ? [fact.name] : [])),
    writes: isProcess ? pathsOf(['write', 'move']) : [],
    deletes: isProcess ? pathsOf(['delete']) : [],
    network: facts.flatMap((fact) => (fact.about === 'address' ? [fact.value] : [])),
    isReversible: isProcess ? isShownFirst : action.kind !== 'plugin.call',
  };
  const usesNetwork = isProcess && action.network === true;
  const asked = usesNetwork ? { ...decision, risk: riskier(decision.risk, 'high') } : decision;
  const waits = findInteractive(action, facts);
  const index = indexUseOf(readers, situation, facts);
  const repository = repositoryUseOf(readers, situation, facts);
  return ok({ decision: asked, effects, waits, index, repository });
}

/** Each search must stand in the file exactly once; all of them refer to the file as it lies. */
function makeEdits(readers: Readers, path: string, edits: DraftEdit['edits']): Result<Content> {
  const text = textOf(readers, path);
  if (text === null) return fail('not-found', `${path} is not there, or it is no text.`);
  const places: { readonly from: number; readonly to: number; readonly replace: string }[] = [];
  for (const { search, replace } of edits) {
    if (search === '') return fail('invalid', `An edit of ${path} searches for nothing.`);
    const from = text.indexOf(search);
    if (from < 0) return fail('changed', `${path} does not hold ${JSON.stringify(search)}.`);
    if (text.indexOf(search, from + 1) >= 0) {
      return fail('invalid', `${path} holds ${JSON.stringify(search)} more than once.`, {
        hint: 'Take more of the text around it into the search.',
      });
    }
    places.push({ from, to: from + search.length, replace });
  }
  places.sort((a, b) => a.from - b.from);
  let result = '';
  let at = 0;
  for (const { from, to, replace } of places) {
    if (from < at) return fail('invalid', `Two edits of ${path} touch the same text.`);
    result += text.slice(at, from) + replace;
    at = to;
  }
  return ok(result + text.slice(at));
}
