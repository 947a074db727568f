const HEADING =
  /^\s{0,4}(?:(?:export|public|private|protected|internal|static|async|abstract|final|default|pub(?:\(\w+\))?|open|override|declare)\s+)*(?:function|class|interface|type|enum|const|let|def|fn|func|struct|trait|impl|mod|module|namespace|object|record|protocol|package|sub)\b|^#{1,4} |^\s{2,4}(?:async )?[\w$]+\([^;]*\)[^;]*\{\s*$/;
const MOST_LINES = 60;

/** What a file that is too long to be shown declares, line by line. */
export function skimText(text: string): string {
  const lines = text.split('\n').filter((line) => HEADING.test(line));
  return lines
    .slice(0, MOST_LINES)
    .map((line) => line.trimEnd().slice(0, 120))
    .join('\n');
}
