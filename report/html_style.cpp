#include "report/html_sections.h"

namespace gradus {
namespace {

// The palette is that of Okabe and Ito (2008), which stays apart for colour-blind eyes; blue and
// yellow are lighter in the dark. Every mark also differs by its shape.
constexpr std::string_view kStyle = R"(
:root{color-scheme:light dark;--page:#fbfbf9;--card:#fff;--ink:#1c2026;--soft:#5b6470;--rule:#e3e4e0;
--grid:#ecedea;--score:#0072b2;--exact:#b0608f;--target:#00805c;--floor:#8a6d00;--chance:#7b838d;--fault:#b0122b;
--dormant:#6b7480;--learning:#0072b2;--stalled:#a86f00;--regressing:#c24a00;--mastered:#00805c;--fill:#fff}
@media (prefers-color-scheme:dark){:root{--page:#14171b;--card:#1b1f25;--ink:#e8eaed;--soft:#a0a8b3;
--rule:#2e343c;--grid:#272c33;--score:#56b4e9;--exact:#d98fbb;--target:#2bbf94;--floor:#d9b84a;--chance:#8d96a1;--fault:#ff6b81;
--dormant:#98a1ad;--learning:#56b4e9;--stalled:#f0ad2b;--regressing:#ff8a4c;--mastered:#2bbf94;--fill:#1b1f25}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",sans-serif}
main{max-width:68rem;margin:0 auto;padding:2.5rem 1.25rem 4rem}
h1{font-size:2.1rem;line-height:1.15;letter-spacing:-.02em;margin:.15rem 0 .6rem;overflow-wrap:anywhere}
h2{font-size:1.35rem;letter-spacing:-.01em;margin:3rem 0 .75rem}
h3{font-size:1.05rem;margin:2rem 0 .75rem;display:flex;gap:.6rem;align-items:baseline;flex-wrap:wrap}
h4{font-size:1rem;margin:0;font-weight:600}
p{margin:.4rem 0 .8rem;max-width:46rem}a{color:var(--score)}
.eyebrow{font-size:.78rem;letter-spacing:.09em;text-transform:uppercase;color:var(--soft);margin:0}
.lead{font-size:1.2rem;line-height:1.45}.soft,.meta{color:var(--soft)}.meta{font-size:.9rem}
code,.code{font:.86em/1.4 ui-monospace,"SF Mono",Menlo,Consolas,monospace}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:.75rem;margin:1.5rem 0 0}
.tile{background:var(--card);border:1px solid var(--rule);border-radius:.6rem;padding:.7rem .9rem}
.tile b{display:block;font-size:1.45rem;line-height:1.25;font-weight:600;font-variant-numeric:tabular-nums;letter-spacing:-.01em}
.tile span{font-size:.85rem;color:var(--soft)}
.scroll{overflow-x:auto;-webkit-overflow-scrolling:touch}
table{border-collapse:collapse;width:100%;font-size:.92rem}
th{text-align:left;font-weight:600;color:var(--soft);font-size:.8rem}
th,td{padding:.38rem .7rem .38rem 0;border-bottom:1px solid var(--rule);vertical-align:top}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
td.w{white-space:nowrap}tr.tier td{padding-top:.9rem;font-weight:600;border-bottom-color:var(--rule)}
.chip{display:inline-flex;align-items:center;gap:.34em;font-size:.82rem;font-weight:600;line-height:1.5;white-space:nowrap}
.chip svg{width:.72rem;height:.72rem;flex:none}
.dormant{--c:var(--dormant)}.learning{--c:var(--learning)}.stalled{--c:var(--stalled)}.regressing{--c:var(--regressing)}.mastered{--c:var(--mastered)}
.chip{color:var(--c)}.chip path{fill:var(--c)}
.bar{position:relative;height:.62rem;min-width:7rem;margin-top:.46rem;background:var(--grid);border-radius:.2rem}
.bar i{position:absolute;inset:0 auto 0 0;background:var(--score);border-radius:.2rem}
.bar b{position:absolute;top:-.16rem;bottom:-.16rem;width:2px;background:var(--target)}
.bar u{position:absolute;top:50%;height:2px;margin-top:-1px;background:var(--ink)}
.card{background:var(--card);border:1px solid var(--rule);border-radius:.7rem;padding:1rem 1.1rem .9rem;margin:0 0 1rem;break-inside:avoid}
.card header{display:flex;justify-content:space-between;gap:.3rem 1rem;align-items:baseline;flex-wrap:wrap}
.card p{margin:.35rem 0;font-size:.92rem;max-width:none}
.now{font-variant-numeric:tabular-nums;font-size:.92rem}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,20rem),1fr));gap:.4rem 1.4rem;margin:.5rem 0}
.alarms{font-size:.9rem;margin:.5rem 0;padding:0;list-style:none}.alarms li{margin:.3rem 0}
.facets{display:flex;flex-wrap:wrap;gap:.35rem .9rem;font-size:.82rem;color:var(--soft);margin:.5rem 0 .2rem;padding:0;list-style:none}
.facets li{display:flex;gap:.4rem;align-items:center;font-variant-numeric:tabular-nums}
.facets .bar{min-width:2.6rem;width:2.6rem;height:.4rem;margin:0}.facets .low{color:var(--ink);font-weight:600}
svg{display:block;width:100%;height:auto;overflow:visible}
svg text{font:11px system-ui,-apple-system,"Segoe UI",sans-serif;fill:var(--soft)}
svg .middle{text-anchor:middle}svg .end{text-anchor:end}svg .level,svg .tick{font-size:10px}svg .name{fill:var(--ink)}
.grid{stroke:var(--grid)}.rule{stroke:var(--grid)}
.target{stroke:var(--target);stroke-dasharray:6 3}.floor{stroke:var(--floor);stroke-dasharray:2 3}.chance{stroke:var(--chance);stroke-dasharray:1 3}
.interval{fill:var(--score);opacity:.16}.extremes{fill:var(--score);opacity:.3}
.score{fill:none;stroke:var(--score);stroke-width:1.8;stroke-linejoin:round}
.exact{fill:none;stroke:var(--exact);stroke-width:1.1;stroke-dasharray:4 2}
.mark path{fill:var(--c);stroke:var(--fill)}.mark .stem{stroke:var(--c);opacity:.4}
.mark .span{stroke:var(--c);stroke-width:2.5;opacity:.45}.mark .open{fill:var(--fill);stroke:var(--c);stroke-width:2}
.mark .tick{fill:none;stroke:var(--fill);stroke-width:1.4}
.note .stem{stroke:var(--ink);stroke-dasharray:2 2}.note text{fill:var(--ink);font-weight:600}
.fault{color:var(--fault)}.fault .stem{stroke:var(--fault);stroke-dasharray:none}.fault text{fill:var(--fault)}
.legend{display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;font-size:.85rem;color:var(--soft);margin:.2rem 0 1rem;padding:0;list-style:none}
.legend li{display:flex;align-items:center;gap:.4rem}.legend svg{width:1.7rem;height:.8rem;flex:none}
dl{display:grid;grid-template-columns:minmax(9rem,max-content) 1fr;gap:.25rem 1.2rem;font-size:.92rem;margin:.4rem 0 1rem}
dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere;font-variant-numeric:tabular-nums}
footer{margin-top:3rem;padding-top:1rem;border-top:1px solid var(--rule);font-size:.85rem;color:var(--soft)}
@media (max-width:34rem){.title{display:none}main{padding:1.4rem .9rem 3rem}h1{font-size:1.65rem}.lead{font-size:1.08rem}.card{padding:.8rem .8rem .6rem}dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:.4rem}}
@media print{:root{color-scheme:light;--page:#fff;--card:#fff;--ink:#000;--soft:#444;--rule:#ccc;--grid:#e6e6e6;--score:#0072b2;--exact:#b0608f;
--target:#00805c;--floor:#8a6d00;--chance:#777;--fault:#b0122b;--dormant:#666;--learning:#0072b2;--stalled:#a86f00;--regressing:#c24a00;--mastered:#00805c;--fill:#fff}
html{font-size:9.5pt}body{font-size:1rem}table{font-size:.82rem}th{font-size:.72rem}th,td{padding-right:.45rem}td.w{white-space:normal}.bar{min-width:4rem}
main{max-width:none;padding:0}h2{margin-top:1.6rem;break-after:avoid}h3{break-after:avoid}tr,.tile,dl{break-inside:avoid}p:has(+.scroll){break-after:avoid}
.pair{grid-template-columns:1fr 1fr}.scroll{overflow:visible}*{-webkit-print-color-adjust:exact;print-color-adjust:exact}@page{margin:14mm}}
)";

}  // namespace

std::string_view html_style() { return kStyle; }

}  // namespace gradus
