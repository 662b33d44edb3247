/** Style sheet of all pages of the sandbox. */
export const style = `
:root {
  color-scheme: light dark;
  --ground: #f4f6f9; --sheet: #ffffff; --ink: #161b22; --soft: #4d5766; --line: #d9dee6; --edge: #7a8596;
  --accent: #1f5fd0; --on-accent: #ffffff; --test: #fff3d6; --on-test: #5c4100;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #101318; --sheet: #191e26; --ink: #eef1f5; --soft: #aab4c2; --line: #343c48; --edge: #77839a;
    --accent: #8db4ff; --on-accent: #0b1a36; --test: #3b2f10; --on-test: #ffdf94;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0; min-height: 100vh; min-height: 100dvh; display: flex; flex-direction: column;
  background: var(--ground); color: var(--ink);
  font: 16px/24px -apple-system, BlinkMacSystemFont, "Apple SD Gothic Neo", Pretendard, "Noto Sans KR",
    "Malgun Gothic", sans-serif;
  word-break: keep-all; overflow-wrap: anywhere;
}
.test {
  margin: 0; padding: 10px 20px; background: var(--test); color: var(--on-test);
  font-size: 14px; line-height: 20px; text-align: center;
}
main {
  flex: 1; display: flex; flex-direction: column; width: 100%; max-width: 480px; margin: 0 auto;
  padding: 24px 20px calc(20px + env(safe-area-inset-bottom)); background: var(--sheet);
}
h1 { margin: 0; font-size: 14px; line-height: 20px; font-weight: 500; color: var(--soft); }
.amount {
  margin: 4px 0 0; font-size: 34px; line-height: 42px; font-weight: 700; letter-spacing: -0.01em;
  font-variant-numeric: tabular-nums;
}
dl { margin: 24px 0 32px; border-top: 1px solid var(--line); }
dl div { display: flex; gap: 16px; padding: 12px 0; border-bottom: 1px solid var(--line); }
dt { flex: none; max-width: 45%; color: var(--soft); }
dd { flex: 1; margin: 0; text-align: right; min-width: 0; }
form { margin-top: auto; display: grid; grid-template-columns: 1fr 1fr; gap: 12px; }
form p { grid-column: 1 / -1; margin: 0; color: var(--soft); font-size: 14px; line-height: 20px; text-align: center; }
button {
  min-height: 52px; padding: 12px 16px; border: 1px solid var(--edge); border-radius: 12px;
  background: transparent; color: var(--ink); font: inherit; font-weight: 600; cursor: pointer;
}
button.main { grid-column: 1 / -1; min-height: 56px; border-color: var(--accent); background: var(--accent); color: var(--on-accent); }
button:focus-visible, a:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
button:disabled { opacity: 0.55; cursor: default; }
.note { margin: auto; padding: 24px 0; text-align: center; }
a { color: var(--accent); }
@media (min-width: 560px) {
  body { justify-content: center; }
  main { flex: 0 0 auto; border: 1px solid var(--line); border-radius: 16px; margin: auto; padding: 32px; }
}
@media (forced-colors: active) { button { border: 2px solid; } }
`
