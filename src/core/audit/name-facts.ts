import { quote } from './quote.ts';
import { redactText } from './redact-text.ts';
import { isHashName, secretKindOf } from './secret-names.ts';

/** What a field's name says about what stands in it. */
export type NameFacts = {
  /** As it is recorded: a name can hold a secret too. */
  readonly shown: string;
  /** The name itself as JSON. */
  readonly quoted: string;
  readonly isHash: boolean;
  readonly secretKind: string | null;
};

/**
 * Names come from code, so that the same few are asked about at every append; looking at them anew
 * would take longer than all the rest of the redaction. What is remembered is bounded, and no secret.
 */
export function factsOf(name: string): NameFacts {
  const known = KNOWN.get(name);
  if (known !== undefined) return known;
  const facts = learn(name);
  const isSafeToKeep = facts.shown === name && name.length <= MAX_KNOWN_LENGTH;
  if (isSafeToKeep && KNOWN.size < MAX_KNOWN) KNOWN.set(name, facts);
  return facts;
}

const KNOWN = new Map<string, NameFacts>();
const MAX_KNOWN = 1000;
const MAX_KNOWN_LENGTH = 100;

const learn = (name: string): NameFacts => ({
  shown: redactText(name),
  quoted: quote(name),
  isHash: isHashName(name),
  secretKind: secretKindOf(name),
});
