import { rememberTexts } from './remember-texts.ts';

/** A string as canonical JSON. JSON.stringify is asked only where something has to be escaped. */
export const quote = (text: string): string =>
  /["\\\u0000-\u001f\ud800-\udfff]/.test(text) ? JSON.stringify(text) : `"${text}"`;

/** The same, for what stands in many records. */
export const quoteName = (name: string): string =>
  NAMES.get(name) ?? NAMES.learn(name, quote(name));

const NAMES = rememberTexts();
