import { describe, expect, it } from 'vitest';
import { offer } from '../../../src/tui/editor/completion.ts';
import type { Editor } from '../../../src/tui/editor/editor.ts';
import { pressKeys, show } from '../../support/press-keys.ts';

const found = (...texts: readonly string[]) => texts.map((text) => ({ text, from: 0 }));

function tab(line: string, texts: readonly string[]): Editor {
  const { editor, asks } = pressKeys(`${line}\t`);
  expect(asks).toEqual([{ kind: 'complete', draft: editor.draft }]);
  return offer(editor, editor.draft, found(...texts));
}

describe('completion', () => {
  it('puts the only one in', () => {
    expect(show(tab('/he', ['/help']))).toBe('/help|');
  });

  it('puts in what all begin with, and lists them', () => {
    const editor = tab('/a', ['/audit show', '/audit verify']);
    expect(show(editor)).toBe('/audit |');
    expect(editor.menu?.items).toHaveLength(2);
  });

  it('goes round with Tab and back with Shift+Tab', () => {
    const from = tab('/a', ['/audit show', '/audit verify']);
    expect(show(pressKeys('\t', { from }).editor)).toBe('/audit show|');
    expect(show(pressKeys('\t\t', { from }).editor)).toBe('/audit verify|');
    expect(show(pressKeys('\t\t\t', { from }).editor)).toBe('/audit show|');
    expect(show(pressKeys('\x1b[Z', { from }).editor)).toBe('/audit verify|');
  });

  it('takes the chosen one with Enter without submitting it', () => {
    const from = tab('/a', ['/audit show', '/audit verify']);
    const { editor, asks } = pressKeys('\t\r', { from });
    expect(asks).toEqual([]);
    expect(editor.menu).toBeNull();
    expect(show(editor)).toBe('/audit show|');
  });

  it('closes with Esc and takes back what it put in', () => {
    const from = tab('/a', ['/audit show', '/audit verify']);
    expect(show(pressKeys('\t\x1b', { from }).editor)).toBe('/audit |');
  });

  it('keeps what stands behind the caret', () => {
    const { editor } = pressKeys('/he now\x1bb\x02');
    const next = offer(editor, editor.draft, found('/help'));
    expect(show(next)).toBe('/help| now');
  });

  it('leaves a draft alone that has changed meanwhile', () => {
    const { editor } = pressKeys('/he');
    const later = pressKeys('x', { from: editor }).editor;
    expect(offer(later, editor.draft, found('/help'))).toBe(later);
  });
});
