#pragma once

namespace sbert::report {

/// Of the page: light or dark as the reader's system is; one column on a phone.
constexpr const char* kPageStyle = R"(:root {
  color-scheme: light dark;
  --page: #f6f7f9; --card: #ffffff; --text: #1c2330; --muted: #5d6778; --line: #e3e7ed; --grid: #edf0f4;
  --good: #0a7a4b; --bad: #b3261e; --mark: #8a6100;
  --s0: #2563eb; --s1: #d9480f; --s2: #0d9488; --s3: #9333ea; --s4: #be185d; --s5: #65740b;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #10141b; --card: #181e27; --text: #e4e9f1; --muted: #97a3b5; --line: #2b3442; --grid: #232b37;
    --good: #4cc38a; --bad: #ff8a80; --mark: #e2b340;
    --s0: #6ea8fe; --s1: #ff9a62; --s2: #4fd1c5; --s3: #c49bff; --s4: #ff8fc0; --s5: #c4d25c;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif; }
main { max-width: 1080px; margin: 0 auto; padding: 28px 20px 48px; }
header p { margin: 4px 0 0; color: var(--muted); }
h1 { font-size: 26px; line-height: 1.25; margin: 0; letter-spacing: -0.01em; overflow-wrap: anywhere; }
h2 { font-size: 19px; margin: 36px 0 12px; letter-spacing: -0.01em; }
h3 { font-size: 15px; margin: 0 0 10px; overflow-wrap: anywhere; }
h3 small { font-weight: 400; color: var(--muted); font-size: 14px; }
.tiles { display: grid; grid-template-columns: repeat(3, 1fr); gap: 12px; margin-top: 22px; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 14px 16px; margin: 0; }
.card + .card { margin-top: 12px; }
.tiles .card { margin: 0; }
.tile b { display: block; font-size: 21px; line-height: 1.35; font-variant-numeric: tabular-nums; letter-spacing: -0.01em; }
.tile span { color: var(--muted); font-size: 13px; display: block; overflow-wrap: anywhere; }
.grid2 { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 420px), 1fr)); gap: 12px; }
.grid2 > * { margin: 0 !important; min-width: 0; }
figure { margin: 0; }
figcaption { font-weight: 600; margin-bottom: 4px; overflow-wrap: anywhere; }
figcaption small { font-weight: 400; color: var(--muted); }
.keys { display: flex; flex-wrap: wrap; gap: 2px 14px; font-size: 13px; color: var(--muted); font-weight: 400; }
.keys i { display: inline-block; width: 14px; height: 3px; border-radius: 2px; vertical-align: middle; margin-right: 5px; background: var(--c); }
svg { display: block; width: 100%; height: auto; overflow: visible; }
svg.spark { width: 80px; height: 20px; }
.s0 { --c: var(--s0); } .s1 { --c: var(--s1); } .s2 { --c: var(--s2); } .s3 { --c: var(--s3); } .s4 { --c: var(--s4); } .s5 { --c: var(--s5); }
.line { fill: none; stroke: var(--c); stroke-width: 1.8; stroke-linejoin: round; }
.faint { stroke-width: 1; opacity: 0.3; }
.band { fill: var(--c); opacity: 0.16; stroke: none; }
.dot { fill: var(--c); }
.grid { stroke: var(--grid); stroke-width: 1; }
.axis { stroke: var(--line); stroke-width: 1; }
.mark { stroke: var(--mark); stroke-width: 1.2; stroke-dasharray: 4 3; }
.tick { fill: var(--muted); font-size: 12px; stroke: none; font-variant-numeric: tabular-nums; }
.tick.mark { fill: var(--mark); stroke: none; }
.hover rect, .place { fill: transparent; }
.hover line { stroke: var(--muted); stroke-width: 1; opacity: 0; }
.hover circle { fill: var(--text); opacity: 0; }
.hover:hover line, .hover:hover circle { opacity: 0.8; }
.bar rect { fill: var(--c); opacity: 0.75; }
.bar rect.place { fill: transparent; }
.bar:hover rect { opacity: 1; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 14px; }
th { text-align: left; font-weight: 600; color: var(--muted); font-size: 13px; white-space: nowrap; }
th, td { padding: 6px 14px 6px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th:last-child, td:last-child { padding-right: 0; }
tbody tr:last-child td { border-bottom: none; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td { overflow-wrap: anywhere; }
tr.main td { font-weight: 600; }
.results td:first-child, .samples td:nth-child(-n+2) { min-width: 130px; }
.good { color: var(--good); } .bad { color: var(--bad); } .muted { color: var(--muted); }
.score { display: inline-block; min-width: 84px; }
.score i { display: block; height: 4px; border-radius: 2px; background: var(--grid); margin-top: 3px; }
.score i i { margin: 0; background: var(--s0); }
code { font: 13px/1.45 ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
pre { margin: 0; white-space: pre-wrap; }
details summary { cursor: pointer; color: var(--muted); }
footer { margin-top: 36px; color: var(--muted); font-size: 13px; }
@media (max-width: 560px) {
  main { padding: 18px 12px 36px; }
  h1 { font-size: 21px; }
  .card { padding: 12px; }
  .tiles { grid-template-columns: repeat(2, 1fr); gap: 8px; }
  .tile b { font-size: 16px; }
  th, td { padding-right: 8px; }
}
@media print { body { background: none; } .card { break-inside: avoid; } }
)";

}  // namespace sbert::report
