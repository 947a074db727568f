import type { Fact } from '../facts.ts';
import { parentOf } from '../paths/normalise.ts';
import type { Context } from '../shell/evaluator.ts';
import { isStatic } from '../shell/marks.ts';

/**
 * Where package managers and build tools put what a project runs. Such a file is the program that it
 * is named like, as long as nothing in this very command may have put another there.
 */
export function isInstalled(full: string, { evaluator, state }: Context): boolean {
  const { workspace } = evaluator.situation;
  const inside = full.startsWith(`${workspace}/`) ? full.slice(workspace.length + 1) : '';
  return (
    INSTALLED.test(inside) &&
    !state.files.has(full) &&
    !evaluator.collector.facts.some((fact) => mayReplace(fact, full))
  );
}

const INSTALLED = /^((node_modules\/\.|vendor\/)bin\/[^/]+|gradlew|mvnw)$/;

function mayReplace(fact: Fact, full: string): boolean {
  if (fact.about === 'program') return PATCHES.test(fact.name);
  if (fact.about !== 'access' || fact.access === 'read' || fact.access === 'list') return false;
  if (fact.path === full) return true;
  if (!isStatic(fact.path)) return parentOf(fact.path) === parentOf(full);
  return full.startsWith(`${fact.path}/`) && UNPACKS.test(fact.by);
}

/** Programs that put files into a folder without naming each of them. */
const UNPACKS = /^(tar|bsdtar|gtar|unzip|cp|mv|ln|install|rsync)\b/;
/** And those that name neither. */
const PATCHES = /^(patch|unzip|git apply|cpio|pax)$/;
