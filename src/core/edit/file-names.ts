/** The names of files that stand in lines of a reply. */

export type IsKnown = (path: string) => boolean;

const NAMES_WITHOUT_DOT =
  /(?:^|\/)(?:Makefile|Dockerfile|Containerfile|LICENSE|README|CHANGELOG|Gemfile|Rakefile|Procfile|Justfile|Vagrantfile|Jenkinsfile|CMakeLists\.txt|\.[A-Za-z][\w.-]*)$/;

/** A line that names a file and says nothing else: `src/a.ts`, `**File:** x`, `// x`, `### x:`. */
export function fileNameLine(line: string, isKnown: IsKnown): string | null {
  let text = line.trim();
  if (text === '' || text.length > 300) return null;
  const tag = /^<(?:path|file|file_?path|file_?name|target_file)>\s*([^<]+?)\s*<\/\w+>$/i.exec(
    text,
  );
  if (tag) return tag[1] ?? null;
  const attribute =
    /^<[\w-]+\b[^>]*?\b(?:path|file|name|file_?path|file_?name)\s*=\s*["']([^"']+)["'][^>]*>$/i.exec(
      text,
    );
  if (attribute) return attribute[1] ?? null;
  text = text
    .replace(/^(?:\/\*+|<!--+|\/\/+|--(?=\s)|;+)\s*/, '')
    .replace(/\s*(?:\*\/|--+>)$/, '')
    .replace(/^(?:(?:[#>*+-]+|\d+[.)])\s+)+/, '')
    .replace(/^[#=]+\s*|\s*[#=]+$/g, '');
  let isQuoted = false;
  for (let pass = 0; pass < 4; pass += 1) {
    const before = text;
    text = text
      .trim()
      .replace(
        /^(?:\*\*|__)?(?:[Ii]n |[Tt]o )?(?:(?:new |the )?file ?(?:name|path)?|path|update|updated|modify|edit|editing|create|creating|new|changes? (?:in|to|for)|in)(?:\*\*|__)?\s*(?::|=|\s(?=[`"*]))\s*(?:\*\*|__)?\s*/i,
        '',
      )
      .replace(
        /\s*[([](?:new(?: file)?|updated?|modified|edited|create|changed|unchanged|full|complete)[)\]]\s*:?$/i,
        '',
      )
      .replace(/\s*[:,]$/, '');
    const quoted = /^(?:\*\*|__|["'`<])+([^"'`<>*]+?)(?:\*\*|__|["'`>]|:)+$/.exec(text);
    if (quoted) {
      isQuoted = true;
      text = quoted[1] ?? '';
    }
    if (text === before) break;
  }
  return looksLikePath(text, isKnown, isQuoted) ? text : null;
}

function looksLikePath(text: string, isKnown: IsKnown, mayHaveBlanks: boolean): boolean {
  if (text === '' || text.length > 260) return false;
  if (isKnown(text)) return true;
  if (/[<>"|?*`{}()=;,]/.test(text) || /[.:]$/.test(text)) return false;
  if (/\s/.test(text) && !(mayHaveBlanks && /\.\w{1,10}$/.test(text))) return false;
  if (/^[a-z]+:\/\/(?!\/)/i.test(text) && !text.startsWith('file:')) return false;
  return (
    /[/\\]/.test(text) ||
    /[^.]\.[A-Za-z][A-Za-z0-9]{0,9}$/.test(text) ||
    NAMES_WITHOUT_DOT.test(text)
  );
}

/** The files of the workspace that a sentence speaks of. */
export const knownFiles = (line: string, isKnown: IsKnown): readonly string[] =>
  line
    .split(/[\s`"'*()[\],;:<>]+/)
    .map((word) => word.replace(/^\.\//, '').replace(/[.!?]$/, ''))
    .filter((word) => word !== '' && isKnown(word));

/** The file that a sentence speaks of, where it speaks of one alone. */
export function mentionedFile(line: string, isKnown: IsKnown): string | null {
  const quoted = [...line.matchAll(/[`"'*]([^`"'*\s]+)[`"'*]/g)].map((found) => found[1] ?? '');
  const words = line.split(/[\s`"'*()[\],;:]+/).map((word) => word.replace(/\.$/, ''));
  const found = new Set([
    ...quoted.filter((word) => looksLikePath(word, isKnown, false) && /\.\w+$|\//.test(word)),
    ...words.filter((word) => isKnown(word)),
  ]);
  const paths = [...found].filter((word) => isKnown(word) || /\w\.\w+$/.test(word));
  return paths.length === 1 ? (paths[0] ?? null) : null;
}

/** The file that the line of an opening fence names: ```ts src/a.ts, ```src/a.ts, ```ts title="x". */
export function fenceFile(info: string, isKnown: IsKnown): string | null {
  const named = /(?:title|file|filename|path|name)\s*[=:]\s*["']?([^"'\s}]+)["']?/i.exec(info);
  if (named) return named[1] ?? null;
  const [first = '', second] = info.trim().split(/\s+/);
  if (second !== undefined) return fileNameLine(second, isKnown);
  const split = /^[\w+#-]+:(.+)$/.exec(first);
  if (split && looksLikePath(split[1] ?? '', isKnown, false)) return split[1] ?? null;
  return looksLikePath(first, isKnown, false) && (/[/.]/.test(first) || isKnown(first))
    ? first
    : null;
}
