import { troubleOf } from '../../core/models/trouble.ts';
import { describeAction } from '../../core/plan/describe-action.ts';
import type { ChatEnd, ContextEntry, PlanDraft, Result, Turn } from '../../core/types.ts';
import type { Author } from './open-author.ts';

/** What was asked for, and what came of it in a few words. */
export type Told = {
  readonly command: string;
  readonly asked: string;
  readonly answer: Result<string>;
  readonly tookMs: number;
};

/** All exchanges for one plan as one turn, with the counts of the one that filled the window most. */
export function turnOf(
  { model, ends, edits, windowTokens }: Pick<Author, 'model' | 'ends' | 'edits' | 'windowTokens'>,
  { command, asked, answer, tookMs }: Told,
  context: readonly ContextEntry[],
): Turn {
  const heard = ends.flatMap((end) => (end.ok ? [end.value] : []));
  const fullest = heard.toSorted((a, b) => usedBy(b) - usedBy(a))[0];
  const trouble = answer.ok ? undefined : troubleOf(answer.error);
  return {
    command,
    asked,
    answer: answer.ok ? answer.value : '',
    outcome: answer.ok ? 'done' : answer.error.code,
    ...(trouble === undefined ? {} : { trouble }),
    model,
    host: fullest?.host ?? '',
    promptTokens: fullest?.promptTokens ?? 0,
    answerTokens: fullest?.answerTokens ?? 0,
    contextTokens: windowTokens,
    roomTokens: Math.max(0, windowTokens - (fullest?.promptTokens ?? 0)),
    tookMs,
    context,
    work: {
      requests: ends.length,
      promptTokens: heard.reduce((sum, { promptTokens }) => sum + promptTokens, 0),
      answerTokens: heard.reduce((sum, { answerTokens }) => sum + answerTokens, 0),
      cached: heard.filter(({ isCached }) => isCached).length,
      edits,
    },
  };
}

const usedBy = ({ promptTokens, answerTokens }: ChatEnd): number => promptTokens + answerTokens;

/** For questions that follow: what was proposed, without the code. */
export const sayDraft = ({ steps, open = [] }: PlanDraft): string =>
  [
    'A plan was proposed:',
    ...steps.map(
      ({ action, why }) => `- ${'edits' in action ? '' : describeAction(action)}: ${why}`,
    ),
    ...open.map((point) => `- not planned: ${point}`),
  ].join('\n');
