import type { ContextPart } from '../../core/prompt/context-part.ts';
import type { Mention } from '../../core/prompt/find-mentions.ts';
import { matchPath } from '../../core/prompt/match-path.ts';
import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';
import type { CommandContext } from '../command.ts';
import { findSymbol } from './find-symbol.ts';
import { PRIORITY, readFilePart } from './read-file-part.ts';

export type MentionsRead = {
  readonly parts: readonly ContextPart[];
  /** What could not be given, and why; in the words of a person. */
  readonly problems: readonly string[];
};

const MAX_NAMED = 4;
const MAX_LISTED = 200;

/** What a request names: files, lines of them, folders, or where a name is defined. */
export async function readMentions(
  mentions: readonly Mention[],
  paths: readonly string[],
  context: CommandContext,
): Promise<MentionsRead> {
  const parts: ContextPart[] = [];
  const problems: string[] = [];
  for (const mention of mentions) {
    const read = await readMention(mention, paths, context);
    if (read.ok) parts.push(...read.value);
    else problems.push(read.error.message);
  }
  return { parts, problems };
}

async function readMention(
  { raw, name, lines }: Mention,
  paths: readonly string[],
  context: CommandContext,
): Promise<Result<readonly ContextPart[]>> {
  const found = matchPath(name, paths);
  switch (found.kind) {
    case 'file': {
      const part = await readFilePart(found.path, lines, context);
      return part.ok ? ok([part.value]) : part;
    }
    case 'folder':
      return ok([folderPart(found.path, found.below)]);
    case 'several': {
      const some = found.paths.slice(0, MAX_NAMED).join(', ');
      return fail('not-found', `${raw} could be ${some}; write more of the path.`);
    }
    case 'none': {
      const parts = await findSymbol(name, paths, context);
      if (!parts.ok || parts.value.length > 0) return parts;
      return fail('not-found', `${raw} is no file here, and no definition of that name was found.`);
    }
    default:
      return found satisfies never;
  }
}

const folderPart = (path: string, below: readonly string[]): ContextPart => ({
  kind: 'mention',
  label: `${path}/ (${below.length} files)`,
  text: below.slice(0, MAX_LISTED).join('\n'),
  priority: PRIORITY,
  cut: 'lines',
});
