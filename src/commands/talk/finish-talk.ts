import { estimateTokens } from '../../core/models/estimate-tokens.ts';
import { troubleOf } from '../../core/models/trouble.ts';
import { findCitations } from '../../core/prompt/find-citations.ts';
import { joinSources } from '../../core/prompt/join-sources.ts';
import type { Packed } from '../../core/prompt/pack-context.ts';
import type { Shares } from '../../core/prompt/share-window.ts';
import { ok } from '../../core/result.ts';
import { entriesOfRounds, placesOfRounds, type Round } from '../../core/tools/look-rounds.ts';
import type {
  ChatEnd,
  ContextEntry,
  Json,
  Outcome,
  Result,
  Source,
  Turn,
} from '../../core/types.ts';
import type { CommandContext } from '../command.ts';
import type { Heard } from './hear-answer.ts';
import { brokenOffNote, noteBlock, sourcesBlock } from './talk-blocks.ts';

/** What came of a question: the answer, and all that the model was given for it. */
export type Answered = {
  readonly heard: Heard;
  readonly packed: Packed;
  /** What it looked at by itself. */
  readonly rounds: readonly Round[];
};

export function turnOf(
  { command, asked }: { readonly command: string; readonly asked: string },
  model: string,
  { heard: { result, text }, packed, rounds }: Answered,
  given: { readonly tokens: number; readonly shares: Shares; readonly tookMs: number },
): Turn {
  const end = result.ok ? result.value : null;
  const trouble = result.ok ? undefined : troubleOf(result.error);
  return {
    command,
    asked,
    answer: end?.text ?? text,
    outcome: result.ok ? (result.value.why === 'stop' ? 'done' : 'broken-off') : result.error.code,
    ...(trouble === undefined ? {} : { trouble }),
    model,
    host: end?.host ?? '',
    promptTokens: end?.promptTokens ?? packed.tokens,
    answerTokens: end?.answerTokens ?? estimateTokens(text),
    contextTokens: given.tokens,
    roomTokens: given.shares.answerTokens,
    tookMs: given.tookMs,
    context: [...packed.entries, ...entriesOfRounds(rounds, estimateTokens)],
  };
}

/** Shows where the answer stands, and says all of it as data. */
export function finishTalk(
  { show }: CommandContext,
  end: ChatEnd,
  { packed, rounds }: Answered,
  notes: readonly string[],
): Result<Outcome> {
  const given = joinSources([
    ...sourcesIn(packed.entries),
    ...sourcesIn(entriesOfRounds(rounds, () => 0)),
  ]);
  const cited = joinSources(findCitations(end.text, [...given, ...placesOfRounds(rounds)]));
  const isCited = cited.length > 0;
  const sources = isCited ? cited : given;
  const broken = brokenOffNote(end);
  for (const note of broken) show(noteBlock(note));
  show(sourcesBlock(sources, isCited, end));
  const { model, promptTokens, answerTokens } = end;
  const data: Json = {
    answer: end.text,
    sources: sources.map(({ path, startLine, endLine }) => ({ path, startLine, endLine })),
    model,
    promptTokens,
    answerTokens,
    truncated: end.why !== 'stop',
    cited: isCited,
    notes: [...notes, ...broken],
  };
  return ok({ kind: 'looked', data });
}

const sourcesIn = (entries: readonly ContextEntry[]): readonly Source[] =>
  entries.flatMap(({ fate, source }) =>
    fate === 'left-out' || source === undefined ? [] : [source],
  );
