/**
 * What the grammars do not know, though the languages have it. An error in a text that holds such
 * a thing proves nothing by itself; only brackets that do not close still do.
 */
const GAPS: Readonly<Record<string, RegExp>> = {
  bash: /[?*+@!]\(|<<.*<</,
  'c-sharp':
    /[=(,:?>[]\s*\[\s*\]|\[\s*\.\.|\.\. ?var|\.\.\s*\w+\s*[\],]|\bextension\s*\(|\ballows\b/,
  // The grammar is that of C++, whose words are names in C.
  cpp: /\b(class|new|delete|template|this|try|catch|throw|namespace|private|public|protected|using|operator|typename|virtual|friend|mutable|explicit|export|typeof|_Generic|and|or|not|xor)\b|\)\s*\n?\s*(int|char|long|short|float|double|unsigned|struct)\b[^;{}()]*;\s*\{/,
  css: /(?:)/,
  javascript: /\baccessor\b|\bimport (defer|source)\b|&(?![&=\w#])|`/,
  php: /\b(get|set)\b|\|>|\(set\)/,
  tsx: /<[^<>]*\b(in|out)\b|\baccessor\b|&(?![&=\w#])|\btype \*|\bimport\(/,
  typescript: /<[^<>]*\b(in|out)\b|\baccessor\b|\btype \*|\bimport\(|\basserts;/,
};

export const hasGap = (grammar: string, text: string): boolean =>
  GAPS[grammar]?.test(text) ?? false;
