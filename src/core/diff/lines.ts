/** Lines with their terminators: joined they are the text again, to the byte. */
export function splitLines(text: string): readonly string[] {
  const lines: string[] = [];
  for (let from = 0; from < text.length; ) {
    const newline = text.indexOf('\n', from);
    const to = newline < 0 ? text.length : newline + 1;
    lines.push(text.slice(from, to));
    from = to;
  }
  return lines;
}

export type Terminator = '\n' | '\r\n' | '';

export function terminatorOf(line: string): Terminator {
  if (!line.endsWith('\n')) return '';
  return line.endsWith('\r\n') ? '\r\n' : '\n';
}

/** A line without its terminator. */
export const bodyOf = (line: string): string =>
  line.slice(0, line.length - terminatorOf(line).length);

/** How most lines end; what differs from it is worth a word. */
export function usualTerminator(lines: readonly string[]): Terminator {
  let balance = 0;
  for (const line of lines) {
    const terminator = terminatorOf(line);
    if (terminator !== '') balance += terminator === '\r\n' ? 1 : -1;
  }
  return balance > 0 ? '\r\n' : '\n';
}
