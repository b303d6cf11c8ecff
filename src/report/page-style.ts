// How the page looks, by day, by night and on paper.

export const PAGE_STYLE = `
:root{--ground:#f6f5f1;--card:#fff;--ink:#1d2327;--soft:#5a646b;--rule:#e2e0d9;--grid:#eceae4;--accent:#1f6f78;--under:#1f6f7818;
--genuine:#3a86a8;--fraud:#c8501e;--good:#1f6f7814;--bad:#c8501e14;--alarm:#a3330b}
@media (prefers-color-scheme:dark){:root{--ground:#12161a;--card:#1a2026;--ink:#e8eaec;--soft:#9ba7b0;--rule:#2b333b;--grid:#252c33;--accent:#5cc0c9;
--under:#5cc0c91f;--genuine:#5aa9cc;--fraud:#f0824f;--good:#5cc0c91c;--bad:#f0824f1f;--alarm:#ff9a70}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;font-variant-numeric:tabular-nums}
main{max-width:1120px;margin:0 auto;padding:40px 24px 64px}
.product{margin:0;color:var(--accent);font-size:13px;font-weight:600;letter-spacing:.04em}
h1{margin:2px 0 18px;font-size:30px;line-height:1.2;font-weight:650;letter-spacing:-.015em;overflow-wrap:anywhere}
h2{margin:0;font-size:14px;font-weight:600}
dl{display:flex;flex-wrap:wrap;gap:10px 32px;margin:0;padding:14px 0;border-top:1px solid var(--rule);border-bottom:1px solid var(--rule)}
dt{color:var(--soft);font-size:12px}dd{margin:0;font-weight:550}
.missed{margin-top:20px;padding:14px 18px;border-left:4px solid var(--alarm);background:var(--bad);border-radius:6px}
.missed h2{color:var(--alarm)}.missed ul{margin:4px 0 0;padding-left:18px}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(270px,1fr));gap:12px;margin:24px 0 12px}
.tile,.card{background:var(--card);border:1px solid var(--rule);border-radius:10px}
.tile{padding:14px 16px}.tile h2{color:var(--soft);font-weight:500;font-size:13px}
.value{margin:2px 0 0;font-size:26px;line-height:1.25;font-weight:650;letter-spacing:-.01em}
.note{margin:0;color:var(--soft);font-size:12px}
header+.cards{margin-top:24px}.cards{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:12px}
.card{margin:0;padding:18px 20px 14px;display:flex;flex-direction:column}
.card>svg{width:100%;height:auto;margin-top:10px}
.card figcaption{margin-top:auto;padding-top:8px;color:var(--soft);font-size:12.5px}
.wide{grid-column:1/-1}
.scroll{overflow-x:auto;background:linear-gradient(to right,var(--card) 30%,transparent) left/48px 100% no-repeat local,linear-gradient(to left,var(--card) 30%,transparent) right/48px 100% no-repeat local,
linear-gradient(to right,var(--rule),transparent) left/16px 100% no-repeat,linear-gradient(to left,var(--rule),transparent) right/16px 100% no-repeat}
@media (max-width:760px){.cards{grid-template-columns:minmax(0,1fr)}main{padding:24px 14px 40px}.tiles{grid-template-columns:repeat(2,minmax(0,1fr))}.scroll>svg{min-width:640px}
.figures tbody th{white-space:normal;min-width:8em}}
svg text{fill:var(--soft);font-size:12px}svg .mark{fill:var(--ink);font-weight:550}
.grid{stroke:var(--grid)}.axis{fill:none;stroke:var(--soft);stroke-opacity:.55}
.curve{fill:none;stroke:var(--accent);stroke-width:2.25;stroke-linejoin:round}.under{fill:var(--under)}
.chance{fill:none;stroke:var(--soft);stroke-dasharray:3 4}.marker{stroke:var(--ink);stroke-dasharray:2 3;stroke-opacity:.7}
.point{fill:var(--fraud);stroke:var(--card);stroke-width:2}.bin{fill:var(--accent)}.whisker{stroke:var(--accent);stroke-width:1.5;stroke-opacity:.6}
rect.genuine{fill:var(--genuine)}rect.fraud{fill:var(--fraud)}rect.latency{fill:var(--accent)}
.range{stroke:var(--ink);stroke-opacity:.6;stroke-width:1.25;fill:none}
.series-0{--series:var(--accent)}.series-1{--series:var(--fraud)}.series-2{--series:var(--genuine)}.series-3{--series:#8a63b8}.series-4{--series:#b8892b}.series-5{--series:#5d8a3c}
.series{fill:none;stroke:var(--series);stroke-width:2;stroke-linejoin:round}.spot{fill:var(--series)}.range[class*=series]{stroke:var(--series)}i[class*=series]{background:var(--series)}
.named{white-space:nowrap}
.key{display:inline-block;width:10px;height:10px;border-radius:2px;margin:0 2px 0 4px}.key.genuine{background:var(--genuine)}.key.fraud{background:var(--fraud)}
table{border-collapse:collapse;width:100%}
.figures{margin-top:8px}.figures th,.figures td{padding:6px 10px;border-bottom:1px solid var(--grid);text-align:right;white-space:nowrap}
.figures th:first-child{text-align:left;padding-left:0}.figures td.missed{color:var(--alarm);font-weight:550}.figures thead th{color:var(--soft);font-size:12px;font-weight:500}
.figures small{display:block;color:var(--soft);font-size:12px}.figures tbody th{font-weight:400}.figures tr:last-child>*{border-bottom:0}
.confusion{margin:auto 0;border-spacing:6px;border-collapse:separate}.confusion th{color:var(--soft);font-size:13px;font-weight:500;text-align:left}
.confusion thead th{text-align:center}.confusion tbody td{padding:22px 12px;border-radius:8px;text-align:center}
.confusion strong{display:block;font-size:24px;font-weight:650;line-height:1.2}.confusion span{color:var(--soft);font-size:12.5px}
.confusion .good{background:var(--good)}.confusion .bad{background:var(--bad)}
@media print{body{background:#fff}.card,.tile{break-inside:avoid}main{padding:0}}
`;
