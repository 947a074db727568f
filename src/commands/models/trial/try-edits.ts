import { ok } from '../../../core/result.ts';
import {
  COPY_TOKENS,
  EDIT_CASES,
  type EditCase,
  makeCopyCase,
} from '../../../core/trial/edit-cases.ts';
import { editMessages, judgeEdit } from '../../../core/trial/judge-edit.ts';
import { type Copy, count, NOTHING_TRIED, type Tally } from '../../../core/trial/trials.ts';
import { EDIT_FORMS, type EditForm, type Result } from '../../../core/types.ts';
import type { Parses } from '../../../ports.ts';
import type { Answer, Bench, Talker, Wish } from './open-bench.ts';

export type TriedForms = {
  readonly forms: Readonly<Record<EditForm, Tally>>;
  readonly isWhole: boolean;
};

/** File by file, so that all forms were tried equally often when the time is over. */
export async function tryForms(
  bench: Bench,
  talker: Talker,
  until: number,
): Promise<Result<TriedForms>> {
  const forms: Record<EditForm, Tally> = {
    whole: NOTHING_TRIED,
    'search-replace': NOTHING_TRIED,
    udiff: NOTHING_TRIED,
    'apply-patch': NOTHING_TRIED,
  };
  const parses = await loadGrammars(bench);
  for (const trial of EDIT_CASES) {
    for (const form of EDIT_FORMS) {
      const answer = await bench.ask(talker, wishOf(bench, trial, form, until));
      if (answer.kind === 'failed') return { ok: false, error: answer.error };
      if (answer.kind === 'no-time') return ok({ forms, isWhole: false });
      forms[form] = count(forms[form], problemOf(answer, trial, form, parses));
    }
  }
  return ok({ forms, isWhole: true });
}

/** Whole files that grow, until one is not given back as it was. */
export async function tryCopies(
  bench: Bench,
  talker: Talker,
  { contextTokens, until }: { readonly contextTokens: number; readonly until: number },
): Promise<Result<{ readonly copies: readonly Copy[]; readonly isWhole: boolean }>> {
  const copies: Copy[] = [];
  const parses = await loadGrammars(bench);
  for (const tokens of COPY_TOKENS.filter((size) => size * ROOM <= contextTokens)) {
    const trial = makeCopyCase(tokens, bench.estimate);
    const answer = await bench.ask(talker, wishOf(bench, trial, 'whole', until));
    if (answer.kind === 'failed') return { ok: false, error: answer.error };
    if (answer.kind === 'no-time') return ok({ copies, isWhole: false });
    const problem = problemOf(answer, trial, 'whole', parses);
    copies.push({ tokens, problem });
    if (problem !== null) break;
  }
  return ok({ copies, isWhole: true });
}

/** A file stands in a window twice, with what is asked around it. */
const ROOM = 2.4;

const loadGrammars = ({ context }: Bench): Promise<Parses> =>
  context.readers.syntax.load(
    EDIT_CASES.map(({ path }) => path),
    context.signal,
  );

function wishOf({ estimate }: Bench, trial: EditCase, form: EditForm, until: number): Wish {
  const own = estimate(trial.before);
  const isWhole = form === 'whole';
  return {
    messages: editMessages(trial, form),
    output: { kind: 'text' },
    maxTokens: isWhole ? Math.ceil(own * 1.3) + 200 : 500,
    expectedTokens: isWhole ? own : 100,
    until,
  };
}

function problemOf(
  answer: Answer & { readonly kind: 'answered' | 'wrong' },
  trial: EditCase,
  form: EditForm,
  parses: Parses,
): string | null {
  if (answer.kind === 'wrong') return answer.why;
  const { why, text } = answer.end;
  return why === 'stop' ? judgeEdit(text, trial, form, parses) : 'The answer broke off.';
}
