export const previewStyle = `
:root {
  color-scheme: light dark;
  --ground: #f4f6f9; --sheet: #ffffff; --ink: #161b22; --soft: #4d5766; --line: #d9dee6; --accent: #1f5fd0;
}
@media (prefers-color-scheme: dark) {
  :root { --ground: #101318; --sheet: #191e26; --ink: #eef1f5; --soft: #aab4c2; --line: #343c48; --accent: #8db4ff; }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0 auto; max-width: 680px; padding: 20px; background: var(--ground); color: var(--ink);
  font: 16px/24px -apple-system, "Apple SD Gothic Neo", Pretendard, "Noto Sans KR", "Malgun Gothic", sans-serif;
  word-break: keep-all; overflow-wrap: anywhere;
}
header { display: flex; align-items: center; justify-content: space-between; gap: 16px; }
header a { display: inline-flex; align-items: center; min-height: 48px; padding: 0 4px; }
h1 { margin: 0; font-size: 20px; line-height: 28px; }
.note, .none { color: var(--soft); font-size: 14px; line-height: 22px; }
.none { padding: 48px 0; text-align: center; }
article { margin: 16px 0; padding: 20px; border: 1px solid var(--line); border-radius: 16px; background: var(--sheet); }
h2 { margin: 0 0 4px; font-size: 16px; line-height: 24px; }
h3 { margin: 20px 0 8px; color: var(--soft); font-size: 14px; line-height: 20px; font-weight: 500; }
dl { display: flex; flex-wrap: wrap; gap: 0 16px; margin: 0; color: var(--soft); font-size: 14px; line-height: 22px; }
dl div { display: flex; gap: 6px; }
dd { margin: 0; color: var(--ink); }
.text { margin: 0; padding: 14px 16px; border-radius: 12px; background: var(--ground); white-space: pre-wrap; }
.bubble { max-width: 320px; margin-top: 12px; border-bottom-left-radius: 4px; }
.subject { margin: 12px 0 0; font-weight: 600; }
iframe { display: block; width: 100%; height: 640px; border: 1px solid var(--line); border-radius: 12px; background: #f4f6f9; }
a { color: var(--accent); }
a:focus-visible, iframe:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
`
