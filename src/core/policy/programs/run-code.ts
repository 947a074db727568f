import { addFact, addTrait, type Context, runShellText } from '../shell/evaluator.ts';
import { hasUnknown, isForeign, isMade, isStatic, shown } from '../shell/marks.ts';

/** Code in the command itself: shell is judged as such, other languages by what they name. */
export function runCode(
  context: Context,
  language: string,
  text: string,
  positional: readonly string[] = [],
): void {
  if (isForeign(text)) addTrait(context, 'remote-code', `${language} runs what came from outside`);
  else if (isMade(text))
    addTrait(context, 'decoded-code', `${language} runs what text tools put together`);
  if (language === 'shell') {
    runShellCode(context, text, positional);
    return;
  }
  addFact(context, { about: 'code', language, text: squeeze(shown(text)) });
}

function runShellCode(context: Context, text: string, positional: readonly string[]): void {
  if (isStatic(text)) {
    runShellText(text, context, positional);
    return;
  }
  if (hasUnknown(text)) addTrait(context, 'dynamic-shell', shown(text));
  // Globs are read by the inner shell again; what is unknown is kept out of the parser's way.
  runShellText(
    shown(text).replaceAll('$(…)', '"$_"').replaceAll('$…', '"$_"'),
    context,
    positional,
  );
}

/** Blanks and string joins hide names from a reader; without them `o s . system` is one word. */
const squeeze = (text: string): string =>
  text.replace(/['"`]\s*[+.]?\s*['"`]/g, '').replace(/[^\S\n]+/g, ' ');
