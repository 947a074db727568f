import type { ContextPart } from '../../core/prompt/context-part.ts';
import { findMentions } from '../../core/prompt/find-mentions.ts';
import { ok } from '../../core/result.ts';
import { termsOf } from '../../core/retrieval/words.ts';
import type { Failure, Result } from '../../core/types.ts';
import type { Passage } from '../../ports.ts';
import type { CommandContext } from '../command.ts';
import { mayGive } from './may-give.ts';
import { type MentionsRead, readMentions } from './read-mentions.ts';

const MAX_PASSAGES = 12;
/** What has less to do with the question than this, of what the best one has, leads astray. */
const LEAST_SHARE = 0.2;
const PASSAGE_PRIORITY = 40;
const MAP_PRIORITY = 10;
const MAX_MAPPED = 80;
/** A question of fewer words of its own goes on with the one before it. */
const FEW_TERMS = 2;

/** What could help to answer a question: what it names, what is found, and what files there are. */
export async function gather(
  question: string,
  context: CommandContext,
): Promise<Result<MentionsRead>> {
  const mentions = findMentions(question);
  const sought = termsFor(question, context);
  if (mentions.length === 0 && sought === '') return ok({ parts: [], problems: [] });
  const listed = await context.readers.files.list(context.signal);
  if (!listed.ok) return goOnWithout(listed);
  const named = await readMentions(mentions, listed.value, context);
  const found = sought === '' ? ok([]) : await search(sought, context);
  const sure = found.ok ? ok({ parts: found.value, problems: [] }) : goOnWithout(found);
  if (!sure.ok) return sure;
  const passages = sure.value.parts.filter(
    (part) => !named.parts.some((one) => isInside(part, one)),
  );
  return ok({
    parts: [...mapOf(listed.value), ...passages, ...named.parts],
    problems: [...named.problems, ...sure.value.problems],
  });
}

/** A question can be asked without files, as long as it is said that there are none. */
function goOnWithout(failed: {
  readonly ok: false;
  readonly error: Failure;
}): Result<MentionsRead> {
  if (failed.error.code === 'cancelled') return failed;
  const problem = `The project could not be searched, so nothing of it was given: ${failed.error.message}`;
  return ok({ parts: [], problems: [problem] });
}

/** Empty where nothing is asked about: a greeting needs no files. */
function termsFor(question: string, { turns }: CommandContext): string {
  const own = termsOf(question);
  if (own.length >= FEW_TERMS) return question;
  const before = turns.at(-1)?.asked ?? '';
  const isQuestion = own.length > 0 || question.includes('?');
  const both = `${question} ${before}`;
  return isQuestion && termsOf(both).length > 0 ? both : '';
}

async function search(
  text: string,
  context: CommandContext,
): Promise<Result<readonly ContextPart[]>> {
  const { retriever } = context.readers;
  const found = await retriever.search({ text, limit: MAX_PASSAGES }, context.signal);
  if (!found.ok) return found;
  const [best] = found.value.passages;
  const least = (best?.score ?? 0) * LEAST_SHARE;
  const parts: ContextPart[] = [];
  for (const [rank, passage] of found.value.passages.entries()) {
    if (passage.score < least || !(await mayGive(passage.path, context, 'found')).ok) continue;
    parts.push(partOf(passage, rank));
  }
  // The best stands last, next to the question.
  return ok(parts.reverse());
}

const partOf = ({ path, startLine, endLine, text }: Passage, rank: number): ContextPart => ({
  kind: 'passage',
  label: `${path}:${startLine}-${endLine}`,
  text,
  priority: PASSAGE_PRIORITY - rank / 100,
  cut: rank === 0 ? 'lines' : 'whole',
  source: { path, startLine, endLine },
});

const isInside = ({ source: inner }: ContextPart, { source: outer }: ContextPart): boolean =>
  inner !== undefined &&
  outer !== undefined &&
  inner.path === outer.path &&
  inner.startLine >= outer.startLine &&
  inner.endLine <= outer.endLine;

function mapOf(paths: readonly string[]): readonly ContextPart[] {
  if (paths.length === 0) return [];
  const depthOf = (path: string): number => path.split('/').length;
  const shallow = paths.toSorted((one, two) => depthOf(one) - depthOf(two)).slice(0, MAX_MAPPED);
  const label =
    paths.length > MAX_MAPPED ? `${MAX_MAPPED} of ${paths.length} files` : 'files of the project';
  const text = shallow.toSorted().join('\n');
  return [{ kind: 'map', label, text, priority: MAP_PRIORITY, cut: 'lines' }];
}
