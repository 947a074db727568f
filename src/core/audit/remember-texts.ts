/**
 * What was found about short texts: the same few stand in one record after the other, and looking
 * at each anew takes longer than all the rest of what an append does itself.
 */
export function rememberTexts(): Map<string, string> & {
  learn(text: string, found: string): string;
} {
  const known = new Map<string, string>();
  const learn = (text: string, found: string): string => {
    if (text.length > MAX_LENGTH) return found;
    if (known.size >= MAX_KNOWN) known.clear();
    known.set(text, found);
    return found;
  };
  return Object.assign(known, { learn });
}

const MAX_LENGTH = 40;
const MAX_KNOWN = 500;
