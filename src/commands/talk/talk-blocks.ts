import type { Block, ChatEnd, ContextEntry, Source } from '../../core/types.ts';

const MAX_SOURCES = 8;

const nameSource = ({ path, startLine, endLine }: Source): string =>
  startLine === endLine ? `${path}:${startLine}` : `${path}:${startLine}-${endLine}`;

/** Where an answer comes from, and how fast it came. */
export function sourcesBlock(sources: readonly Source[], isCited: boolean, end: ChatEnd): Block {
  const named = sources.slice(0, MAX_SOURCES).map(nameSource);
  const more = sources.length > MAX_SOURCES ? [`and ${sources.length - MAX_SOURCES} more`] : [];
  const label = isCited || sources.length === 0 ? [] : ['given, none cited:'];
  const parts = [...label, ...named, ...more, speedOf(end)];
  return { kind: 'text', text: parts.join('    '), tone: 'dim' };
}

function speedOf({ answerTokens, answerMs, totalMs, isCached }: ChatEnd): string {
  if (isCached) return 'answered before';
  const perSecond = answerMs > 0 ? `${Math.round((answerTokens * 1_000) / answerMs)} tok/s · ` : '';
  return `${perSecond}${(totalMs / 1_000).toFixed(1)} s`;
}

/** What was asked for by name and did not go in as it is. */
export function cutNotes(entries: readonly ContextEntry[]): readonly string[] {
  return entries
    .filter(({ kind, fate }) => kind === 'mention' && fate !== 'whole')
    .map(({ label, fate, source }) =>
      fate === 'left-out'
        ? `${label} did not fit into the window and was left out.`
        : `Of ${label} only ${source === undefined ? 'the beginning' : `lines ${source.startLine} to ${source.endLine}`} fit into the window.`,
    );
}

/** Announced when more of the talk goes in short form, or not at all, than before. */
export function compactionNote(
  now: { readonly shortened: number; readonly dropped: number },
  before: { readonly shortened: number; readonly dropped: number },
): readonly string[] {
  if (now.shortened + now.dropped <= before.shortened + before.dropped) return [];
  const short = now.shortened > 0 ? [`${now.shortened} earlier answers go in short form`] : [];
  const gone = now.dropped > 0 ? [`${now.dropped} earlier exchanges no longer go in`] : [];
  return [`To make room in the window, ${[...short, ...gone].join(' and ')}.`];
}

/** Why an answer is not whole. */
export function brokenOffNote({ why, answerTokens }: ChatEnd): readonly string[] {
  if (why === 'stop') return [];
  const reason =
    why === 'length'
      ? `it reached the room kept for answers, ${answerTokens} tokens`
      : 'the window is full';
  return [`The answer breaks off here: ${reason}. Ask for a part of it, or say: go on.`];
}

export const noteBlock = (text: string): Block => ({ kind: 'text', text, tone: 'warn' });
