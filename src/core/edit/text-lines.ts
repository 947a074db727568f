/** A text as lines, each with its own terminator, so that what is not changed keeps its bytes. */
export type TextLines = {
  readonly bom: string;
  readonly texts: readonly string[];
  readonly ends: readonly string[];
};

export type LineChange = {
  readonly start: number;
  readonly end: number;
  readonly lines: readonly string[];
};

const BOM = '\uFEFF';

export function splitText(text: string): TextLines {
  const bom = text.startsWith(BOM) ? BOM : '';
  const texts: string[] = [];
  const ends: string[] = [];
  let at = bom.length;
  while (at < text.length) {
    const newline = text.indexOf('\n', at);
    if (newline < 0) {
      texts.push(text.slice(at));
      ends.push('');
      break;
    }
    const isCrLf = newline > at && text[newline - 1] === '\r';
    texts.push(text.slice(at, isCrLf ? newline - 1 : newline));
    ends.push(isCrLf ? '\r\n' : '\n');
    at = newline + 1;
  }
  return { bom, texts, ends };
}

/** The lines of something a model wrote; a newline at its end ends its last line. */
export function linesOf(text: string): readonly string[] {
  if (text === '') return [];
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

/**
 * Puts the changes in, which are sorted and do not overlap. A new line ends as the line that it
 * replaces, else as its neighbour; the file ends with a newline as it did unless `finalNewline`
 * says something else.
 */
export function applyChanges(
  file: TextLines,
  changes: readonly LineChange[],
  finalNewline?: boolean,
): string {
  const usual = usualEnd(file.ends);
  const out: string[] = [];
  const ends: string[] = [];
  const copy = (from: number, to: number) => {
    for (let at = from; at < to; at += 1) {
      out.push(file.texts[at] ?? '');
      ends.push(file.ends[at] ?? '');
    }
  };
  let cursor = 0;
  for (const { start, end, lines } of changes) {
    copy(cursor, start);
    lines.forEach((line, index) => {
      const own = start + index < end ? file.ends[start + index] : undefined;
      out.push(line);
      ends.push(own || file.ends[end - 1] || file.ends[start - 1] || file.ends[end] || usual);
    });
    cursor = end;
  }
  copy(cursor, file.texts.length);
  const last = out.length - 1;
  const hasFinal = finalNewline ?? (file.ends.length === 0 || file.ends.at(-1) !== '');
  const pieces = out.map((text, at) => {
    if (at === last) return hasFinal ? `${text}${ends[at] || usual}` : text;
    return `${text}${ends[at] || usual}`;
  });
  return file.bom + pieces.join('');
}

function usualEnd(ends: readonly string[]): string {
  let crlf = 0;
  let lf = 0;
  for (const end of ends) {
    if (end === '\r\n') crlf += 1;
    else if (end === '\n') lf += 1;
  }
  return crlf > lf ? '\r\n' : '\n';
}
