import type { Language } from './language.ts';

/** As much of a node of a syntax tree as is looked at. */
export type SyntaxNode = {
  readonly type: string;
  readonly startIndex: number;
  readonly endIndex: number;
  readonly text: string;
  readonly parent: SyntaxNode | null;
  childForFieldName(name: string): SyntaxNode | null;
};

/**
 * `names` are renamed; `strings` and `comments` when that is asked for; `others` never: keywords,
 * lifetimes, the tags of HTML, the path of an import.
 */
export type PlaceKind = 'names' | 'strings' | 'comments' | 'others';

/** What a name is at the place where it stands, given the smallest node around it. */
export function classify(
  language: Language,
  text: string,
  start: number,
  end: number,
  leaf: SyntaxNode,
): PlaceKind {
  if (isName(language, text, start, end, leaf)) return 'names';
  const above = ancestors(leaf);
  if (above.some(({ type }) => type.includes('comment'))) return 'comments';
  if (above.some((node) => namesModule(node, leaf))) return 'others';
  return above.some(({ type }) => PROSE.test(type)) || isArgument(leaf) ? 'strings' : 'others';
}

const PROSE =
  /string|heredoc|^text$|jsx_text|char(?:acter)?_literal|regex|template_literal_type|bare_symbol|delimited_symbol/;

function isName(
  language: Language,
  text: string,
  start: number,
  end: number,
  leaf: SyntaxNode,
): boolean {
  if (leaf.type === 'string_content') return isNameInString(language, text, start, end, leaf);
  if (!language.leaves.has(leaf.type)) return false;
  if (leaf.type === 'preproc_arg') return isCodeIn(text.slice(leaf.startIndex, start));
  if (leaf.endIndex !== end) return false;
  const before = text.slice(leaf.startIndex, start);
  const isSigned = language.sign.exec(text.slice(start, end))?.[0] !== '';
  if (before !== '' && (isSigned || !language.prefixes.includes(before))) return false;
  return EXCEPTIONS.every((isException) => !isException(leaf));
}

/** The body of a macro is not parsed; what stands before tells whether a quotation is open. */
const isCodeIn = (before: string): boolean =>
  !/"/.test(before.replace(/"(?:[^"\\]|\\.)*"/g, '')) && !/\/[/*]/.test(before);

/** Strings in which a name is meant as one: format strings of Rust, `__all__` of Python. */
function isNameInString(
  { name }: Language,
  text: string,
  start: number,
  end: number,
  leaf: SyntaxNode,
): boolean {
  const above = ancestors(leaf);
  if (name === 'Rust') {
    const isFilledIn = /(?:^|[^{])(?:\{\{)*\{$/.test(text.slice(leaf.startIndex, start));
    return isFilledIn && /[:}]/.test(text[end] ?? '') && above.some(isMacro);
  }
  const isWhole = leaf.startIndex === start && leaf.endIndex === end;
  return (
    name === 'Python' &&
    isWhole &&
    above.some(
      (node) => node.type === 'assignment' && node.childForFieldName('left')?.text === '__all__',
    )
  );
}

const isMacro = ({ type }: SyntaxNode) => type === 'macro_invocation';

/** Leaves that look like names of their language and are none. */
const EXCEPTIONS: readonly ((leaf: SyntaxNode) => boolean)[] = [
  isHtmlTag,
  isHtmlAttribute,
  ({ parent }) => parent?.type === 'jsx_namespace_name',
  ({ parent }) => parent?.type === 'lifetime' || parent?.type === 'label',
  ({ parent }) => parent?.parent?.type === 'pseudo_class_selector' && parent.type === 'class_name',
  ({ type, text }) => type === 'property_name' && !text.startsWith('--'),
  (leaf) => leaf.type === 'plain_value' && !leaf.text.startsWith('--') && !isAnimation(leaf),
  (leaf) => leaf.type === 'word' && !isShellName(leaf),
];

const ELEMENTS = /^jsx_(?:opening|closing|self_closing)_element$/;
const startsSmall = (node: SyntaxNode | null): boolean =>
  node?.type === 'identifier' && /^\p{Ll}/u.test(node.text);

function isHtmlTag(leaf: SyntaxNode): boolean {
  return leaf.parent !== null && ELEMENTS.test(leaf.parent.type) && startsSmall(leaf);
}

function isHtmlAttribute({ type, parent }: SyntaxNode): boolean {
  if (type !== 'property_identifier' || parent?.type !== 'jsx_attribute') return false;
  return startsSmall(parent.parent?.childForFieldName('name') ?? null);
}

function isAnimation(leaf: SyntaxNode): boolean {
  const declaration = ancestors(leaf).find(({ type }) => type === 'declaration');
  return /^\s*(?:-[a-z]+-)?animation(?:-name)?\s*:/.test(declaration?.text ?? '');
}

/** A word is a name where a function is defined or called, or for a command that takes names. */
function isShellName({ parent }: SyntaxNode): boolean {
  if (parent?.type === 'function_definition' || parent?.type === 'command_name') return true;
  if (parent?.type !== 'command') return false;
  return NAME_COMMANDS.has(parent.childForFieldName('name')?.text ?? '');
}

const NAME_COMMANDS = new Set(
  'read unset mapfile readarray getopts type command hash trap'.split(' '),
);

/** What a shell hands to a program is text. */
const isArgument = ({ type }: SyntaxNode): boolean => type === 'word';

/** The path of an import names a file, and files keep their names. */
function namesModule(node: SyntaxNode, leaf: SyntaxNode): boolean {
  if (node.type === 'preproc_include' || node.type === 'import_spec') return true;
  if (node.type === 'call_expression') {
    return /^(?:import|require)$/.test(node.childForFieldName('function')?.text ?? '');
  }
  if (node.type !== 'import_statement' && node.type !== 'export_statement') return false;
  const source = node.childForFieldName('source');
  return (
    source !== null && source.startIndex <= leaf.startIndex && leaf.endIndex <= source.endIndex
  );
}

function ancestors(leaf: SyntaxNode): readonly SyntaxNode[] {
  const above: SyntaxNode[] = [];
  for (let node: SyntaxNode | null = leaf; node !== null; node = node.parent) above.push(node);
  return above;
}
