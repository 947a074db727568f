type Width = (text: string) => number;

const MAX_TEXTS = 5_000;
const MAX_LENGTH = 300;

const known = new WeakMap<Width, Width>();

/** The same measure, which measures a text once: from frame to frame most of them are the same. */
export function rememberWidths(width: Width): Width {
  const made = known.get(width) ?? remember(width);
  known.set(width, made);
  return made;
}

function remember(width: Width): Width {
  const texts = new Map<string, number>();
  return (text) => {
    if (text.length > MAX_LENGTH) return width(text);
    const before = texts.get(text);
    if (before !== undefined) return before;
    const cells = width(text);
    if (texts.size >= MAX_TEXTS) texts.clear();
    texts.set(text, cells);
    return cells;
  };
}
