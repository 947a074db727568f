import type { Language } from './language.ts';

/** Why a name cannot take the place of another in this language; null where it can. */
export function objectionTo(language: Language, from: string, to: string): string | null {
  if (!language.shape.test(to)) return `“${to}” is no name in ${language.name}`;
  const signs = [from, to].map((name) => language.sign.exec(name)?.[0] ?? '');
  if (signs[0] !== signs[1])
    return `“${from}” and “${to}” have different signs in ${language.name}`;
  if (language.keywords.has(to)) return `“${to}” is a keyword of ${language.name}`;
  return null;
}

/** Words that have the shape of a name, for saying what was probably meant. */
export const namesIn = (text: string): readonly string[] =>
  text.match(/[\p{ID_Start}_$][\p{ID_Continue}$]{1,60}/gu) ?? [];
