import type { ContextPart } from '../../core/prompt/context-part.ts';
import { readReference } from '../../core/prompt/find-mentions.ts';
import { fail } from '../../core/result.ts';
import type { Outcome, Result } from '../../core/types.ts';
import type { CommandContext } from '../command.ts';
import { readMentions } from './read-mentions.ts';
import { talkAboutIt } from './talk.ts';

/** Asks one thing about files that are named: `path`, `path:10-40`, or the name of a definition. */
export async function talkAboutFiles(
  context: CommandContext,
  about: {
    readonly command: string;
    readonly request: string;
    readonly references: readonly string[];
    readonly isThinking: boolean;
    readonly mayLook: boolean;
  },
): Promise<Result<Outcome>> {
  const { command, references, isThinking, mayLook } = about;
  const listed = await context.readers.files.list(context.signal);
  if (!listed.ok) return listed;
  const mentions = references.map((word) => ({ raw: word, ...readReference(word) }));
  const { parts, problems } = await readMentions(mentions, listed.value, context);
  if (parts.length === 0) {
    return fail('not-found', problems.join(' ') || 'Nothing was named.', {
      hint: 'Name a file, lines of it as path:10-40, or a function.',
    });
  }
  return talkAboutIt(context, {
    command,
    asked: `${command} ${references.join(' ')}`,
    request: `${about.request}\nIt is about: ${nameParts(parts)}`,
    parts,
    problems,
    isThinking,
    hasTranscript: false,
    mayLook,
  });
}

const nameParts = (parts: readonly ContextPart[]): string =>
  parts.map(({ label }) => label).join(', ');
