import { describe, expect, it } from 'vitest';
import { plannerLab } from '../../support/planner-lab.ts';

/**
 * In each text the names stand as ‹foo›; a foo without marks stands in a string, a comment or
 * another name and has to stay.
 */
const TEXTS: Readonly<Record<string, string>> = {
  'a.ts': `import { ‹foo›, type Foo as ‹foo› } from './foo';
import type { A } from "foo";
export { ‹foo› } from './x/foo.ts';
// foo in a comment
/** {@link foo} */
const x = { ‹foo›, ‹foo›: 1, 'foo': 2, ‹foo›() {}, get ‹foo›() { return 1; } };
const { ‹foo›, y: ‹foo›, ...rest } = x;
x.‹foo› = x?.‹foo› ?? x['foo'];
const t = \`foo \${‹foo›} foo \${\`foo \${x.‹foo›}\`}\`;
const r = /foo/g, s = "foo", food = 1, $foo = 2, foo_ = 3, _foo = 4, foo$ = 5;
type ‹foo› = { ‹foo›: ‹foo› | 'foo' } & typeof ‹foo›;
class C<T extends ‹foo›> { #foo = 1; ‹foo›!: ‹foo›; @‹foo› m(this: ‹foo›, ‹foo›?: ‹foo›): ‹foo› is ‹foo› { return this.#foo; } }
enum ‹foo› { ‹foo› } namespace ‹foo› {}
‹foo›: for (;;) break ‹foo›;
const load = () => import('./foo');
`,
  'b.tsx': `import { ‹Foo›, ‹Foo›Bar } from './Foo';
const a = <‹Foo›.Item ‹Foo›={‹Foo›} b="Foo">Foo {‹Foo›} &amp; Foo<‹Foo› /></‹Foo›.Item>;
`.replace('‹Foo›Bar', 'FooBar'),
  'c.js': `#!/usr/bin/env node
const ‹foo› = require('./foo'); 'foo';
({ ‹foo› = 1 } = {}); ‹foo›\`foo \${‹foo›}\`; /* foo */
async ‹foo› => { await ‹foo›; };
`,
  'd.py': `import ‹foo›.x as y
from ‹foo› import ‹foo› # foo
__all__ = ["‹foo›", "foot"]
@‹foo›
class A(‹foo›):
    """foo"""
    ‹foo›: int = 1
    def ‹foo›(self, ‹foo›=1, *args, **kw):
        return f"foo {‹foo›!r:>{‹foo›}} {{foo}} {self.‹foo›(‹foo›=‹foo›)}" + 'foo' + rb"foo"
food = _foo = foo_ = 1
match ‹foo›:
    case ‹foo›(‹foo›=1): pass
`,
  'e.go': `package ‹foo›

import ‹foo› "x/foo" // foo

type ‹foo› struct { ‹foo› int \`json:"foo"\` }

func (f *‹foo›) ‹foo›() string {
‹foo›:
	for { break ‹foo› }
	f.‹foo›()
	_ = ‹foo›{‹foo›: 1}
	return "foo" + \`foo\`
}
`,
  'f.rs': `use ‹foo›::‹foo› as x; // foo
/// foo
#[‹foo›] struct ‹foo›<'foo> { ‹foo›: &'foo i32 }
fn ‹foo›<'a>(‹foo›: i32) -> ‹foo› {
    println!("foo {‹foo›} {‹foo›:?} {{foo}} {foot}", ‹foo›);
    let s = "foo {foo}"; let r = r#"foo"#; r#‹foo›;
    'foo: loop { break 'foo; }
    ‹foo› { ‹foo›, x: self.‹foo› }; ‹foo›!(‹foo›, self.‹foo›);
}
macro_rules! ‹foo› { ($foo:expr) => { ‹foo›($foo) } }
`,
  'g.java': `package ‹foo›.x; // foo
import static ‹foo›.B.‹foo›;
@‹foo› class ‹foo›<T> {
  /** {@link foo} */
  int ‹foo› = 1; String s = "foo"; char c = 'f';
  ‹foo› ‹foo›(‹foo› ‹foo›) { ‹foo›: while (true) break ‹foo›; return this.‹foo›(‹foo›::‹foo›); }
  String t = """
    foo
    """;
}
`,
  'h.cs': `using ‹foo›.X; // foo
namespace ‹foo› { class ‹foo›<T> : B {
  int ‹foo›; int @‹foo›; string P => $"foo {‹foo›} foo {‹foo›:N}"; string s = @"foo" + "foo";
  [‹foo›] void M(‹foo› ‹foo›) { nameof(‹foo›); M(‹foo›: 1); }
} }
#region foo
#endregion
`,
  'i.cpp': `#include "foo.h" // foo
#define ‹foo›(x) bar(x, ‹foo›, "foo") /* foo */
namespace ‹foo› { class ‹foo› { ‹foo›(); ~‹foo›(); int ‹foo›; }; }
int ‹foo›::‹foo›() { ‹foo›: goto ‹foo›; this->‹foo›; p.‹foo›; return ‹foo›<int>("foo", R"x(foo)x"); }
template <typename ‹foo›> void f(‹foo› x);
`,
  'j.php': `<p>foo</p>
<?php namespace ‹foo›; use ‹foo›\\B as ‹foo›; // foo
class ‹foo› { private $‹foo›; const ‹foo› = 1;
  function ‹foo›(int $‹foo›) { $this->‹foo›; self::$‹foo›; static::‹foo›(); return "foo $‹foo› {$this->‹foo›} foo" . 'foo $foo'; } }
‹foo›(‹foo›: 1); new ‹foo›; $foot = 1;
echo <<<EOT
foo $‹foo› {$a->‹foo›}
EOT;
`,
  'k.rb': `class B; attr_reader :‹foo› # foo
  def ‹foo›(‹foo›, b: 1) = @‹foo›
  def ‹foo›=(v); @‹foo› = v; @@‹foo›; end
  def foo?; end
end
x.‹foo›(‹foo›: ‹foo›) { |‹foo›| "foo #{‹foo›} foo" }; $foo; 'foo'
{ ‹foo›: 1, :‹foo› => 2, "foo" => 3 }; list.map(&:‹foo›); /foo #{‹foo›}/
t = <<~E
  foo #{‹foo›}
E
`,
  'l.sh': `#!/bin/bash
# foo
‹foo›() { echo "foo $‹foo› \${‹foo›} foo" 'foo $foo'; local ‹foo›=1; }
‹foo› a foo
export ‹foo›=2; unset ‹foo›; read -r ‹foo›
x=$(‹foo› y)
for ‹foo› in a foo; do ((‹foo› + 1)); done
cat <<EOF
foo $‹foo›
EOF
`,
  'script-without-ending': '#!/usr/bin/env bash\n‹foo›=1 # foo\n',
  'm.css': `/* foo */
.‹foo›, #‹foo›, .x.‹foo›:hover, foo, .foo-bar, a:foo { color: foo; animation: ‹foo› 1s; content: "foo"; }
@keyframes ‹foo› { from { top: 0 } }
`,
};

