import { splitWords } from '../commands/words.ts';
import type { ShellRun } from '../types.ts';

type Command = { readonly argv: readonly string[] } | { readonly command: string };

/**
 * The words of a command that needs no shell. With an operator, an expansion, an assignment in
 * front or a word that only a shell knows, the text is kept as it is.
 */
function splitCommand(text: string): Command {
  const command = text.trim();
  if (needsShell(command)) return { command };
  const words = splitWords(command);
  const first = words.ok ? words.value[0] : undefined;
  if (!words.ok || first === undefined || first === '') return { command };
  return BUILTINS.has(first) || first.includes('=') ? { command } : { argv: words.value };
}

function needsShell(text: string): boolean {
  let quote = '';
  for (const char of text) {
    if (quote === '') {
      if (char === '"' || char === "'") quote = char;
      else if (/[|&;<>()$`*?[\]{}~#!\\\n\r]/.test(char)) return true;
    } else if (char === quote) quote = '';
    else if (quote === '"' && /[$`\\!]/.test(char)) return true;
  }
  return quote !== '';
}

const BUILTINS = new Set(
  `. : alias bg cd command declare dirs eval exec exit export fg for function hash if jobs let local
  popd pushd read readonly return set shift shopt source then time trap type typeset ulimit umask
  unalias unset until wait while`.split(/\s+/),
);

export const runOf = (text: string, cwd: string | null): ShellRun => ({
  kind: 'shell.run',
  ...splitCommand(text),
  ...(cwd === null ? {} : { cwd }),
});
