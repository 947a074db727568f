/** What in a reply is no part of the answer. */

/** Null: the reply ends while the model still thinks. */
export function stripReply(reply: string): string | null {
  const plain = reply
    .replace(/^\uFEFF/, '')
    .replace(/\r\n/g, '\n')
    .replace(/(?:<\|(?:im_end|endoftext|eot_id|end)\|>|<\/s>|<end_of_turn>)\s*$/g, '');
  return stripThinking(plain);
}

const OPEN = /^[ \t]*<(think|thinking|thought|reasoning)>/i;

/** Thinking stands at the beginning, or as a block of its own between other lines. */
function stripThinking(text: string): string | null {
  const lines = text.split('\n');
  const out: string[] = [];
  let inFence = false;
  let at = dropOrphan(lines);
  for (; at < lines.length; at += 1) {
    const line = lines[at] as string;
    const open = inFence ? null : OPEN.exec(line);
    if (open === null) {
      if (/^\s*(```|~~~)/.test(line)) inFence = !inFence;
      out.push(line);
      continue;
    }
    const close = new RegExp(`</${open[1]}>`, 'i');
    let end = at;
    while (end < lines.length && !close.test(lines[end] as string)) end += 1;
    if (end === lines.length) return null;
    const rest = (lines[end] as string).replace(new RegExp(`^.*?</${open[1]}>\\s*`, 'i'), '');
    at = end;
    if (rest !== '') {
      lines[end] = rest;
      at = end - 1;
    }
  }
  return out.join('\n');
}

/** Some templates open the thinking themselves, so that a reply only closes it. */
function dropOrphan(lines: readonly string[]): number {
  const close = lines.findIndex((line) => /^\s*<\/(think|thinking)>\s*/i.test(line));
  if (close < 0) return 0;
  const before = lines.slice(0, close);
  if (before.some((line) => OPEN.test(line))) return 0;
  const fences = before.filter((line) => /^\s*(```|~~~)/.test(line)).length;
  const opened = before.filter((line) => /^<{5,9} ?\w/.test(line)).length;
  const closed = before.filter((line) => /^>{5,9} ?\w/.test(line)).length;
  return fences % 2 === 0 && opened === closed ? close + 1 : 0;
}