const bare = (text: string) => text.replace(/[‹›]/g, '');
const renamed = (text: string, to: string) => text.replace(/‹\p{L}+›/gu, to);
const fromIn = (path: string) => (path === 'b.tsx' ? 'Foo' : 'foo');
const toIn = (path: string) => (path === 'b.tsx' ? 'Quux' : 'quux');

describe('renaming a name', () => {
  it.each(Object.entries(TEXTS))(
    'changes in %s what is the name and nothing else',
    async (path, text) => {
      const lab = plannerLab({ [path]: bare(text) });
      const contents = await lab.contents(
        `rename the name ${fromIn(path)} to ${toIn(path)} in ${path}`,
      );
      expect(contents[path]).toBe(renamed(text, toIn(path)));
    },
  );

  it.each(Object.entries(TEXTS))(
    'gives the bytes of %s back when it is taken back',
    async (path, text) => {
      const lab = plannerLab({ [path]: renamed(text, toIn(path)) });
      const contents = await lab.contents(
        `rename the name ${toIn(path)} to ${fromIn(path)} in ${path}`,
      );
      expect(contents[path]).toBe(bare(text));
    },
  );

  it('changes strings when they are named, but not the path of an import', async () => {
    const lab = plannerLab({
      'a.ts': "import { foo } from './foo';\nconst s = 'foo'; // foo\nconst m = import('./foo');\n",
    });
    expect(await lab.contents('rename foo to bar also in strings')).toEqual({
      'a.ts': "import { bar } from './foo';\nconst s = 'bar'; // foo\nconst m = import('./foo');\n",
    });
    expect(await lab.contents('rename foo to bar also in comments')).toEqual({
      'a.ts': "import { bar } from './foo';\nconst s = 'foo'; // bar\nconst m = import('./foo');\n",
    });
    expect(await lab.contents('rename foo to bar including strings and comments')).toEqual({
      'a.ts': "import { bar } from './foo';\nconst s = 'bar'; // bar\nconst m = import('./foo');\n",
    });
  });

  it('leaves the tags and attributes of HTML alone', async () => {
    const lab = plannerLab({
      'a.tsx':
        'const label = 1;\nconst a = <label label={label}><Box label={label} /><p label="x" /></label>;\n',
    });
    expect(await lab.contents('rename label to caption')).toEqual({
      'a.tsx':
        'const caption = 1;\nconst a = <label label={caption}><Box caption={caption} /><p label="x" /></label>;\n',
    });
  });

  it('renames private names, custom properties and variables by their sign', async () => {
    const lab = plannerLab({
      'a.ts': 'class A { #size = 1; size = this.#size; }\n',
      'b.css': ':root { --size: 1px; size: var(--size); }\n',
      'c.php': '<?php $size = size($this->size);\n',
      'd.rb': 'def size = @size + @@size\n',
    });
    expect(await lab.contents('rename #size to #length')).toEqual({
      'a.ts': 'class A { #length = 1; size = this.#length; }\n',
    });
    expect(await lab.contents('rename --size to --length')).toEqual({
      'b.css': ':root { --length: 1px; size: var(--length); }\n',
    });
    expect(await lab.contents('rename $size to $length')).toEqual({
      'c.php': '<?php $length = size($this->size);\n',
    });
    expect(await lab.contents('rename @size to @length')).toEqual({
      'd.rb': 'def size = @length + @@size\n',
    });
  });

  it('takes letters of any script and dollar signs as parts of names', async () => {
    const text = 'const größe = 1, größer = 2, 𝒳größe = 3, $el = größe, el = $el, $el2 = 1;\n';
    const lab = plannerLab({ 'a.ts': text });
    expect(await lab.contents('rename größe to länge')).toEqual({
      'a.ts': 'const länge = 1, größer = 2, 𝒳größe = 3, $el = länge, el = $el, $el2 = 1;\n',
    });
    expect(await lab.contents('rename $el to $node')).toEqual({
      'a.ts': 'const größe = 1, größer = 2, 𝒳größe = 3, $node = größe, el = $node, $el2 = 1;\n',
    });
    expect(await lab.contents('rename el to $$')).toEqual({
      'a.ts': 'const größe = 1, größer = 2, 𝒳größe = 3, $el = größe, $$ = $el, $el2 = 1;\n',
    });
  });
});
