/** What the comments of a line say, in whatever language it is written. */

const ALONE: readonly RegExp[] = [
  /^\/\/+\s*(.*)$/,
  /^\{?\s*\/\*+\s*(.*?)\s*\*+\/\s*\}?$/,
  /^<!--+\s*(.*?)\s*--+>$/,
  /^\{#-?\s*(.*?)\s*-?#\}$/,
  /^\{\{!-*\s*(.*?)\s*-*\}\}$/,
  /^<%(?:--|#)\s*(.*?)\s*(?:--)?%>$/,
  /^\(\*+\s*(.*?)\s*\*+\)$/,
  /^\{-+\s*(.*?)\s*-+\}$/,
  /^#+\s*(.*)$/,
  /^--+\s*(.*)$/,
  /^;+\s*(.*)$/,
  /^%+\s*(.*)$/,
  /^"""\s*(.*?)\s*"""$/,
  /^(?:REM|')\s+(.*)$/i,
];

/** The text of a line that is nothing but a comment, or null. */
export function commentText(line: string): string | null {
  const text = line.trim();
  for (const shape of ALONE) {
    const found = shape.exec(text);
    if (found) return (found[1] ?? '').trim();
  }
  return null;
}

/** The text of a line in the middle of a comment that several lines share. */
export const innerComment = (line: string): string | null =>
  /^\s*(?:\/\*+|\*)\s+([^*].*?)\s*(?:\*\/)?\s*$/.exec(line)?.[1] ??
  /^\s*(?:<!--+)\s*(.*)$/.exec(line)?.[1] ??
  null;

/** The comment behind code that does nothing, or that opens what the comment then stands for. */
export function commentBehind(line: string): string | null {
  const found =
    /^\s*(?:pass|\.\.\.|return(?: (?:null|None|nil|undefined))?;?|raise NotImplementedError(?:\(\))?|.*[{([:])\s*(?:\/\/+|#+|--+|\/\*+)\s*(.*?)\s*(?:\*+\/\s*[})\]]*[;,]?)?$/.exec(
      line,
    );
  return found?.[1] ?? null;
}

/** Whether a line is nothing but a comment in the language that the file's name tells. */
export function isCommentIn(path: string, line: string): boolean {
  const family = FAMILIES.find(({ files }) => files.test(path));
  return family?.line.test(line) ?? false;
}

const FAMILIES: readonly { readonly files: RegExp; readonly line: RegExp }[] = [
  {
    files:
      /\.(?:[cm]?[jt]sx?|java|kts?|scala|go|rs|c|cc|cpp|cxx|h|hh|hpp|cs|swift|dart|php|css|scss|less|groovy|proto)$/i,
    line: /^\s*\{?\s*(?:\/\/.*|\/\*.*\*\/\s*\}?)\s*$/,
  },
  {
    files:
      /(?:\.(?:py|pyi|rb|sh|bash|zsh|ya?ml|toml|pl|r|jl|ex|exs|tf|nix|cmake|mk)|(?:^|\/)(?:makefile|dockerfile|gemfile|rakefile)[^/]*)$/i,
    line: /^\s*#(?!!).*$/,
  },
  { files: /\.(?:sql|lua|hs|elm|ada)$/i, line: /^\s*--.*$/ },
  { files: /\.(?:html?|xml|svg|vue|svelte)$/i, line: /^\s*<!--.*-->\s*$/ },
];
