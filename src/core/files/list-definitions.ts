import { findDefinition } from '../prompt/find-definition.ts';
import { linesOf } from '../prompt/render-part.ts';

export type Definition = {
  readonly name: string;
  readonly startLine: number;
  readonly endLine: number;
  /** The line that defines it. */
  readonly text: string;
};

const WORDS =
  'export|default|public|private|protected|internal|static|async|abstract|final|pub(?:\\(\\w+\\))?|open|override|declare|readonly|get|set';
const KINDS =
  'function|class|interface|type|enum|const|let|var|def|fn|func|struct|trait|impl|mod|module|namespace|object|record|protocol|extension|sub';
const DECLARED = new RegExp(
  `^(\\s*)(?:(?:${WORDS})\\s+)*(${KINDS})\\s+(?:\\([^)]*\\)\\s*)?\\*?([\\p{L}_$][\\p{L}\\p{N}_$]*)`,
  'u',
);
const METHOD = new RegExp(
  `^(?:\\t|\\s{2,4})(?:(?:${WORDS})\\s+)*([\\p{L}_$][\\p{L}\\p{N}_$]*)\\s*(?:<[^>]*>)?\\([^;]*\\{\\s*$`,
  'u',
);
const HEADING = /^#{1,4}\s+(.+?)\s*#*$/;
const NO_METHOD = /^(?:if|for|while|switch|catch|function|return|with|else|do|try)$/;
const LOCAL = /^(?:const|let|var|type|object)$/;
const MOST_CHARS = 200;

/** What a text defines, without a parser: roughly right, and in its order. */
export function listDefinitions(path: string, text: string): readonly Definition[] {
  const isProse = /\.(?:md|markdown|mdx)$/i.test(path);
  return linesOf(text).flatMap((whole, at): readonly Definition[] => {
    const line = whole.slice(0, MOST_CHARS);
    const name = isProse ? (HEADING.exec(line)?.[1] ?? null) : nameIn(line);
    if (name === null) return [];
    return [{ name, startLine: at + 1, endLine: at + 1, text: line.trimEnd() }];
  });
}

function nameIn(line: string): string | null {
  const declared = DECLARED.exec(line);
  if (declared !== null) {
    const [, indent = '', kind = '', name = ''] = declared;
    return indent !== '' && LOCAL.test(kind) ? null : name;
  }
  const method = METHOD.exec(line)?.[1];
  return method === undefined || NO_METHOD.test(method) ? null : method;
}

/** Those of a file that have this very name, with all of their lines. */
export function findDefinitions(path: string, text: string, name: string): readonly Definition[] {
  const last = name.split(/\.|::|#/).at(-1) ?? name;
  if (!text.includes(last)) return [];
  const lines = linesOf(text);
  return listDefinitions(path, text)
    .filter((definition) => definition.name === last)
    .map((definition) => {
      const rest = lines.slice(definition.startLine - 1).join('\n');
      const place = findDefinition(rest, last);
      const length = place?.startLine === 1 ? place.endLine - 1 : 0;
      return { ...definition, endLine: definition.startLine + length };
    });
}
