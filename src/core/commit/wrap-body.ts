/** What git, mails and pages show without breaking it. */
const MOST_COLUMNS = 72;

/** Prose in lines that end at a word; what is indented or has no blanks stays as it is. */
export const wrapBody = (body: string): string => body.split('\n').map(wrapLine).join('\n');

function wrapLine(line: string): string {
  if (line.length <= MOST_COLUMNS || /^(?: {2}|\t)/.test(line)) return line;
  const indent = /^(?:[-*]|\d+\.) /.exec(line)?.[0].replace(/./g, ' ') ?? '';
  const rows: string[] = [];
  let row = '';
  for (const word of line.split(' ')) {
    const longer = row === '' ? word : `${row} ${word}`;
    if (longer.length > MOST_COLUMNS && row.trim() !== '') {
      rows.push(row);
      row = `${indent}${word}`;
    } else row = longer;
  }
  return [...rows, row].join('\n');
}
