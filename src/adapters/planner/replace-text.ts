import { UNICODE } from '../../core/planner/names/language.ts';
import { findWords, replaceSpans } from '../../core/planner/names/places.ts';
import type { Find, Request } from '../../core/planner/request.ts';
import { fail, ok } from '../../core/result.ts';
import type { DraftStep, Result } from '../../core/types.ts';
import type { Outcome, Sight } from './outcome.ts';
import { checkSize, nothingSkipped, readCandidates, remarksOn } from './read-candidates.ts';
import { createRegexWorker, type Replaced } from './regex-worker.ts';
import { count, nameSome } from './remarks.ts';
import { filesOfScope, type ScopedFile } from './scope-files.ts';

type Replace = Request & { readonly kind: 'replace' };

/** Replaces one text after the other; a failure ends it. */
type Replacer = { replace(text: string): Promise<Result<Replaced>>; close(): void };

/** One edit for each file in which the text stands or the pattern matches. */
export async function replaceText(sight: Sight, request: Replace): Promise<Result<Outcome>> {
  const files = await filesOfScope(sight.workspace, sight.view, request.scope, sight.signal);
  if (!files.ok) return files;
  const replacer = replacerFor(request, sight.signal);
  if (!replacer.ok) return replacer;
  try {
    return await replaceIn(sight, request, files.value, replacer.value);
  } finally {
    replacer.value.close();
  }
}

async function replaceIn(
  sight: Sight,
  { find, replacement, scope }: Replace,
  files: readonly ScopedFile[],
  replacer: Replacer,
): Promise<Result<Outcome>> {
  const skipped = nothingSkipped();
  const steps: DraftStep[] = [];
  let bytes = 0;
  const needle = find.kind === 'regex' ? null : Buffer.from(find.text);
  for await (const { path, text, mark } of readCandidates(sight, files, needle, skipped)) {
    const replaced = await replacer.replace(text);
    if (!replaced.ok)
      return fail(replaced.error.code, `${path}: ${replaced.error.message}`, {
        ...(replaced.error.hint === undefined ? {} : { hint: replaced.error.hint }),
      });
    if (replaced.value.count === 0 || replaced.value.text === text) continue;
    const content = mark + replaced.value.text;
    bytes += content.length;
    const size = checkSize(sight.signal, bytes);
    if (!size.ok) return size;
    steps.push({
      title: `replace ${display(find)}, ${count(replaced.value.count, 'place')}`,
      why: `${display(find)} stands in ${path}; in its place comes ${JSON.stringify(replacement)}.`,
      action: { kind: 'file.edit', path, content },
    });
  }
  const done = checkSize(sight.signal, bytes);
  if (!done.ok) return done;
  const open = remarksOn(skipped);
  if (steps.length > 0) return ok({ steps, open });
  const where = scope.kind === 'everywhere' ? 'the workspace' : nameSome(scope.paths);
  return fail(
    'not-found',
    `${display(find)} changes nothing in ${where} (${count(files.length, 'file')} looked at).`,
    open.length === 0 ? {} : { hint: open.join(' ') },
  );
}

function replacerFor({ find, replacement }: Replace, signal: AbortSignal): Result<Replacer> {
  if (find.kind === 'regex') {
    const flags = [...new Set(`${find.flags}gu`)].join('');
    try {
      new RegExp(find.source, flags);
    } catch (cause) {
      return fail('usage', `${display(find)} is no pattern: ${(cause as Error).message}.`, {
        hint: 'Patterns are JavaScript with the flag u, in which every odd escape is an error.',
      });
    }
    return ok(createRegexWorker({ source: find.source, flags }, replacement, signal));
  }
  const replace = async (text: string): Promise<Result<Replaced>> => {
    const spans =
      find.kind === 'word' ? findWords(text, find.text, UNICODE) : spansOf(text, find.text);
    return ok({ text: replaceSpans(text, spans, replacement), count: spans.length });
  };
  return ok({ replace, close: () => undefined });
}

function spansOf(text: string, searched: string) {
  const spans: { start: number; end: number }[] = [];
  for (let at = text.indexOf(searched); at >= 0; ) {
    const end = at + searched.length;
    spans.push({ start: at, end });
    at = text.indexOf(searched, end);
  }
  return spans;
}

const display = (find: Find): string =>
  find.kind === 'regex' ? `/${find.source}/${find.flags}` : JSON.stringify(find.text);
